/**
 * Dice that somebody threw by hand: what they showed, and what it comes to.
 *
 * @import { Formula } from "./formula.js"
 * @import { ClientEvents } from "../client/types.d.ts"
 */

/** More dice than these are typed as one list. */
const MOST_FIELDS = 20;

/**
 * What was typed: a text for each die in the order of the formula, and the total where it cannot be counted here.
 *
 * @typedef {{ faces: string[], total: string }} Thrown
 */

/** @type {Thrown} */
export const NOTHING_THROWN = { faces: [], total: "" };

/**
 * The dice of a formula, one by one.
 *
 * @param {Formula | null} formula
 * @returns {number[] | null} the sides of each in the order that the server reads them; null for dice that only the
 *   server can count
 */
export function diceOf(formula) {
  const dice = formula?.dice.flatMap(({ count, sides }) => Array(Math.min(count, 100)).fill(sides)) ?? [];
  return dice.length === 0 || dice.length > MOST_FIELDS ? null : dice;
}

/**
 * The face that was typed. A ten-sided die shows its ten as 0, percentile dice their hundred as 00.
 *
 * @param {string | undefined} text
 * @param {number} sides
 * @returns {number | null} null for what this die cannot show
 */
export function faceOf(text, sides) {
  if (text === undefined || !/^\d{1,4}$/.test(text.trim())) return null;
  const face = Number(text);
  if (face === 0) return sides === 10 || sides === 100 ? sides : null;
  return face <= sides ? face : null;
}

/**
 * Whether no further digit could make another face of it.
 *
 * @param {string} text
 * @param {number} sides
 */
export function isFull(text, sides) {
  const face = faceOf(text, sides);
  return face !== null && (face * 10 > sides || text.length >= String(sides).length);
}

/**
 * The report of a roll, its total counted here where the formula is simple.
 *
 * @param {string} text the formula
 * @param {Formula | null} formula
 * @param {Thrown} thrown
 * @returns {ClientEvents["dice_roll"] | null} null while something is missing
 */
export function reportOf(text, formula, { faces, total }) {
  const dice = diceOf(formula);
  if (formula === null || dice === null) return listed(text, faces, total);
  const rolls = dice.flatMap((sides, index) => faceOf(faces[index], sides) ?? []);
  if (rolls.length < dice.length) return null;
  return { formula: text, rolls, modifier: formula.constant, result: totalOf(formula, rolls) };
}

/**
 * @param {string} formula
 * @param {string[]} faces
 * @param {string} total
 */
function listed(formula, faces, total) {
  const rolls = faces
    .join(" ")
    .split(/[\s,;]+/)
    .filter((face) => face !== "")
    .map(Number);
  const result = Number(total.replace("−", "-"));
  if (rolls.length === 0 || !rolls.every(Number.isSafeInteger)) return null;
  return total.trim() === "" || !Number.isFinite(result) ? null : { formula, rolls, result };
}

/**
 * @param {Formula} formula
 * @param {number[]} rolls
 */
function totalOf({ dice, constant }, rolls) {
  let from = 0;
  let total = constant;
  for (const { sign, count, keep } of dice) {
    const faces = rolls.slice(from, from + count);
    from += count;
    total += sign * kept(faces, keep);
  }
  return total;
}

/**
 * @param {number[]} faces
 * @param {"kh" | "kl" | null} keep
 */
function kept(faces, keep) {
  if (keep === null) return faces.reduce((sum, face) => sum + face, 0);
  return keep === "kh" ? Math.max(...faces) : Math.min(...faces);
}
