import assert from "node:assert/strict";
import { test } from "node:test";
import { standing } from "../../../static/game/roll-tables/client.js";
import { DrawRow } from "../../../static/game/roll-tables/listed-draw.js";
import { LogLine } from "../../../static/game/table/log-line.js";
import { html } from "../../../static/game/ui/html.js";
import { player } from "../support/fakes.js";
import { textOf } from "../support/markup.js";
import { announcements, apply, initial, rollsIn, rowsOf, sentence, subjects } from "../support/table.js";

const alice = player(1, "alice");
const roll = { formula: "2d6", result: 7, rolls: [3, 4], terms: [], visibility: "public" };
const draw = {
  table: { id: 4, name: "Treasure" },
  rows: [
    { table: "Treasure", number: 9, of: 10, text: "A chest:" },
    { table: "Gems", number: 2, of: 8, text: "[[2d6]] rubies", rolls: [roll] },
  ],
  visibility: "self",
  proof: { rotation: 1, n: 1, seeds: [] },
};
const frame = (event, data, seq) => ({ event, data: { timestamp: "2026-11-23T20:00:00Z", ...data }, seq });

test("a draw is told with its trail and its dice", () => {
  assert.equal(
    sentence(frame("table_draw", { player: alice, draw }, 1)),
    "alice draws from Treasure: A chest:, 2d6: 7 rubies",
  );
  const ended = { ...draw, rows: draw.rows.slice(0, 1), ended_at: "Gems" };
  assert.match(sentence(frame("table_draw", { player: alice, draw: ended }, 1)), /nothing is left in Gems$/);
  const veiled = { table: draw.table, visibility: "blind" };
  assert.equal(
    sentence(frame("table_draw", { player: alice, draw: veiled }, 1)),
    "alice draws from Treasure blind",
  );
});

test("one hears what one drew oneself", () => {
  const line = { key: "seq-1", frame: frame("table_draw", { player: alice, draw }, 1) };

  assert.equal(announcements([line], alice.user_id).length, 1);
  assert.equal(rowsOf([line], null).at(-1).head, true);
  assert.equal(new LogLine({ line, head: true, mine: true, subjects }).render() === null, false);
});

test("draws are listed among the rolls, each once, as far as one may see them", () => {
  const veiled = { table: draw.table, visibility: "blind" };
  const shown = { ...draw, revealed: true };
  const bob = player(2, "bob");
  const log = [
    frame("table_draw", { player: alice, draw }, 1),
    frame("table_draw", { player: alice, draw: veiled }, 2),
    frame("draw_revealed", { player: bob, seq: 1, draw: shown, roller: alice }, 3),
    frame("draw_revealed", { player: bob, seq: 0, draw: shown, roller: alice }, 4),
  ].map((one) => ({ key: `seq-${one.seq}`, frame: one }));

  assert.deepEqual(rollsIn(log), [
    { key: "seq-1", player: alice, draw },
    { key: "seq-2", player: alice, draw: veiled },
    { key: "seq-4", player: alice, draw: shown },
  ]);
});

test("in the dice log a draw has its table, its dice and those in its text", () => {
  assert.equal(
    textOf(html`<${DrawRow} player=${alice} draw=${draw} />`),
    "aliceTreasure: 1d10, 1d82d6 = 7Only you see this9, 2",
  );
  const veiled = { table: draw.table, visibility: "blind" };
  assert.equal(
    textOf(html`<${DrawRow} player=${alice} draw=${veiled} />`),
    "aliceTreasureOnly the DM sees this?",
  );
});

test("a draw that is revealed changes in its place", () => {
  const shown = { ...draw, revealed: true };
  const reveal = { player: alice, seq: 1, draw: shown, roller: alice, rolled_at: "2026-11-23T20:00:00Z" };

  const known = [frame("table_draw", { player: alice, draw }, 1), frame("draw_revealed", reveal, 2)].reduce(
    apply,
    initial(),
  );
  const unknown = [frame("skip", {}, 1), frame("draw_revealed", reveal, 2)].reduce(apply, initial());

  assert.deepEqual(
    known.log.map(({ frame: { event, data } }) => [event, data.draw.revealed]),
    [
      ["table_draw", true],
      ["draw_revealed", true],
    ],
  );
  assert.deepEqual(
    unknown.log.map(({ frame: { event } }) => event),
    ["draw_revealed"],
  );
});

test("a table says how it stands, as far as one may know", () => {
  const table = {
    id: 1,
    name: "Lots",
    with_replacement: true,
    rows: null,
    left: null,
    players_may_draw: null,
  };

  assert.equal(standing(table), "");
  assert.equal(standing({ ...table, with_replacement: false }), "A deck");
  assert.equal(standing({ ...table, rows: 1, left: 1, players_may_draw: true }), "1 row");
  assert.equal(
    standing({ ...table, with_replacement: false, rows: 5, left: 2, players_may_draw: false }),
    "A deck, 2 of 5 left, DMs only",
  );
  assert.equal(standing({ ...table, rows: 0, left: 0, players_may_draw: true }), "No rows yet");
});
