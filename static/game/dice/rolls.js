/**
 * What a roll card says of its dice, in words and marks.
 *
 * @import { Die, DiceTerm, Roll, VeiledRoll } from "../client/protocol.d.ts"
 * @import { Line, Listed, Subjects } from "../table/types.d.ts"
 */

const SEEN_BY = {
  public: "",
  dm: "Only the roller and the DM see this",
  blind: "Only the DM sees this",
  self: "Only you see this",
};

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
 * A formula without the comment that is shown as its reason already.
 *
 * @param {Pick<VeiledRoll, "formula" | "reason">} roll
 */
export function bareFormula({ formula, reason = "" }) {
  const whole = formula.trimEnd();
  if (reason === "" || !whole.endsWith(reason)) return formula;
  const bare = /^(.*?)\s*(#|\/\/)\s*$/s.exec(whole.slice(0, -reason.length));
  return bare?.[1] ?? formula;
}

/**
 * Who sees a roll, where that is not everybody.
 *
 * @param {Pick<Roll, "visibility" | "revealed">} roll
 */
export function seenBy({ visibility, revealed }) {
  return revealed ? "" : SEEN_BY[visibility];
}

/**
 * The rolls among these lines, each once: one that was hidden from the reader is where it was revealed.
 *
 * @param {Pick<Line, "key" | "frame">[]} lines
 * @param {Subjects} subjects
 * @returns {(Listed & { key: string })[]}
 */
export function rollsIn(lines, { listed }) {
  const keys = new Set(lines.map(({ key }) => key));
  return lines.flatMap(({ key, frame: { event, data } }) => {
    const roll = listed[event]?.row(data);
    return roll === undefined || keys.has(`seq-${roll.of}`) ? [] : [{ key, ...roll }];
  });
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
