/**
 * A roll or a draw, done again with its own chance and compared with what the log says of it, step by step.
 *
 * @import { Chance, Term } from "./reroll.js"
 * @import { Die, Draw, Roll } from "../../client/protocol.d.ts"
 */

import { reroll } from "./reroll.js";

/** @typedef {(face: number) => Chance} ChanceFrom the chance of a roll from one of its faces on */

/**
 * One step of a proof, in words: `good` holds, `bad` does not, `open` cannot be told yet, `weak` holds and
 * protects nobody, `part` was not looked at in full.
 *
 * @typedef {{ verdict: "good" | "bad" | "open" | "weak" | "part", words: string }} Step
 */

/**
 * The numbers of all rows are drawn first, then the dice in their texts.
 *
 * @param {Pick<Draw, "rows">} draw
 * @param {ChanceFrom} chanceFrom
 * @returns {Step[]}
 */
export function drawnAgain({ rows }, chanceFrom) {
  const draw = chanceFrom(0);
  const numbers = rows.map(({ of }) => draw(of) + 1);
  if (rows.some(({ number }, index) => number !== numbers[index])) {
    const shown = rows.map(({ number }) => number);
    return [bad(`The draw can’t be ${shown.join(", ")}: calculated again, it is ${numbers.join(", ")}.`)];
  }
  const steps = [good(`Calculated again from all of these, the draw is the same: ${numbers.join(", ")}.`)];
  let place = numbers.length;
  for (const roll of rows.flatMap((row) => row.rolls ?? [])) {
    const inside = rolledAgain(roll, chanceFrom, place);
    steps.push(...inside.map(({ verdict, words }) => step(verdict, `${roll.formula} in its text: ${words}`)));
    place += roll.rolls.length;
  }
  return steps;
}

/**
 * @param {Roll} roll
 * @param {ChanceFrom} chanceFrom
 * @param {number} [from] the place of its first face
 * @returns {Step[]}
 */
export function rolledAgain(roll, chanceFrom, from = 0) {
  const { rolls, terms, formula } = roll;
  if (!falls(terms, rolls, (place) => chanceFrom(from + place))) {
    return [bad(`The dice can’t have shown ${rolls.join(", ")}: calculated again, they are different.`)];
  }
  const fell = good(`Calculated again from all of these, the dice are the same: ${rolls.join(", ")}.`);
  const again = reroll(formula, chanceFrom(from));
  if (again === null) return [fell, step("part", BEYOND)];
  if (again.rolls.join() !== rolls.join()) return [bad("The formula needs other dice than these.")];
  return [fell, addedUp(roll, again.results), asShown(terms, again.terms)];
}

const BEYOND =
  "Not checked: whether the formula needs exactly these dice, which of them were kept, dropped, rerolled or " +
  "exploded, and how they make the total. The formula contains something that this page can’t work out: a group, a " +
  "function, a division, decimals, unique dice, or a computed number of dice. To check everything, download the " +
  "rolls and run python -m game.dice.verify FILE.";

/**
 * @param {Roll} roll
 * @param {number[]} again what each time comes to
 */
function addedUp({ result, results = [result] }, again) {
  const total = again.reduce((sum, one) => sum + one, 0);
  if (total !== result || again.join() !== results.join()) {
    return bad(`With these dice, the formula gives ${again.join(", ")}, not ${results.join(", ")}.`);
  }
  return good(`With these dice, the formula gives the same total: ${result}.`);
}

/**
 * Whether the card shows of each die what became of it.
 *
 * @param {Roll["terms"]} terms
 * @param {Term[]} again
 */
function asShown(terms, again) {
  const shown = (/** @type {Pick<Roll["terms"][number], "subtotal" | "dice">[]} */ of) =>
    JSON.stringify(of.map(({ subtotal, dice }) => [subtotal, dice.map(becameOf)]));
  if (shown(terms) !== shown(again)) {
    return bad(
      "The card does not show the dice as they were rolled: kept, dropped, rerolled or exploded, and what they count.",
    );
  }
  return good("The card shows what happened to each die: kept or dropped, rerolled, exploded.");
}

/** @param {Die} die what is left out is false, or said by `value` */
function becameOf({ value, kept, worth = value, ...marks }) {
  const { exploded, rerolled, critical, fumble, success, failure } = marks;
  return [value, kept, worth, ...[exploded, rerolled, critical, fumble, success, failure].map(Boolean)];
}

/**
 * Whether the dice fall like this from a place on. The dice of a term are drawn one after the other; the terms
 * stand in the order drawn, unless a group was sorted.
 *
 * @param {Roll["terms"]} terms
 * @param {number[]} rolls
 * @param {ChanceFrom} chanceFrom
 * @param {number} [place]
 * @returns {boolean}
 */
function falls(terms, rolls, chanceFrom, place = 0) {
  if (terms.length === 0) return place === rolls.length;
  return terms.some((term, index) => {
    const faces = facesOf(term);
    const draw = chanceFrom(place);
    const drawn = term.dice.map(() => faces(draw(term.sides)));
    const shown = term.dice.map(({ value }) => value);
    const same = drawn.every((face, at) => face === rolls[place + at]) && alike(drawn, shown);
    return same && falls(terms.toSpliced(index, 1), rolls, chanceFrom, place + drawn.length);
  });
}

/**
 * @param {number[]} some
 * @param {number[]} others
 */
function alike(some, others) {
  const ascending = (/** @type {number[]} */ of) => of.toSorted((one, other) => one - other).join();
  return ascending(some) === ascending(others);
}

/**
 * What a die of this term shows at a place among its faces.
 *
 * @param {Roll["terms"][number]} term
 * @returns {(place: number) => number}
 */
function facesOf(term) {
  const fudge = /d\s*f(\.[12])?/i.exec(term.notation);
  if (fudge === null) return (place) => place + 1;
  return fudge[1] === ".1" ? (place) => [-1, 0, 0, 0, 0, 1][place] ?? 0 : (place) => place - 1;
}

/**
 * @param {Step["verdict"]} verdict
 * @param {string} words
 * @returns {Step}
 */
export const step = (verdict, words) => ({ verdict, words });
/** @param {string} words */
export const good = (words) => step("good", words);
/** @param {string} words */
export const bad = (words) => step("bad", words);
