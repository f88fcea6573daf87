/**
 * Rolling a formula again, to check what the server says of it: from its text, and chance that is known by now. Written
 * apart from the server's own rules (docs/dice.md), and only as much of them as most rolls need: sums, products and
 * parentheses in whole numbers, dice with all their modifiers but `u`, repeats. Groups, functions, division,
 * decimals and
 * computed dice are not among it.
 *
 * @typedef {(sides: number) => number} Chance 0 to `sides` - 1
 * @typedef {{ face: (die: Die) => number, show: (term: Term) => void, edge: Keep | null }} Throw `edge`: what `adv`
 *   or `dis`
 *   behind the formula means
 * @typedef {(once: Throw) => number} Part a part of the formula, and what it comes to
 * @typedef {{ sides: number, faces: (place: number) => number, lowest: number, highest: number }} Die
 * @typedef {{ value: number, worth: number, exploded: boolean, rerolled: boolean }} Drawn
 * @typedef {{ faces: Drawn[], worth: number }} Rolled one die, with what its explosions compound and its rerolls
 *   replace
 * @typedef {Required<import("../../client/protocol.d.ts").Die>} Shown
 * @typedef {{ subtotal: number, dice: Shown[] }} Term what a card shows of the dice of a term
 */

import { choose, Modifiers } from "./reroll-modifiers.js";

/**
 * @typedef {import("./reroll-modifiers.js").Keep} Keep
 * @typedef {import("./reroll-modifiers.js").Point} Point
 */

const MAX_REROLLS = 200;
const MOST_FACES = 1_000;

/** As the server reads them. The tray has the same: a module of both would be fetched with every table. */
const PRINTED_MINUS = /[\u2010-\u2014\u2212\ufe63\uff0d]/g;
const PRINTED_BLANK = /[\u00a0\u2007\u2009\u202f]/g;

/** What is not among the above. */
class Unread extends Error {}

/**
 * @param {string} formula
 * @param {Chance} chance
 * @returns {{ rolls: number[], results: number[], terms: Term[] } | null} every face in the order drawn, the total
 *   of each
 *   time that the formula is thrown, and what the card shows; null where that is not worked out here
 */
export function reroll(formula, chance) {
  try {
    const { part, edge, repeats } = new Reader(formula).formula();
    /** @type {number[]} */
    const rolls = [];
    const face = (/** @type {Die} */ die) => {
      if (rolls.length === MOST_FACES) throw new Unread();
      rolls.push(die.faces(chance(die.sides)));
      return /** @type {number} */ (rolls.at(-1));
    };
    /** @type {Term[]} */
    const terms = [];
    const show = (/** @type {Term} */ term) => terms.push(term);
    const results = Array.from({ length: repeats }, () => part({ face, show, edge }));
    return results.every(Number.isSafeInteger) ? { rolls, results, terms } : null;
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
    const bare = formula
      .replaceAll(PRINTED_MINUS, "-")
      .replaceAll(PRINTED_BLANK, " ")
      .replaceAll(/\[[^[\]]*\]/g, " ")
      .replace(/#.*/s, "");
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
function thrown(count, die, modifiers, { face, show }, edge) {
  const draw = () => {
    const value = face(die);
    return { value, worth: modifiers.clamped(value), exploded: false, rerolled: false };
  };
  const first = Array.from({ length: edge === null ? count : 2 }, draw);
  const rolled = first.flatMap((drawn) => exploded(drawn, die, modifiers, draw));
  for (const one of rolled) rerolled(one, die, modifiers, draw);
  const selections =
    edge === null ? modifiers.selections : [...modifiers.selections, { keep: edge, count: 1 }];
  const worths = rolled.map(({ worth }) => worth);
  const kept = choose(worths, selections);
  const subtotal = modifiers.tally(worths.filter((_, place) => kept.has(place)));
  const dice = rolled.map((one, place) => ({ ...one, kept: kept.has(place) }));
  if (modifiers.order !== 0) dice.sort((one, other) => modifiers.order * (one.worth - other.worth));
  show({ subtotal, dice: dice.flatMap((one) => marked(one, die, modifiers)) });
  return subtotal;
}

/**
 * @param {Drawn} first
 * @param {Die} die
 * @param {Modifiers} modifiers
 * @param {() => Drawn} draw
 * @returns {Rolled[]} the die and those on top of it
 */
function exploded(first, die, { explosion }, draw) {
  const whole = { faces: [first], worth: first.worth };
  const chain = [whole];
  let last = first;
  for (let shown = last.worth; explosion?.points.some((holds) => holds(shown, die.highest)); ) {
    last.exploded = true;
    last = draw();
    shown = last.worth;
    if (explosion.penetrating) last.worth -= 1;
    if (explosion.compounding) {
      whole.faces.push(last);
      whole.worth += last.worth;
    } else chain.push({ faces: [last], worth: last.worth });
    if (explosion.once) break;
  }
  return chain;
}

/**
 * @param {Rolled} rolled
 * @param {Die} die
 * @param {Modifiers} modifiers
 * @param {() => Drawn} draw
 */
function rerolled(rolled, die, { rerolls, rerollsOnce }, draw) {
  let left = MAX_REROLLS;
  let once = rerollsOnce;
  for (;;) {
    if (left > 0 && rerolls.some((holds) => holds(rolled.worth, die.lowest))) left -= 1;
    else if (once.some((holds) => holds(rolled.worth, die.lowest))) once = [];
    else return;
    for (const face of rolled.faces) face.rerolled = true;
    const again = draw();
    rolled.faces.push(again);
    rolled.worth = again.worth;
  }
}

/**
 * The faces of a die as a card shows them.
 *
 * @param {Rolled & { kept: boolean }} rolled
 * @param {Die} die
 * @param {Modifiers} modifiers
 * @returns {Shown[]}
 */
function marked({ faces, worth, kept }, { sides, lowest, highest }, { criticals, fumbles, judge }) {
  return faces.map((face) => {
    const counts = kept && !face.rerolled;
    const judged = counts ? judge(worth) : 0;
    const is = (/** @type {Point[]} */ points, /** @type {number} */ otherwise) => {
      if (points.length === 0) return counts && sides === 20 && face.value === otherwise;
      return counts && points.some((holds) => holds(face.value, otherwise));
    };
    return {
      ...face,
      kept: counts,
      critical: is(criticals, highest),
      fumble: is(fumbles, lowest),
      success: judged === 1,
      failure: judged === -1,
    };
  });
}
