/**
 * Simple dice formulas: `2d20kh1 + 1d6 - 2`. What is more than that is the server's to read; here it is null.
 *
 * @typedef {{ sign: 1 | -1, count: number, sides: number, keep: "kh" | "kl" | null }} Dice
 * @typedef {{ dice: Dice[], constant: number }} Formula
 */

/** A number as the server reads it: none begins with a zero. */
const TERM = new RegExp(
  String.raw`^\s*([+-]?)\s*(?:([1-9]\d{0,2})?\s*d\s*([1-9]\d{0,3}|%)` +
    String.raw`(?:\s*(kh|kl)(?:\s*1(?!\d)|(?!\s*[-\d])))?|(0|[1-9]\d{0,5})(?![\d.]))\s*`,
  "i",
);
/** Dice that may be rolled at once. */
const MOST_DICE = 1_000;
/** The finest shape that is worth drawing, and the most faces worth counting out. */
const MOST_FACES = 1_500;

/**
 * @param {string} text
 * @returns {Formula | null} null for what is not simple; nothing at all is a formula without dice
 */
export function parse(text) {
  let rest = plain(text);
  if (/[^ \t\x21-\x7e]/.test(rest)) return null;
  /** @type {Formula} */
  const formula = { dice: [], constant: 0 };
  for (let first = true; rest.trim() !== ""; first = false) {
    const match = TERM.exec(rest);
    if (match === null || (!first && match[1] === "")) return null;
    const [all, sign, count, sides, keep, constant] = match;
    const signed = sign === "-" ? -1 : 1;
    if (constant !== undefined) formula.constant += signed * Number(constant);
    else formula.dice.push(dice(signed, count, sides, keep));
    rest = rest.slice(all.length);
  }
  return formula.dice.reduce((sum, { count }) => sum + count, 0) <= MOST_DICE ? formula : null;
}

/**
 * With the minus signs and blanks of a keyboard in the places of those that books print, as the server reads them.
 *
 * @param {string} text
 */
export function plain(text) {
  return text
    .replaceAll(/[\u2010-\u2014\u2212\ufe63\uff0d]/g, "-")
    .replaceAll(/[\u00a0\u2007\u2009\u202f]/g, " ");
}

/**
 * @param {1 | -1} sign
 * @param {string | undefined} count
 * @param {string | undefined} sides
 * @param {string | undefined} keep
 * @returns {Dice}
 */
function dice(sign, count, sides, keep) {
  const kept = /** @type {"kh" | "kl" | null} */ (keep?.toLowerCase() ?? null);
  return { sign, count: count ? Number(count) : 1, sides: sides === "%" ? 100 : Number(sides), keep: kept };
}

/**
 * @param {Formula} formula
 * @returns {string} as the server reads it
 */
export function write({ dice, constant }) {
  const terms = dice.map(({ sign, count, sides, keep }) => {
    return `${sign < 0 ? "-" : "+"} ${count}d${sides}${keep === null ? "" : `${keep}1`}`;
  });
  if (constant !== 0) terms.push(`${constant < 0 ? "-" : "+"} ${Math.abs(constant)}`);
  return terms.join(" ").replace(/^\+ /, "").replace(/^- /, "-");
}

/**
 * With one die more of these sides, or one less. A formula that is not simple only grows.
 *
 * @param {string} text
 * @param {number} sides
 * @param {1 | -1} step
 */
export function withDie(text, sides, step) {
  const formula = parse(text);
  if (formula === null) return step === 1 ? `${text.trim()} + 1d${sides}` : text;
  const there = formula.dice.find((term) => term.sides === sides && term.sign === 1);
  if (there === undefined) {
    if (step === 1) formula.dice.push({ sign: 1, count: 1, sides, keep: null });
  } else {
    there.count += step;
  }
  return write({ ...formula, dice: formula.dice.filter(({ count }) => count > 0) });
}

/**
 * @param {string} text
 * @param {number} constant
 */
export function withModifier(text, constant) {
  const formula = parse(text);
  return formula === null ? text : write({ ...formula, constant });
}

/**
 * With the first d20 rolled twice, the better or the worse kept; `flat` rolls it once. Without a d20 one is added.
 *
 * @param {string} text
 * @param {"adv" | "flat" | "dis"} edge
 */
export function withEdge(text, edge) {
  const formula = parse(text);
  if (formula === null) return text;
  const at = formula.dice.findIndex(({ sides }) => sides === 20);
  if (at === -1 && edge === "flat") return text;
  const sign = formula.dice[at]?.sign ?? 1;
  /** @type {Dice} */
  const d20 =
    edge === "flat"
      ? { sign, count: 1, sides: 20, keep: null }
      : { sign, count: 2, sides: 20, keep: edge === "adv" ? "kh" : "kl" };
  const dice =
    at === -1 ? [d20, ...formula.dice] : formula.dice.map((die, index) => (index === at ? d20 : die));
  return write({ ...formula, dice });
}

/**
 * Whether the first d20 has an edge.
 *
 * @param {Formula | null} formula
 * @returns {"adv" | "flat" | "dis"}
 */
export function edgeOf(formula) {
  const keep = formula?.dice.find(({ sides }) => sides === 20)?.keep ?? null;
  if (keep === null) return "flat";
  return keep === "kh" ? "adv" : "dis";
}

/**
 * What may come out, and how likely each total from `min` on is; `shape` is empty where that is too much to count.
 *
 * @param {Formula} formula
 * @returns {{ min: number, max: number, mean: number, shape: number[] }}
 */
export function odds({ dice, constant }) {
  const parts = dice.map(oddsOf);
  const faces = dice.reduce((sum, { count, sides, keep }) => sum + (keep === null ? count : 1) * sides, 0);
  const total = { min: constant, max: constant, mean: constant };
  for (const { min, max, mean } of parts) {
    total.min += min;
    total.max += max;
    total.mean += mean;
  }
  return { ...total, shape: faces > MOST_FACES ? [] : dice.map(shapeOf).reduce(together, [1]) };
}

/** @param {Dice} term */
function oddsOf({ sign, count, sides, keep }) {
  const dice = keep === null ? count : 1;
  const mean = keep === null ? (count * (sides + 1)) / 2 : meanKept(count, sides, keep);
  const [low, high] = [dice, dice * sides];
  return sign < 0 ? { min: -high, max: -low, mean: -mean } : { min: low, max: high, mean };
}

/**
 * @param {number} count
 * @param {number} sides
 * @param {"kh" | "kl"} keep
 */
function meanKept(count, sides, keep) {
  let below = 0;
  for (let face = 1; face < sides; face += 1) below += (face / sides) ** count;
  return keep === "kh" ? sides - below : 1 + below;
}

/** @param {Dice} term */
function shapeOf({ sign, count, sides, keep }) {
  const even = Array.from({ length: sides }, () => 1 / sides);
  let shape = keep === null ? [1] : highest(count, sides);
  if (keep === null) for (let die = 0; die < count; die += 1) shape = together(shape, even);
  return (keep === "kl") !== sign < 0 ? shape.reverse() : shape;
}

/**
 * @param {number} count
 * @param {number} sides
 */
function highest(count, sides) {
  return Array.from({ length: sides }, (_, face) => ((face + 1) / sides) ** count - (face / sides) ** count);
}

/**
 * The shape of two sums added.
 *
 * @param {number[]} one
 * @param {number[]} other
 */
function together(one, other) {
  const sum = new Array(one.length + other.length - 1).fill(0);
  for (const [i, p] of one.entries()) for (const [j, q] of other.entries()) sum[i + j] += p * q;
  return sum;
}
