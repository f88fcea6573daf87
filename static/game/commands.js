/**
 * Rolls that are typed where one speaks: `/roll 2d6 + 1 # for the goblin`. Anything else is said as it stands.
 *
 * @import { ClientEvents } from "./wire.d.ts"
 */

/** @type {{ [name: string]: NonNullable<ClientEvents["dice_roll"]["visibility"]> }} */
const VISIBILITY = { roll: "public", r: "public", gmroll: "dm", blindroll: "blind", selfroll: "self" };

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
