import assert from "node:assert/strict";
import { test } from "node:test";
import { complaintOf } from "../../../static/game/macros/client.js";
import {
  answered,
  barsFor,
  KEYS,
  linesOf,
  moved,
  placeOf,
  questionsOf,
  slotsOf,
  swapped,
} from "../../../static/game/macros/macros.js";
import { typed } from "../support/table.js";

const WREN = 42;
const [sword, bow, shared] = [1, 2, 3].map((id) => ({ id, name: `Macro ${id}`, text: "/r 1d20" }));
const macros = [sword, bow, shared];
const all = (slots) => ({ character_id: null, slots });
const wrens = (slots) => ({ character_id: WREN, slots });
const names = (slots) => Object.fromEntries(slots.map(({ key, macro }) => [key, macro?.id]));

test("each line is sent by itself, as if it were typed", () => {
  const lines = linesOf("I swing: [[1d20]]\r\n\n  \n/gmroll 2d6\r /me waves ");

  assert.deepEqual(
    lines.flatMap((line) => typed(line).said),
    [
      ["sendChatMessage", "I swing: [[1d20]]", false],
      ["sendDiceRoll", { formula: "2d6", visibility: "dm" }],
      ["sendPlayerAction", { action_type: "describe", details: { text: "waves" } }],
    ],
  );
});

test("a question has a label and perhaps an answer", () => {
  assert.deepEqual(questionsOf("/r 1d20+?{Bonus|5}+?{ Luck }"), [
    { label: "Bonus", initial: "5", choices: [] },
    { label: "Luck", initial: "", choices: [] },
  ]);
});

test("with more than one answer it is a choice", () => {
  assert.deepEqual(questionsOf("/r ?{Edge|Flat,1d20|Advantage, 2d20kh1 |3d20}"), [
    {
      label: "Edge",
      initial: "1d20",
      choices: [
        ["Flat", "1d20"],
        ["Advantage", "2d20kh1"],
        ["3d20", "3d20"],
      ],
    },
  ]);
});

test("what is asked twice is asked once and answered everywhere", () => {
  const text = "/r 1d20+?{Bonus|5}\nWith ?{Bonus} on it";

  assert.equal(questionsOf(text).length, 1);
  assert.equal(answered(text, new Map([["Bonus", "$& 7"]])), "/r 1d20+$& 7\nWith $& 7 on it");
});

test("an answer is not asked again, nor is it a question", () => {
  const answers = new Map([
    ["A", "?{B|1}"],
    ["B", "2"],
  ]);

  assert.equal(answered("?{A} and ?{B}", answers), "?{B|1} and 2");
});

test("what is not quite a question stays text", () => {
  for (const text of ["?{", "?{}", "?{ }", "?{|1}", "? {A}", "{A}", "?{A", "?{A\n}", "?{constructor"]) {
    assert.deepEqual(questionsOf(text), [], text);
    assert.equal(answered(text, new Map()), text);
  }
});

test("many questions are found in a moment", () => {
  const began = performance.now();

  questionsOf("?{".repeat(1000));
  questionsOf(`?{${"|".repeat(1990)}`);

  assert.ok(performance.now() - began < 200);
});

test("a character’s bar falls back to the one for all", () => {
  const bars = [all({ 1: 1, 2: 2 }), wrens({ 2: 3, 0: 1 })];

  assert.deepEqual(
    slotsOf(macros, bars, WREN).map(({ key }) => key),
    KEYS,
  );
  const wren = names(slotsOf(macros, bars, WREN));
  assert.deepEqual([wren[1], wren[2], wren[0], wren[3]], [1, 3, 1, undefined]);
  assert.deepEqual(names(slotsOf(macros, bars, 43))[2], 2);
  assert.deepEqual(names(slotsOf(macros, bars, null))[0], undefined);
});

test("what one may see no longer leaves its key to what lies below", () => {
  const bars = [all({ 1: 1 }), wrens({ 1: 99 })];

  assert.equal(names(slotsOf(macros, bars, WREN))[1], 1);
});

/** What the bars are after a laying. */
function after(bars, { characterId, slots }) {
  const rest = bars.filter((bar) => bar.character_id !== characterId);
  const now = { ...bars.find((bar) => bar.character_id === characterId)?.slots, ...slots };
  return [...rest, { character_id: characterId, slots: now }];
}

for (const [what, bars, from, to] of [
  ["two for all", [all({ 1: 1, 2: 2 })], "1", "2"],
  ["one and an empty key", [all({ 1: 1 })], "1", "5"],
  ["one for all and a character’s", [all({ 1: 1, 2: 3 }), wrens({ 2: 2 })], "1", "2"],
  ["a character’s and one for all", [all({ 2: 2 }), wrens({ 1: 1 })], "1", "2"],
  ["a character’s and an empty key", [wrens({ 1: 1 })], "1", "2"],
]) {
  test(`${what} change places`, () => {
    const slots = slotsOf(macros, bars, WREN);
    const [one, other] = [from, to].map((key) => slots.find((slot) => slot.key === key));

    const now = names(slotsOf(macros, after(bars, swapped(one, other)), WREN));

    assert.deepEqual([now[from], now[to]], [other.macro?.id, one.macro?.id]);
  });
}

test("a macro for a character lies on that one’s bar, another on the one for all or on whom one plays", () => {
  assert.deepEqual(barsFor(43, WREN), [43]);
  assert.deepEqual(barsFor(null, WREN), [null, WREN]);
  assert.deepEqual(barsFor(null, null), [null]);
});

test("where a macro lies", () => {
  const bars = [all({ 3: 1 }), wrens({ 0: 2 })];

  assert.deepEqual(placeOf(1, bars, [null, WREN]), { characterId: null, key: "3" });
  assert.deepEqual(placeOf(2, bars, [null, WREN]), { characterId: WREN, key: "0" });
  assert.equal(placeOf(2, bars, [null]), undefined);
});

test("moving along a bar is one step, and between bars it lies on both before it lies on one", () => {
  const [one, two] = [
    { characterId: null, key: "1" },
    { characterId: null, key: "2" },
  ];
  const wren = { characterId: WREN, key: "1" };

  assert.deepEqual(moved(7, one, two), [{ characterId: null, slots: { 1: null, 2: 7 } }]);
  assert.deepEqual(moved(7, one, wren), [
    { characterId: WREN, slots: { 1: 7 } },
    { characterId: null, slots: { 1: null } },
  ]);
  assert.deepEqual(moved(7, undefined, one), [{ characterId: null, slots: { 1: 7 } }]);
  assert.deepEqual(moved(7, one, undefined), [{ characterId: null, slots: { 1: null } }]);
  assert.deepEqual(moved(7, one, { ...one }), []);
  assert.deepEqual(moved(7, undefined, undefined), []);
});

test("a refusal is told in words", () => {
  assert.equal(complaintOf({ detail: "There is no such macro." }), "There is no such macro.");
  assert.equal(
    complaintOf({ text: ["At most 5 lines."], character_id: ["No."] }),
    "Text: At most 5 lines. Character: No.",
  );
  assert.equal(complaintOf(null), undefined);
});
