import assert from "node:assert/strict";
import test from "node:test";
import { parse } from "../../../static/game/dice/formula.js";
import { diceOf, faceOf, isFull, reportOf } from "../../../static/game/dice/physical-dice.js";

const report = (formula, faces, total = "") => reportOf(formula, parse(formula), { faces, total });

test("each die of a formula has its field, in the order that the server reads them", () => {
  assert.deepEqual(diceOf(parse("2d20kh1 - 1d6 + 5")), [20, 20, 6]);
});

test("dice that only the server can count, or too many, have none", () => {
  for (const formula of ["4d6kh3", "2d6!", "21d6", "100d20", "5"]) assert.equal(diceOf(parse(formula)), null);
});

test("a die shows what stands on it", () => {
  assert.equal(faceOf("6", 6), 6);
  for (const text of ["7", "0", "-1", "1.5", "six", "", undefined]) assert.equal(faceOf(text, 6), null);
});

test("a ten-sided die shows its ten as 0, percentile dice their hundred as 00", () => {
  assert.equal(faceOf("0", 10), 10);
  assert.equal(faceOf("00", 100), 100);
  assert.equal(faceOf("0", 20), null);
});

test("a field is full when no digit more makes another face", () => {
  assert.ok(isFull("4", 6));
  assert.ok(isFull("3", 20));
  assert.ok(isFull("17", 20));
  assert.ok(!isFull("1", 20));
  assert.ok(!isFull("7", 6));
});

test("the total is counted, dropped dice left out", () => {
  assert.deepEqual(report("2d20kh1 - 1d6 + 5", ["3", "17", "2"]), {
    formula: "2d20kh1 - 1d6 + 5",
    rolls: [3, 17, 2],
    modifier: 5,
    result: 20,
  });
  assert.equal(report("2d20kl1", ["3", "17"]).result, 3);
});

test("nothing is reported while a die is missing or shows what it cannot", () => {
  assert.equal(report("2d6", ["3"]), null);
  assert.equal(report("2d6", ["3", "7"]), null);
});

test("what cannot be counted here is reported with the total that somebody says", () => {
  assert.deepEqual(report("4d6kh3", ["6", "6,2", "4"], "16"), {
    formula: "4d6kh3",
    rolls: [6, 6, 2, 4],
    result: 16,
  });
  for (const [faces, total] of [
    [["6"], ""],
    [[""], "6"],
    [["six"], "6"],
    [["6"], "a lot"],
  ])
    assert.equal(report("1d6!", faces, total), null);
});
