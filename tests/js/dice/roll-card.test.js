import assert from "node:assert/strict";
import { test } from "node:test";
import { RollCard } from "../../../static/game/dice/roll-card.js";
import { html } from "../../../static/game/ui/html.js";
import { player } from "../support/fakes.js";
import { all, textOf } from "../support/markup.js";

const term = (dice, more = {}) => ({
  notation: "2d20kh1",
  sign: 1,
  die: "d20",
  sides: 20,
  subtotal: dice.filter(({ kept }) => kept).reduce((sum, { value, worth }) => sum + (worth ?? value), 0),
  dice,
  ...more,
});
const d6 = (dice, more = {}) => term(dice, { notation: "2d6", die: "d6", sides: 6, ...more });
const card = (terms, more = {}) => {
  const roll = {
    formula: "a formula",
    result: 25,
    rolls: [],
    modifier: 0,
    source: "server",
    visibility: "public",
  };
  return html`<${RollCard} roll=${{ ...roll, terms, ...more }} player=${player(1, "wren", { character_id: 3 })} />`;
};
const kept = (value, more = {}) => ({ value, kept: true, ...more });

test("a die says what became of it, by icon and in words", () => {
  const fates = [
    [{ value: 20, kept: true, critical: true }, "20 critical", "best"],
    [{ value: 1, kept: true, fumble: true }, "1 fumble", "worst"],
    [{ value: 4, kept: false }, "4 dropped", undefined],
    [{ value: 1, kept: false, rerolled: true }, "1 rerolled", undefined],
    [{ value: 6, kept: true, exploded: true }, "6 exploded", undefined],
    [{ value: 9, kept: true, success: true }, "9 success", undefined],
    [{ value: 1, kept: true, failure: true }, "1 failure", undefined],
    [{ value: -1, kept: true, worth: 2 }, "−1 counts 2", undefined],
  ];
  for (const [die, words, face] of fates) {
    const [drawn] = all(card([term([die])]), "die");
    assert.equal(drawn.text, words);
    assert.equal(drawn.type, die.kept ? "span" : "s");
    assert.equal(drawn.props["data-face"], face);
    assert.equal(drawn.props.title, `d20, ${words.replace(/^\S+ /, "")}`);
  }
});

test("what dice count as, where they do not add up, stands behind them", () => {
  const counted = d6([kept(9, { success: true }), kept(8, { success: true }), kept(1, { failure: true })], {
    subtotal: 1,
  });
  const none = d6([kept(2), kept(3)], { subtotal: 0 });
  const sum = d6([kept(2, { worth: 3 }), kept(3)]);

  const tallies = [counted, none, sum].map((of) => all(card([of]), "roll__tally").map(({ text }) => text));
  assert.deepEqual(tallies, [["2 successes, 1 failure"], ["= 0"], []]);
});

test("terms and bonuses stand with their signs and labels", () => {
  const terms = [d6([kept(3)], { sign: -1, label: "fire" }), d6([kept(5)])];
  const bonuses = [{ value: 3, label: "strength" }, { value: -2 }];

  const [dice] = all(card(terms, { bonuses }), "roll__dice");
  assert.equal(dice.text.replaceAll(" ", ""), "−3fire+5+3strength−2");
});

test("a repeated formula shows each time with its total", () => {
  const terms = [d6([kept(3), kept(4)]), d6([kept(1), kept(1)])];

  const repeated = card(terms, { results: [9, 4], result: 13, bonuses: [{ value: 2 }] });
  const [throws] = all(repeated, "roll__throws");
  assert.match(throws.text, /3\s*4\s*\+ 2\s*Total 9\s*1\s*1\s*\+ 2\s*Total 4/);
  assert.match(textOf(repeated), /In total 13/);
});

test("reason, character, and how it was rolled and for whom stand on the card", () => {
  const marks = (more) => all(card([d6([kept(3)])], more), "badge").map(({ text }) => text);

  assert.deepEqual(marks({}), []);
  assert.deepEqual(marks({ source: "reported" }), ["Rolled by hand"]);
  assert.deepEqual(marks({ visibility: "dm" }), ["Only the roller and the DM see this"]);
  assert.deepEqual(marks({ visibility: "blind" }), ["Only the DM sees this"]);
  assert.deepEqual(marks({ visibility: "self" }), ["Only you see this"]);
  assert.deepEqual(marks({ visibility: "self", revealed: true }), ["Revealed"]);
  assert.deepEqual(marks({ character: { id: 4, name: "Wren" } }), ["Wren"]);
  assert.deepEqual(marks({ character: { id: 3, name: "whose card it is anyway" } }), []);
  assert.match(textOf(card([], { reason: "Perception" })), /^Perception a formula/);
  const commented = card([], { formula: "1d20 # at the goblin", reason: "at the goblin" });
  assert.equal(all(commented, "formula-text")[0].text, "1d20");
});

test("only a roll that is hidden from others looks so", () => {
  const secret = (more) => all(card([], more), "roll")[0].props["data-secret"];

  assert.equal(secret({}), undefined);
  assert.equal(secret({ visibility: "dm" }), true);
  assert.equal(secret({ visibility: "dm", revealed: true }), undefined);
});

test("of a thousand dice the first are drawn, the rest when asked for", () => {
  const many = card([d6(Array.from({ length: 1000 }, () => kept(3)))]);

  assert.equal(all(many, "die").length, 30);
  assert.match(textOf(many), /970 more dice/);
});
