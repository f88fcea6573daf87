import assert from "node:assert/strict";
import { test } from "node:test";
import { isComposing, keyOf, mayAct } from "../../../static/game/ui/use-keys.js";

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

test("a key that composes a word is known, however the browser says so", () => {
  assert.ok(isComposing({ isComposing: true, keyCode: 13 }));
  assert.ok(isComposing({ isComposing: false, keyCode: 229 }));
  assert.ok(!isComposing({ isComposing: false, keyCode: 13 }));
});
