/** What a macro says when it is run, and on which key it lies. */

/**
 * @typedef {{
 *   id: number, owner_id: number, character_id: number | null, name: string, text: string, shared: boolean,
 * }} Macro
 * @typedef {{ character_id: number | null, slots: { [key: string]: number } }} Bar for all characters without one
 * @typedef {{ key: string, macro: Macro | undefined, characterId: number | null }} Slot `characterId`: of the bar that
 *   it is from
 */
/** @typedef {{ characterId: number | null, key: string }} Place */
/**
 * @typedef {{ characterId: number | null, slots: { [key: string]: number | null } }} Laying what becomes of some keys
 *   of a bar
 */
/** @typedef {{ label: string, initial: string, choices: [label: string, value: string][] }} Question */

/** As they lie on a keyboard. */
export const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];
export const MAX_LINES = 5;

/** `?{Modifier|0}`, or with more than one answer a choice: `?{Edge|Flat,1d20|Advantage,2d20kh1}`. */
const QUESTION = /\?\{([^{}|\r\n]+)(?:\|([^{}\r\n]*))?\}/g;

/**
 * What one press sends, in order: each line by itself, as if it were typed.
 *
 * @param {string} text
 */
export function linesOf(text) {
  return text.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
}

/**
 * What is asked before it is sent; each label once, as it stands first.
 *
 * @param {string} text
 * @returns {Question[]}
 */
export function questionsOf(text) {
  /** @type {Map<string, Question>} */
  const asked = new Map();
  for (const [, name = "", rest = ""] of text.matchAll(QUESTION)) {
    const label = name.trim();
    if (label === "" || asked.has(label)) continue;
    const parts = rest.split("|").map((part) => part.trim());
    const choices = parts.length > 1 ? parts.map(choiceOf) : [];
    asked.set(label, { label, initial: choices[0]?.[1] ?? parts[0] ?? "", choices });
  }
  return [...asked.values()];
}

/**
 * @param {string} part `Advantage,2d20kh1`, or what is both the label and the value
 * @returns {[label: string, value: string]}
 */
function choiceOf(part) {
  const comma = part.indexOf(",");
  return comma === -1 ? [part, part] : [part.slice(0, comma).trim(), part.slice(comma + 1).trim()];
}

/**
 * The text with the answers in the places of the questions.
 *
 * @param {string} text
 * @param {Map<string, string>} answers by label
 */
export function answered(text, answers) {
  return text.replace(QUESTION, (whole, name) => answers.get(name.trim()) ?? whole);
}

/**
 * What each key runs: what lies on the character's bar, else what lies on the one for all.
 *
 * @param {Macro[]} macros
 * @param {Bar[]} bars
 * @param {number | null} characterId whom one plays
 * @returns {Slot[]} one for each of `KEYS`
 */
export function slotsOf(macros, bars, characterId) {
  const on = (/** @type {number | null} */ id, /** @type {string} */ key) => {
    const macroId = bars.find((bar) => bar.character_id === id)?.slots[key];
    return macros.find((macro) => macro.id === macroId);
  };
  return KEYS.map((key) => {
    const own = characterId === null ? undefined : on(characterId, key);
    return own ? { key, macro: own, characterId } : { key, macro: on(null, key), characterId: null };
  });
}

/**
 * Change places on the bar. Both come to lie on the character's bar where one of them does: what lies there covers the
 * bar for all.
 *
 * @param {Slot} from
 * @param {Slot} to
 * @returns {Laying}
 */
export function swapped(from, to) {
  const slots = { [to.key]: from.macro?.id ?? null, [from.key]: to.macro?.id ?? null };
  return {
    characterId: to.macro === undefined ? from.characterId : (from.characterId ?? to.characterId),
    slots,
  };
}

/**
 * The hotbars for a macro: a character's macro goes on that character's; any other on the one for all, or on that of
 * the character played.
 *
 * @param {number | null} tied the user's character that it is for
 * @param {number | null} characterId whom one plays
 * @returns {(number | null)[]}
 */
export function barsFor(tied, characterId) {
  if (tied !== null) return [tied];
  return characterId === null ? [null] : [null, characterId];
}

/**
 * Where on these bars a macro lies.
 *
 * @param {number} macroId
 * @param {Bar[]} bars
 * @param {(number | null)[]} where
 * @returns {Place | undefined}
 */
export function placeOf(macroId, bars, where) {
  for (const characterId of where) {
    const bar = bars.find(({ character_id }) => character_id === characterId);
    const key = KEYS.find((one) => bar?.slots[one] === macroId);
    if (key !== undefined) return { characterId, key };
  }
  return undefined;
}

/**
 * Move a macro from one key to another, of the same bar or not; from or to nowhere as well.
 *
 * @param {number} macroId
 * @param {Place | undefined} from
 * @param {Place | undefined} to
 * @returns {Laying[]}
 */
export function moved(macroId, from, to) {
  if (from?.key === to?.key && from?.characterId === to?.characterId) return [];
  const taken = from && { characterId: from.characterId, slots: { [from.key]: null } };
  const laid = to && { characterId: to.characterId, slots: { [to.key]: macroId } };
  if (taken && laid && taken.characterId === laid.characterId)
    return [{ characterId: laid.characterId, slots: { ...taken.slots, ...laid.slots } }];
  // First laid, then taken: cut between the two it lies on both, not on none.
  return [laid, taken].filter((laying) => laying !== undefined);
}
