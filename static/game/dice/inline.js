/**
 * Rolls inside a sentence, as in `I swing: [[1d20+5]]`.
 *
 * @import { Roll } from "../client/protocol.d.ts"
 */

/** The same as the server's. */
const BRACKETS = /\[\[((?:(?!\[\[)[^\n]){1,500}?)\]\](?!\])/gu;

/**
 * A text with what stands in double brackets apart from the rest: it was not rolled.
 *
 * @param {string} text
 * @returns {{ text: string, bracketed: boolean }[]}
 */
export function notRolledIn(text) {
  return text
    .split(/(\[\[(?:(?!\[\[)[^\n]){1,500}?\]\](?!\]))/u)
    .map((part, index) => ({ text: part, bracketed: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}

/**
 * A message's text with its rolls in their places. Brackets that the server did not roll are text.
 *
 * @param {{ message: string, rolls?: Roll[] }} said
 * @returns {(string | Roll)[]}
 */
export function partsOf({ message, rolls = [] }) {
  /** @type {(string | Roll)[]} */
  const parts = [];
  let from = 0;
  let next = 0;
  for (const found of message.matchAll(BRACKETS)) {
    const roll = rolls[next];
    if (roll === undefined || roll.formula !== found[1]) continue;
    parts.push(message.slice(from, found.index), roll);
    from = found.index + found[0].length;
    next += 1;
  }
  return [...parts, message.slice(from)].filter((part) => part !== "");
}
