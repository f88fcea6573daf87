import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf, actionText, actionWords, sentence } from "../../../static/game/table/describe.js";
import { announcements } from "../../../static/game/table/screen-reader.js";
import { sigilOf, sigilOfName } from "../../../static/game/ui/sigils.js";
import { keyOf, mayAct } from "../../../static/game/ui/use-keys.js";
import { alice, bob, player } from "../support/fakes.js";

const told = (action) =>
  actionWords(action)
    .map(({ text }) => text)
    .join(" ");
const roll = (dice, more = {}) => ({
  formula: "1d20+5",
  result: 18,
  modifier: 5,
  source: "server",
  terms: [{ notation: "1d20", sides: 20, sign: 1, dice }],
  ...more,
});

for (const [type, text, details, words] of [
  [
    "attack",
    "Goblin with longsword",
    { target: "Goblin", weapon: "longsword" },
    "attacks Goblin with longsword",
  ],
  ["attack", "Goblin", { target: "Goblin" }, "attacks Goblin"],
  ["attack", "", {}, "attacks"],
  ["cast", "Sleep at the guards", { spell: "Sleep", target: "the guards" }, "casts Sleep at the guards"],
  ["help", "Bob", { target: "Bob" }, "helps Bob"],
  ["search", "the old chest", { place: "the old chest" }, "searches the old chest"],
  ["describe", "I whistle.", { text: "I whistle." }, "I whistle."],
]) {
  test(`«${text}» as ${type} is told, and comes back as it was typed`, () => {
    const action = actionOf(type, text);

    assert.deepEqual(action, { action_type: type, details });
    assert.equal(told(action), words);
    assert.equal(actionText(action), text);
  });
}

test("actions of other clients are told whatever they hold", () => {
  assert.equal(told({ action_type: "dance", details: {} }), "dance");
  assert.equal(
    told({ action_type: "dance", details: { steps: 3, with: ["bob"] } }),
    'dance (steps: 3, with: ["bob"])',
  );
  assert.equal(told({ action_type: "attack", details: { target: 5, bonus: 2 } }), "attacks (bonus: 2)");
  assert.equal(told({ action_type: "constructor", details: {} }), "constructor");
});

test("lines are told in words", () => {
  const timestamp = "";
  const rolled = roll([{ value: 20, kept: true }], { source: "reported" });
  const said = [
    { event: "chat_message", data: { player: alice, message: "Hail!", timestamp } },
    { event: "dice_roll", data: { player: bob, roll: rolled, timestamp } },
    { event: "turn_change", data: { turn: { current_character_name: null }, timestamp } },
    { event: "player_left", data: { player: bob } },
    { event: "combat_update", data: { combat: { active: true }, timestamp } },
  ].map(sentence);

  assert.deepEqual(said, [
    "alice says: Hail!",
    "bob rolled 1d20+5: 18, natural 20, rolled by hand",
    "Nobody’s turn",
    "bob left",
    "Combat is on",
  ]);
});

test("one's own words are not repeated to one, one's own dice are; a flood is only counted", () => {
  const line = (event, data, seq) => ({ key: `${seq}`, frame: { event, data, seq } });
  const chat = (from, seq) => line("chat_message", { player: from, message: "Hail!", timestamp: "" }, seq);
  const mine = line("dice_roll", { player: alice, roll: roll([]), timestamp: "" }, 2);

  assert.deepEqual(announcements([chat(alice, 1), mine], alice.user_id), ["alice rolled 1d20+5: 18"]);
  assert.deepEqual(
    announcements(
      Array.from({ length: 40 }, (_, seq) => chat(bob, seq)),
      alice.user_id,
    ),
    ["40 new lines"],
  );
});

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

test("keys have names, and what could be typed does nothing while typing", () => {
  const press = (key, more = {}) =>
    keyOf({ key, code: "", altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, ...more });

  assert.deepEqual(
    [
      press("?", { shiftKey: true }),
      press("N", { shiftKey: true }),
      press("r"),
      press("F6"),
      press("c", { ctrlKey: true }),
    ],
    ["?", "Shift+N", "r", "F6", ""],
  );
  assert.equal(press("¡", { altKey: true, code: "Digit1" }), "Alt+1");
  assert.deepEqual(
    ["n", "Shift+N", "?", "F6", "Alt+1"].map((key) => mayAct(key, true, true)),
    [false, false, false, true, true],
  );
  assert.deepEqual([mayAct("n", false, false), mayAct("n", false, true)], [false, true]);
});
