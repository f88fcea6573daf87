/**
 * What characters do, as it is told and as it is typed.
 *
 * @import { Action } from "../client/protocol.d.ts"
 */

/** How the details of the quick actions are told, in their order. */
const TOLD = /** @type {{ [type: string]: [verb: string, ...parts: [key: string, before: string][]] }} */ ({
  attack: ["attacks", ["target", ""], ["weapon", "with"]],
  cast: ["casts", ["spell", ""], ["target", "at"]],
  help: ["helps", ["target", ""]],
  search: ["searches", ["place", ""]],
});

/**
 * An action after its actor's name, as parts of text; `strong` ones are what the player named.
 *
 * @param {Action} action
 * @returns {{ text: string, strong: boolean }[]}
 */
export function actionWords({ action_type, details }) {
  const told = Object.hasOwn(TOLD, action_type) ? TOLD[action_type] : undefined;
  if (told === undefined) return [{ text: freely(action_type, details), strong: false }];
  const [verb, ...parts] = told;
  const words = [{ text: verb, strong: false }];
  for (const [key, before] of parts) {
    const value = details[key];
    if (typeof value !== "string" || value === "") continue;
    if (before !== "") words.push({ text: before, strong: false });
    words.push({ text: value, strong: true });
  }
  const rest = Object.entries(details).filter(([key]) => !parts.some(([known]) => known === key));
  if (rest.length > 0) words.push({ text: `(${listed(rest)})`, strong: false });
  return words;
}

/**
 * @param {string} type
 * @param {{ [key: string]: unknown }} details
 */
function freely(type, details) {
  const { text, ...rest } = details;
  if (typeof text === "string") return text;
  const entries = Object.entries(text === undefined ? rest : details);
  return entries.length === 0 ? type : `${type} (${listed(entries)})`;
}

/** @param {[string, unknown][]} entries */
function listed(entries) {
  const words = entries.map(
    ([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return words.join(", ");
}

/**
 * The same as one text.
 *
 * @param {Action} action
 */
export function actionLine(action) {
  return actionWords(action)
    .map(({ text }) => text)
    .join(" ");
}

/**
 * The quick action that a player typed, such as `Goblin with longsword` for an attack.
 *
 * @param {string} type
 * @param {string} text
 * @returns {Action}
 */
export function actionOf(type, text) {
  const told = Object.hasOwn(TOLD, type) ? TOLD[type] : undefined;
  if (told === undefined) return { action_type: type, details: { text } };
  const [, [first], second] = /** @type {[string, [string, string], [string, string]?]} */ (told);
  const at = second === undefined ? -1 : text.toLowerCase().lastIndexOf(` ${second[1]} `);
  /** @type {{ [key: string]: string }} */
  const details = {};
  const named = (at === -1 ? text : text.slice(0, at)).trim();
  if (named !== "") details[first] = named;
  if (second !== undefined && at !== -1) details[second[0]] = text.slice(at + second[1].length + 2).trim();
  return { action_type: type, details };
}

/**
 * An action as its player would type it again; `actionOf` read backwards.
 *
 * @param {Action} action
 */
export function actionText({ action_type, details }) {
  const told = Object.hasOwn(TOLD, action_type) ? TOLD[action_type] : undefined;
  if (told === undefined) return freely(action_type, details);
  const [, [first], second] = /** @type {[string, [string, string], [string, string]?]} */ (told);
  const named = String(details[first] ?? "");
  const other = second === undefined ? undefined : details[second[0]];
  return other === undefined || second === undefined ? named : `${named} ${second[1]} ${other}`;
}
