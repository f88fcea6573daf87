import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf } from "../../../static/game/chat/commands.js";
import { partsOf } from "../../../static/game/dice/inline.js";
import { sentence } from "../../../static/game/table/describe.js";
import { alice } from "../support/fakes.js";

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
    assert.deepEqual(commandOf(text), { roll: { formula, visibility } });
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
    assert.equal(commandOf(text), null, text);
});

test("/me tells what one does, /ooc speaks as oneself", () => {
  assert.deepEqual(commandOf("/me grins"), { act: { action_type: "describe", details: { text: "grins" } } });
  assert.deepEqual(commandOf("/ooc back in five"), {
    say: { message: "back in five", out_of_character: true },
  });
  for (const text of ["/me", "/ooc "]) assert.match(commandOf(text).refusal, /some words after/);
});

test("a command that is unknown here is never said aloud", () => {
  for (const text of ["/w Mira I pocket the ring", "/whisper", "/rolls 1d20", "/constructor x"])
    assert.match(commandOf(text).refusal, /^Not said: there is no \/\w+ here/, text);
});

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
