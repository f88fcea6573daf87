import assert from "node:assert/strict";
import { test } from "node:test";
import {
  edgeOf,
  odds,
  parse,
  withDie,
  withEdge,
  withModifier,
  write,
} from "../../../static/game/dice/formula.js";

const rounded = ({ min, max, mean }) => [min, max, Math.round(mean * 100) / 100];

for (const [text, written] of [
  ["2d20kh1+5", "2d20kh1 + 5"],
  ["d6", "1d6"],
  [" 1D8 - 1d4 −2 ", "1d8 - 1d4 - 2"],
  ["d%", "1d100"],
  ["2d20KL", "2d20kl1"],
  ["1d6+2+3-1", "1d6 + 4"],
  ["-1d4+1d6", "-1d4 + 1d6"],
  ["1d20−1", "1d20 - 1"],
  ["1d20–1", "1d20 - 1"],
  ["1d20\u00a0+\u00a05", "1d20 + 5"],
  ["1 d 20 kh 1", "1d20kh1"],
  ["", ""],
]) {
  test(`«${text}» is read and written as «${written}»`, () => {
    assert.equal(write(parse(text)), written);
  });
}

for (const text of [
  "4d6kh3",
  "2d6*2",
  "(1d6)",
  "1d6!",
  "fireball",
  "1d6 1d8",
  "1d6++2",
  "0d6",
  "1d0",
  "+",
  "1 0d6",
  "2d6 4",
  "d06",
  "1d6+00",
  "1d6+1.5",
  "600d6+401d6",
  "1d6\n+1",
  "2d20kh10",
]) {
  test(`«${text}» is left to the server`, () => {
    assert.equal(parse(text), null);
  });
}

test("dice are added and taken away", () => {
  assert.equal(withDie("", 20, 1), "1d20");
  assert.equal(withDie("1d20 + 5", 20, 1), "2d20 + 5");
  assert.equal(withDie("1d20 + 5", 6, 1), "1d20 + 1d6 + 5");
  assert.equal(withDie("2d6 + 1", 6, -1), "1d6 + 1");
  assert.equal(withDie("1d6", 6, -1), "");
  assert.equal(withDie("1d6", 8, -1), "1d6");
});

test("a formula that is not simple only grows", () => {
  assert.equal(withDie("4d6kh3", 6, 1), "4d6kh3 + 1d6");
  assert.equal(withDie("4d6kh3", 6, -1), "4d6kh3");
  assert.equal(withModifier("4d6kh3", 2), "4d6kh3");
  assert.equal(withEdge("4d6kh3", "adv"), "4d6kh3");
});

test("the modifier replaces the constants", () => {
  assert.equal(withModifier("1d20 + 5", -2), "1d20 - 2");
  assert.equal(withModifier("1d20 + 5", 0), "1d20");
});

test("an edge rewrites the first d20, and can be taken back", () => {
  const better = withEdge("1d20 + 5", "adv");

  assert.equal(better, "2d20kh1 + 5");
  assert.equal(edgeOf(parse(better)), "adv");
  assert.equal(withEdge(better, "dis"), "2d20kl1 + 5");
  assert.equal(withEdge(better, "flat"), "1d20 + 5");
  assert.equal(withEdge("1d6", "dis"), "2d20kl1 + 1d6");
  assert.equal(edgeOf(parse("1d6")), "flat");
  assert.equal(edgeOf(null), "flat");
});

test("range and mean", () => {
  assert.deepEqual(rounded(odds(parse("2d6 + 3"))), [5, 15, 10]);
  assert.deepEqual(rounded(odds(parse("2d20kh1 + 5"))), [6, 25, 18.83]);
  assert.deepEqual(rounded(odds(parse("2d20kl1"))), [1, 20, 7.17]);
  assert.deepEqual(rounded(odds(parse("1d6 - 1d4"))), [-3, 5, 1]);
});

test("the shape is how likely each total is", () => {
  for (const text of ["2d6 + 3", "2d20kh1", "2d20kl1 - 1d4", "1d6 - 1d4"]) {
    const { min, max, mean, shape } = odds(parse(text));

    assert.equal(shape.length, max - min + 1);
    assert.ok(Math.abs(shape.reduce((sum, p) => sum + p, 0) - 1) < 1e-9);
    assert.ok(Math.abs(shape.reduce((sum, p, i) => sum + p * (min + i), 0) - mean) < 1e-9);
  }
  assert.deepEqual(odds(parse("900d9999")).shape, []);
});
