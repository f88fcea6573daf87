import assert from "node:assert/strict";
import { test } from "node:test";
import { RollCard } from "../../../static/game/dice/roll-card.js";
import { follow, newest } from "../../../static/game/table/scrollback.js";
import { html } from "../../../static/game/ui/html.js";
import { alice, bob, roomJoined } from "../support/fakes.js";
import { all, textOf } from "../support/markup.js";
import { apply, initial, rollsIn, sentence } from "../support/table.js";

const AT = "2030-01-01T18:00:00Z";
const roll = { formula: "1d20", result: 7, rolls: [7], modifier: 0, source: "server", terms: [] };
const hidden = {
  event: "dice_roll",
  seq: 1,
  data: { player: bob, roll: { ...roll, visibility: "dm" }, timestamp: AT },
};
const shown = { ...roll, visibility: "dm", revealed: true };
const reveal = {
  event: "roll_revealed",
  seq: 2,
  data: { player: alice, seq: 1, roll: shown, roller: bob, rolled_at: AT, timestamp: AT },
};
const blind = { formula: "1d20", visibility: "blind", reason: "Stealth" };
const inRoom = () => apply(initial(), { event: "room_joined", data: roomJoined() });
const saw = (...frames) => frames.reduce(apply, inRoom());

test("who saw a hidden roll sees it revealed in its place, wherever they read", () => {
  const before = saw(hidden);
  const after = apply(before, reveal);

  const { lines } = follow(newest(before), after, true);
  assert.deepEqual(lines, after.log);
  assert.deepEqual(
    lines.map(({ key, frame }) => [key, frame.data.roll.revealed]),
    [
      ["seq-1", true],
      ["seq-2", true],
    ],
  );
  assert.deepEqual(rollsIn(lines), [{ key: "seq-1", player: bob, roll: shown }]);
});

test("who did not see it finds it where it was revealed", () => {
  const { log } = saw({ event: "skip", data: {}, seq: 1 }, reveal);

  assert.deepEqual(
    log.map(({ key }) => key),
    ["seq-2"],
  );
  assert.deepEqual(rollsIn(log), [{ key: "seq-2", player: bob, roll: shown }]);
});

test("what one rolled blind says so and shows no result", () => {
  const card = html`<${RollCard} roll=${blind} />`;

  assert.equal(textOf(card), "Stealth 1d20You rolled blind. Only the DM sees the result.");
  assert.equal(all(card, "roll")[0].props["data-secret"], true);
});

test("hidden rolls are told in words", () => {
  const told = (event, data) => sentence({ event, data });

  assert.equal(told("dice_roll", { player: bob, roll: blind, timestamp: AT }), "bob rolled 1d20 blind");
  assert.equal(told("roll_revealed", reveal.data), "alice reveals a hidden roll of bob’s: 1d20, 7");
  assert.equal(told("roll_revealed", { ...reveal.data, player: bob }), "bob reveals a hidden roll: 1d20, 7");
});
