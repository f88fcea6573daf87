import assert from "node:assert/strict";
import { test } from "node:test";
import { alice, bob } from "../support/fakes.js";
import { rowsOf, unreadIn } from "../support/table.js";

const at = (minute, day = 1) => new Date(2030, 0, day, 18, minute).toISOString();
const line = (seq, event, data) => ({ key: `seq-${seq}`, frame: { event, data, seq } });
const chat = (seq, player, timestamp = at(seq)) =>
  line(seq, "chat_message", { player, message: "", timestamp });
const combat = (seq, more) =>
  line(seq, "combat_update", { combat: { active: true, ...more }, timestamp: at(seq) });
const heads = (rows) => rows.filter(({ kind }) => kind === "line").map(({ head }) => head);
const kinds = (rows) => rows.map(({ kind }) => kind);

test("a speaker is named until another speaks", () => {
  const rows = rowsOf([chat(1, alice), chat(2, alice), chat(3, bob), chat(4, alice)], null);

  assert.deepEqual(heads(rows), [true, false, true, true]);
});

test("a speaker is named again after five minutes, counted from the name", () => {
  const rows = rowsOf([chat(1, alice), chat(5, alice), chat(6, alice)], null);

  assert.deepEqual(heads(rows), [true, false, true]);
});

test("another character of the same user is another speaker", () => {
  const asThief = { ...alice, character_id: 9, character_name: "Nim" };

  assert.deepEqual(heads(rowsOf([chat(1, alice), chat(2, asThief)], null)), [true, true]);
});

test("narration and notes stand between", () => {
  const told = line(2, "dm_narration", { player: bob, narration: "Rain.", timestamp: at(2) });

  const left = (key) => ({ key, frame: { event: "player_left", data: { player: bob } } });

  assert.deepEqual(heads(rowsOf([chat(1, alice), told, chat(3, alice)], null)), [true, true, true]);
  assert.deepEqual(heads(rowsOf([told, left("a"), left("b"), chat(3, bob)], null)), [
    true,
    true,
    false,
    true,
  ]);
});

test("what is new since the last visit is parted from the rest, and names its speaker", () => {
  const rows = rowsOf([chat(1, alice), chat(2, alice), chat(3, alice)], 1);

  assert.deepEqual(kinds(rows), ["day", "line", "new", "line", "line"]);
  assert.deepEqual(heads(rows), [true, true, false]);
});

test("where all that is loaded is new, the place is further up", () => {
  assert.deepEqual(kinds(rowsOf([chat(8, alice), chat(9, bob)], 3)), ["day", "line", "line"]);
  assert.deepEqual(kinds(rowsOf([chat(1, alice)], 3)), ["day", "line"]);
});

test("a new day is told", () => {
  const rows = rowsOf([chat(1, alice, at(1)), chat(2, alice, at(2, 2))], null);

  assert.deepEqual(kinds(rows), ["day", "line", "day", "line"]);
  assert.deepEqual(heads(rows), [true, true]);
});

test("of a fight only its beginning, rounds and end are told", () => {
  const rows = rowsOf(
    [
      combat(1, { round: 1 }),
      combat(2, { round: 1, combatants: [] }),
      combat(3, { round: 2 }),
      combat(4, { active: false }),
      combat(5, { active: false, round: 9 }),
    ],
    null,
  );

  assert.deepEqual(
    rows.map(({ key }) => key),
    ["day-2030-0-1", "seq-1", "seq-3", "seq-4"],
  );
});

test("keys are unique, whatever comes", () => {
  const joined = { key: "note-0", frame: { event: "player_joined", data: { player: bob } } };
  const rows = rowsOf([chat(1, alice), joined, chat(2, alice, at(2, 2)), chat(3, bob, at(2, 3))], 1);

  assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
});

test("unread are the words and dice of others", () => {
  const lines = [
    chat(1, bob),
    chat(2, bob),
    chat(3, alice),
    line(4, "turn_change", { turn: { current_character_name: null }, timestamp: at(4) }),
    line(5, "dm_narration", { player: bob, narration: "", timestamp: at(5) }),
    { key: "note-0", frame: { event: "player_left", data: { player: bob } } },
  ];

  assert.equal(unreadIn(lines, 1, alice.user_id), 2);
  assert.equal(unreadIn(lines, 5, alice.user_id), 0);
});
