/**
 * Rolling a formula again, to check what the server says of it: from its text, and chance that is known by now. Written
 * apart from the server's own rules (docs/dice.md), and only as much of them as most rolls need: sums, products and
 * parentheses in whole numbers, dice with all their modifiers but `u`, repeats. Groups, functions, division, decimals and
 * computed dice are not among it.
 *
 * @typedef {(sides: number) => number} Chance 0 to `sides` - 1
 * @typedef {{ face: (die: Die) => number, edge: Keep | null }} Throw `edge`: what `adv` or `dis` behind the formula means
 * @typedef {(once: Throw) => number} Part a part of the formula, and what it comes to
 * @typedef {{ sides: number, faces: (place: number) => number, lowest: number, highest: number }} Die
 * @typedef {{ faces: number[], worth: number }} Rolled one die, with what its explosions compound
 */

import { choose, Modifiers } from "rollscape/replay-modifiers";

/** @typedef {import("./replay-modifiers.js").Keep} Keep */

const MAX_REROLLS = 200;
const MOST_FACES = 1_000;

/** What is not among the above. */
class Unread extends Error {}

/**
 * @param {string} formula
 * @param {Chance} chance
 * @returns {{ rolls: number[], results: number[] } | null} every face in the order drawn, and the total of each time that
 *   the formula is thrown; null where that is not worked out here
 */
export function replay(formula, chance) {
  try {
    const { part, edge, repeats } = new Reader(formula).formula();
    /** @type {number[]} */
    const rolls = [];
    const face = (/** @type {Die} */ die) => {
      if (rolls.length === MOST_FACES) throw new Unread();
      rolls.push(die.faces(chance(die.sides)));
      return /** @type {number} */ (rolls.at(-1));
    };
    const results = Array.from({ length: repeats }, () => part({ face, edge }));
    return results.every(Number.isSafeInteger) ? { rolls, results } : null;
  } catch (error) {
    if (error instanceof Unread) return null;
    throw error;
  }
}

class Reader {
  #rest;

