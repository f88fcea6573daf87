import assert from "node:assert/strict";
import { test } from "node:test";
import { typed } from "../support/table.js";

for (const [text, formula, visibility] of [
  ["/roll 2d6 + 1", "2d6 + 1", "public"],
  ["/r 1d20", "1d20", "public"],
  ["/gmroll 1d20+5 # Stealth", "1d20+5 # Stealth", "dm"],
  ["/blindroll 1d20", "1d20", "blind"],
  ["/selfroll 4dF", "4dF", "self"],
  ["  /ROLL   2d6  ", "2d6", "public"],
  ["/roll", "1d20", "public"],
  ["/r ", "1d20", "public"],
  ["/roll 1d20\n+ 5", "1d20\n+ 5", "public"],
]) {
  test(`«${text}» rolls ${formula}`, () => {
    assert.deepEqual(typed(text), { said: [["sendDiceRoll", { formula, visibility }]] });
  });
}

test("anything else is said as it stands", () => {
  for (const text of [
    "hello",
    "roll 1d20",
    "/",
    "/ whatever",
    "// so it goes",
    "1/r 2",
    "/r1d20",
    " /shrug",
    "",
  ])
    assert.deepEqual(typed(text), { said: [["sendChatMessage", text, false]] }, text);
});

test("/me tells what one does, /ooc speaks as oneself", () => {
  const grins = { action_type: "describe", details: { text: "grins" } };
  assert.deepEqual(typed("/me grins"), { said: [["sendPlayerAction", grins]] });
  assert.deepEqual(typed("/ooc back in five"), { said: [["sendChatMessage", "back in five", true]] });
  for (const text of ["/me", "/ooc "]) assert.match(typed(text).refusal, /something after/);
});

test("a command that is unknown here is never said aloud", () => {
  for (const text of ["/w Mira I pocket the ring", "/whisper", "/rolls 1d20", "/constructor x"])
    assert.match(typed(text).refusal, /^Unknown command \/\w+\. /, text);
});

test("who speaks as oneself says what has no slash so, and rolls as ever", () => {
  assert.deepEqual(typed("hello", { aside: true }), { said: [["sendChatMessage", "hello", true]] });
  assert.deepEqual(typed("/r", { aside: true }).said[0][0], "sendDiceRoll");
});
