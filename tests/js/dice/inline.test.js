import assert from "node:assert/strict";
import { test } from "node:test";
import { notRolledIn, partsOf } from "../../../static/game/dice/inline.js";
import { alice } from "../support/fakes.js";
import { sentence } from "../support/table.js";

const roll = (formula, result) => ({ formula, result, terms: [] });

test("rolls stand in their places in a sentence", () => {
  const [hit, hurt] = [roll("1d20+5", 18), roll("1d8[fire]", 4)];

  assert.deepEqual(partsOf({ message: "[[1d20+5]] to hit, [[1d8[fire]]] to hurt", rolls: [hit, hurt] }), [
    hit,
    " to hit, ",
    hurt,
    " to hurt",
  ]);
});

test("brackets that were not rolled are text", () => {
  const hit = roll("1d20", 18);
  const message = "[[see the map]] 🎲 [[ [[1d20]] and [[1d20";

  assert.deepEqual(partsOf({ message, rolls: [hit] }), ["[[see the map]] 🎲 [[ ", hit, " and [[1d20"]);
  assert.deepEqual(partsOf({ message }), [message]);
});

test("a sentence is told with what was rolled in it", () => {
  const data = { player: alice, message: "I swing: [[1d20]]!", rolls: [roll("1d20", 18)], timestamp: "" };

  assert.equal(sentence({ event: "chat_message", data }), "alice says: I swing: 1d20: 18!");
});

test("what stands in double brackets and was not rolled stands apart", () => {
  assert.deepEqual(notRolledIn("see [[the map]] and [["), [
    { text: "see ", bracketed: false },
    { text: "[[the map]]", bracketed: true },
    { text: " and [[", bracketed: false },
  ]);
});
