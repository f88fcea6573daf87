import assert from "node:assert/strict";
import { test } from "node:test";
import { sigilOf, sigilOfName } from "../../../static/game/ui/sigils.js";
import { player } from "../support/fakes.js";
import { sentence } from "../support/table.js";

test("a sigil is the character's, else the user's; a DM without one has no colour", () => {
  const hero = player(3, "ines", { character_id: 8, character_name: "ária" });

  assert.deepEqual([sigilOf(hero).colour, sigilOf(hero).initial], [1, "Á"]);
  assert.equal(sigilOf(player(3, "ines")).colour, 4);
  assert.equal(sigilOf(player(3, "maren", { is_dm: true })).colour, undefined);
  assert.equal(sigilOfName("").initial, "?");
});

test("a character's own colour and a person's chosen name are used", () => {
  const hero = player(3, "ines", {
    display_name: "Ines K.",
    character_id: 8,
    character_name: "Aria",
    colour: 6,
  });

  assert.equal(sigilOf(hero).colour, 6);
  assert.equal(sentence({ event: "player_joined", data: { player: hero } }), "Ines K. joined");
});

test("the first 64 people differ in colour or division", () => {
  const marks = Array.from({ length: 64 }, (_, id) => sigilOf(player(id, "x")));

  assert.equal(new Set(marks.map(({ colour, device }) => `${colour} ${device}`)).size, 64);
});

test("an article is no letter to know a name by", () => {
  const initials = ["The Hermit", "the  ash king", "Theodora", "The"].map(
    (name) => sigilOfName(name).initial,
  );

  assert.deepEqual(initials, ["H", "A", "T", "T"]);
});
