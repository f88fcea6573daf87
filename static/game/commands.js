/**
 * Rolls that are typed where one speaks: `/roll 2d6 + 1 # for the goblin`. Anything else is said as it stands.
 *
 * @import { ClientEvents } from "./wire.d.ts"
 */

/** @type {{ [name: string]: NonNullable<ClientEvents["dice_roll"]["visibility"]> }} */
const VISIBILITY = { roll: "public", r: "public", gmroll: "dm", blindroll: "blind", selfroll: "self" };

/**
 * Do what a line asks for.
 *
 * @param {string} text
 * @param {{ say: (message: string) => void, roll: (roll: ClientEvents["dice_roll"]) => void }} means
 */
export function speak(text, { say, roll }) {
  const command = commandOf(text);
  if (command === null) say(text);
  else roll(command);
}

/**
 * @param {string} text
 * @returns {ClientEvents["dice_roll"] | null} null for what is no command; without a formula it rolls a d20
 */
export function commandOf(text) {
  const [, name = "", formula = ""] = /^\s*\/([a-z]+)(?:\s+(.*))?$/is.exec(text) ?? [];
  const command = name.toLowerCase();
  if (!Object.hasOwn(VISIBILITY, command)) return null;
  return { formula: formula.trim() || "1d20", visibility: VISIBILITY[command] };
}