  /** @param {string} formula */
  constructor(formula) {
    // Labels, then the comment: a label may hold a #, a comment anything.
    const bare = formula.replaceAll(/\[[^[\]]*\]/g, " ").replace(/#.*/s, "");
    this.#rest = bare.toLowerCase().trim();
  }

  /** @returns {{ part: Part, edge: Keep | null, repeats: number }} */
  formula() {
    const [, repeats = "1"] = /\sx\s*(\d+)$/.exec(this.#rest) ?? [];
    this.#rest = this.#rest.replace(/\sx\s*\d+$/, "");
    const part = this.#sum();
    const edge = { adv: "kh", dis: "kl" }[this.#take(/adv|dis/)?.[0] ?? ""] ?? null;
    if (this.#rest.trim() !== "") throw new Unread();
    return { part, edge: /** @type {Keep | null} */ (edge), repeats: Number(repeats) };
  }

  /** @returns {Part} */
  #sum() {
    const parts = [this.#product(1)];
    for (let sign = this.#take(/[-+]/); sign !== null; sign = this.#take(/[-+]/)) {
      parts.push(this.#product(sign[0] === "-" ? -1 : 1));
    }
    return (once) => parts.reduce((sum, part) => sum + part(once), 0);
  }

  /**
   * @param {1 | -1} sign
   * @returns {Part}
   */
  #product(sign) {
    const parts = [this.#operand()];
    while (this.#take(/\*/) !== null) parts.push(this.#operand());
    return (once) => parts.reduce((product, part) => product * part(once), /** @type {number} */ (sign));
  }

  /** @returns {Part} */
  #operand() {
    const sign = this.#take(/-/) ? -1 : this.#take(/\+/) ? 1 : 0;
    if (sign !== 0) {
      const operand = this.#operand();
      return (once) => sign * operand(once);
    }
    if (this.#take(/\(/) !== null) {
      const sum = this.#sum();
      if (this.#take(/\)/) === null || this.#take(/d(?!is)/) !== null) throw new Unread();
      return sum;
    }
    const count = this.#take(/\d+(?![\d.])/);
    const dice = this.#take(/d\s*(\d+(?![\d.])|%|f(?:\.[12])?(?![.\d]))/);
    if (dice !== null) return this.#dice(Number(count?.[0] ?? 1), dieOf(dice[1] ?? ""));
    if (count === null) throw new Unread();
    return () => Number(count[0]);
  }

  /**
   * @param {number} count
   * @param {Die} die
   * @returns {Part}
   */
  #dice(count, die) {
    const single = count === 1 && die.sides === 20;
    const modifiers = new Modifiers();
    const take = (/** @type {RegExp} */ pattern) => this.#take(pattern);
    while (modifiers.read(take, single));
    return (once) => thrown(count, die, modifiers, once, single ? (modifiers.edge ?? once.edge) : null);
  }

  /**
   * The words that come next, if they are such.
   *
   * @param {RegExp} pattern
   */
  #take(pattern) {
    const match = new RegExp(`^\\s*(?:${pattern.source})`).exec(this.#rest);
    if (match === null) return null;
    this.#rest = this.#rest.slice(match[0].length);
    match[0] = match[0].trim();
    return match;
  }
}

/** @param {string} sides as written */
function dieOf(sides) {
  if (sides === "f.1") return die(6, (place) => [-1, 0, 0, 0, 0, 1][place] ?? 0, -1, 1);
  if (sides.startsWith("f")) return die(3, (place) => place - 1, -1, 1);
  const number = sides === "%" ? 100 : Number(sides);
  return die(number, (place) => place + 1, 1, number);
}

/**
 * @param {number} sides
 * @param {(place: number) => number} faces
 * @param {number} lowest
 * @param {number} highest
 * @returns {Die}
 */
const die = (sides, faces, lowest, highest) => ({ sides, faces, lowest, highest });

/**
 * What the dice of one term come to: all are drawn first, then die by die what comes on top.
 *
 * @param {number} count
 * @param {Die} die
 * @param {Modifiers} modifiers
 * @param {Throw} once
 * @param {Keep | null} edge
 */
function thrown(count, die, modifiers, { face }, edge) {
  const draw = () => modifiers.clamped(face(die));
  const first = Array.from({ length: edge === null ? count : 2 }, draw);
  const rolled = first.flatMap((worth) => exploded(worth, die, modifiers, draw));
  const settled = rolled.map((worth) => rerolled(worth, die, modifiers, draw));
  const selections =
    edge === null ? modifiers.selections : [...modifiers.selections, { keep: edge, count: 1 }];
  return modifiers.tally(choose(settled, selections));
}

/**
 * @param {number} worth
 * @param {Die} die
 * @param {Modifiers} modifiers
 * @param {() => number} draw
 * @returns {number[]} what the die and those on top of it count for
 */
function exploded(worth, die, { explosion }, draw) {
  const chain = [worth];
  for (let shown = worth; explosion?.points.some((holds) => holds(shown, die.highest)); ) {
    shown = draw();
    const added = shown - (explosion.penetrating ? 1 : 0);
    if (explosion.compounding) chain[0] = /** @type {number} */ (chain[0]) + added;
    else chain.push(added);
    if (explosion.once) break;
  }
  return chain;
}

/**
 * @param {number} worth
 * @param {Die} die
 * @param {Modifiers} modifiers
 * @param {() => number} draw
 * @returns {number} what the die counts for in the end
 */
function rerolled(worth, die, { rerolls, rerollsOnce }, draw) {
  let left = MAX_REROLLS;
  let once = rerollsOnce;
  for (;;) {
    if (left > 0 && rerolls.some((holds) => holds(worth, die.lowest))) left -= 1;
    else if (once.some((holds) => holds(worth, die.lowest))) once = [];
    else return worth;
    worth = draw();
  }
}
