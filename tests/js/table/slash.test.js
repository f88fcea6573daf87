import assert from "node:assert/strict";
import { test } from "node:test";
import { spoken, typed } from "../support/table.js";

for (const [text, formula, visibility] of [
  ["/roll 2d6 + 1", "2d6 + 1", "public"],
  ["/r 1d20", "1d20", "public"],
  ["/gmroll 1d20+5 # Stealth", "1d20+5 # Stealth", "dm"],
  ["/blindroll 1d20", "1d20", "blind"],
  ["/selfroll 4dF", "4dF", "self"],
  ["  /ROLL   2d6  ", "2d6", "public"],
  ["/roll", "1d20", "public"],
  ["/r ", "1d20", "public"],
]) {
  test(`«${text}» rolls ${formula}`, () => {
    assert.deepEqual(typed(text), { said: [["sendDiceRoll", { formula, visibility }]] });
  });
}

test("anything else is said as it stands", () => {
  for (const text of ["hello", "roll 1d20", "1/r 2", " /shrug", " / whatever", "two lines,\nboth said", ""])
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

test("whatever begins with a slash and is no command is held back", () => {
  for (const [text, told] of [
    ["/gmroll1d20+5", /Unknown command \/gmroll1d20\+5\. Put a space after \/gmroll\./],
    ["/r1d20", /Put a space after \/r\./],
    ["/gm: secret", /Unknown command \/gm:\. To send it as text, start with a space\./],
    ["/w2 secret", /Unknown command \/w2\./],
    ["/", /Unknown command \/\./],
    ["/ w Mira secret", /Unknown command \/\./],
    ["// so it goes", /Unknown command \/\/\./],
    ["/Flüstern leise", /Unknown command \/Flüstern\./],
    ["\u200b/w Mira secret", /Unknown command \/w\./],
    ["／w Mira secret", /Unknown command \/w\./],
    ["hello\n/w Mira secret", /Unknown command \/w\./],
    ["/me waves\n/w Mira secret", /Unknown command \/w\./],
    ["hello\n/r 1d20", /\/r comes after other words/],
    [`/${"x".repeat(400)}`, /Unknown command \/x{30}…\./],
  ])
    assert.match(typed(text).refusal ?? "said", told, text);
});

test("a formula stands on one line", () => {
  assert.match(typed("/roll 1d20\n+ 5").refusal, /^Not rolled: a formula stands on one line/);
});

test("several commands, a line each, are carried out in their order", () => {
  assert.deepEqual(spoken("/r 1d20\n\n/gmroll 2d6\r\n/me nods"), {
    done: true,
    said: [
      ["sendDiceRoll", { formula: "1d20", visibility: "public" }],
      ["sendDiceRoll", { formula: "2d6", visibility: "dm" }],
      ["sendPlayerAction", { action_type: "describe", details: { text: "nods" } }],
    ],
    back: [],
  });
  const stopped = spoken("/r 1d20\n/me\n/r 2d6");
  assert.deepEqual([stopped.done, stopped.said.length], [false, 1]);
  assert.deepEqual(stopped.back, ["/me\n/r 2d6"]);
  assert.deepEqual(spoken("/r 1d20\n/w Mira secret").said, []);
});

test("who speaks as oneself says what has no slash so, and rolls as ever", () => {
  assert.deepEqual(typed("hello", { aside: true }), { said: [["sendChatMessage", "hello", true]] });
  assert.deepEqual(typed("/r", { aside: true }).said[0][0], "sendDiceRoll");
});
