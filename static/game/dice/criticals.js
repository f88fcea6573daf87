/**
 * Rolls that a table holds its breath for.
 *
 * @import { DiceTerm, Roll } from "../client/protocol.d.ts"
 */

/**
 * @typedef {{
 *   outcome: "crit" | "fumble", icon: "star" | "crack", words: string, die: { sides: number, value: number },
 * }} Critical
 *   `die`: the one that decided it
 */

const OUTCOMES = /** @type {const} */ ({
  crit: { outcome: "crit", icon: "star" },
  fumble: { outcome: "fumble", icon: "crack" },
});

/**
 * A natural 20 or 1 where exactly one d20 counts; else what the formula's `cs` and `cf` mark, unless it is both.
 *
 * @param {Pick<Roll, "terms">} roll
 * @returns {Critical | undefined}
 */
export function criticalOf({ terms }) {
  const d20s = terms.filter(({ sides }) => sides === 20).flatMap(({ dice }) => dice);
  const [only, ...others] = d20s.filter((die) => die.kept);
  if (only !== undefined && others.length === 0) {
    if (only.value === 20) return { ...OUTCOMES.crit, words: "Natural 20", die: { sides: 20, value: 20 } };
    if (only.value === 1) return { ...OUTCOMES.fumble, words: "Natural 1", die: { sides: 20, value: 1 } };
  }
  const [critical, fumble] = [marked(terms, "critical"), marked(terms, "fumble")];
  if ((critical === undefined) === (fumble === undefined)) return undefined;
  if (critical !== undefined) return { ...OUTCOMES.crit, words: "Critical", die: critical };
  return fumble && { ...OUTCOMES.fumble, words: "Fumble", die: fumble };
}

/**
 * The first die that is marked so because the formula asks for it: a d20 marks its 20 and its 1 unasked.
 *
 * @param {DiceTerm[]} terms
 * @param {"critical" | "fumble"} mark
 */
function marked(terms, mark) {
  for (const { dice, sides, notation } of terms) {
    const die = /c[sf]/i.test(notation) ? dice.find((one) => one[mark]) : undefined;
    if (die !== undefined) return { sides, value: die.value };
  }
  return undefined;
}
