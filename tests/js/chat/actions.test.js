import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf, actionText, actionLine as told } from "../../../static/game/chat/actions.js";

for (const [type, text, details, words] of [
  [
    "attack",
    "Goblin with longsword",
    { target: "Goblin", weapon: "longsword" },
    "attacks Goblin with longsword",
  ],
  ["attack", "Goblin", { target: "Goblin" }, "attacks Goblin"],
  ["attack", "", {}, "attacks"],
  ["cast", "Sleep at the guards", { spell: "Sleep", target: "the guards" }, "casts Sleep at the guards"],
  ["help", "Bob", { target: "Bob" }, "helps Bob"],
  ["search", "the old chest", { place: "the old chest" }, "searches the old chest"],
  ["describe", "I whistle.", { text: "I whistle." }, "I whistle."],
]) {
  test(`«${text}» as ${type} is told, and comes back as it was typed`, () => {
    const action = actionOf(type, text);

    assert.deepEqual(action, { action_type: type, details });
    assert.equal(told(action), words);
    assert.equal(actionText(action), text);
  });
}

test("actions of other clients are told whatever they hold", () => {
  assert.equal(told({ action_type: "dance", details: {} }), "dance");
  assert.equal(
    told({ action_type: "dance", details: { steps: 3, with: ["bob"] } }),
    'dance (steps: 3, with: ["bob"])',
  );
  assert.equal(told({ action_type: "attack", details: { target: 5, bonus: 2 } }), "attacks (bonus: 2)");
  assert.equal(told({ action_type: "constructor", details: {} }), "constructor");
});
