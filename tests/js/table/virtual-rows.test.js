import assert from "node:assert/strict";
import { test } from "node:test";
import { near, rowAt, tops } from "../../../static/game/table/virtual-rows.js";

const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);

test("rows stand below each other, by their measured heights or a guess", () => {
  const places = tops(["a", "b", "c"], new Map([["b", 30]]));

  assert.equal(places.length, 4);
  assert.equal(places[2] - places[1], 30);
  assert.ok(places[1] > 0 && places[3] > places[2]);
});

test("the row at a height is found, and the nearest beyond either end", () => {
  const places = tops(keys, new Map(keys.map((key) => [key, 10])));

  assert.deepEqual(
    [-50, 0, 9, 10, 995, 5000].map((y) => rowAt(places, y)),
    [0, 0, 0, 1, 99, 99],
  );
  assert.equal(rowAt(tops([], new Map()), 10), 0);
});

test("only what is near the view is drawn", () => {
  const places = tops(keys, new Map(keys.map((key) => [key, 10])));

  assert.deepEqual(near(places, 500, 100), [30, 81]);
  assert.deepEqual(near(places, 0, 100), [0, 31]);
  assert.deepEqual(near(places, 900, 100), [70, 100]);
  assert.deepEqual(near(tops([], new Map()), 0, 100), [0, 0]);
});
