/**
 * What a roll card says of its dice, in words and marks.
 *
 * @import { Die, DiceTerm, Roll } from "./protocol.d.ts"
 */

/**
 * What became of a die, the most telling first. `icon` stands beside the words, never instead of them.
 *
 * @param {Die} die
 * @returns {{ icon: string, words: string }[]}
 */
export function marksOf(die) {
  const marks = [];
  if (die.rerolled) marks.push({ icon: "retry", words: "rerolled" });
  else if (!die.kept) marks.push({ icon: "", words: "dropped" });
  if (die.critical) marks.push({ icon: "star", words: "critical" });
  if (die.fumble) marks.push({ icon: "crack", words: "fumble" });
  if (die.success) marks.push({ icon: "tick", words: "success" });
  if (die.failure) marks.push({ icon: "x", words: "failure" });
  if (die.exploded) marks.push({ icon: "bless", words: "exploded" });
  if (die.worth !== undefined) marks.push({ icon: "", words: `counts ${shown(die.worth)}` });
  return marks;
}

/**
 * What a term comes to, where its dice do not tell: `2 successes, 1 failure`, `= 0`; empty where they add up.
 *
 * @param {DiceTerm} term
 */
export function tallyOf({ dice, subtotal }) {
  const successes = dice.filter(({ success }) => success).length;
  const failures = dice.filter(({ failure }) => failure).length;
  const counts = [counted(successes, "success", "successes"), counted(failures, "failure", "failures")];
  const words = counts.filter((count) => count !== "").join(", ");
  if (words !== "") return words;
  const kept = dice.filter((die) => die.kept).reduce((sum, { value, worth }) => sum + (worth ?? value), 0);
  return kept === subtotal ? "" : `= ${shown(subtotal)}`;
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} more
 */
function counted(count, one, more) {
  return count === 0 ? "" : `${count} ${count === 1 ? one : more}`;
}

/**
 * Each time that the formula was rolled; one for most.
 *
 * @param {Pick<Roll, "result" | "results" | "terms">} roll
 * @returns {{ result: number, terms: DiceTerm[] }[]}
 */
export function throwsOf({ result, results = [], terms }) {
  if (results.length === 0) return [{ result, terms }];
  const each = terms.length / results.length;
  return results.map((total, index) => ({
    result: total,
    terms: terms.slice(index * each, (index + 1) * each),
  }));
}

/**
 * A constant with its sign, apart from it as between terms: `− 2`.
 *
 * @param {number} value
 */
export function signed(value) {
  return `${value < 0 ? "−" : "+"} ${Math.abs(value)}`;
}

/**
 * A number with a real minus.
 *
 * @param {number} value
 */
export function shown(value) {
  return String(value).replace("-", "−");
}
