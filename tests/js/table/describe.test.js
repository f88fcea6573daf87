import assert from "node:assert/strict";
import { test } from "node:test";
import { alice, bob } from "../support/fakes.js";
import { announcements, sentence } from "../support/table.js";

const roll = (dice, more = {}) => ({
  formula: "1d20+5",
  result: 18,
  modifier: 5,
  source: "server",
  terms: [{ notation: "1d20", sides: 20, sign: 1, dice }],
  ...more,
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
