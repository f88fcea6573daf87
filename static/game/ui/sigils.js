/**
 * A person's or creature's mark: one of eight colours, one of eight divisions, and an initial.
 *
 * @import { Player } from "../client/types.d.ts"
 */

import { nameOf } from "./names.js";

const DEVICES = ["chevron", "bend", "chief", "saltire", "quarterly", "paly", "pale", "fess"];

/**
 * @typedef {{ colour: number | undefined, device: string, initial: string }} Sigil `colour` is 1 to 8, none for
 *   those whom nobody plays
 */

/**
 * Somebody at the table: a player, or a character of the campaign whose player is away.
 *
 * @typedef {Pick<Player, "user_id" | "username" | "display_name" | "character_id" | "character_name" | "colour" |
 *   "is_dm">} Figure
 */

/**
 * The mark of somebody at the table, in the colour chosen for the character where there is one. A DM without a
 * character has no colour: it would be taken for a player's.
 *
 * @param {Figure} player
 * @returns {Sigil}
 */
export function sigilOf(player) {
  const { user_id, character_id, colour, is_dm } = player;
  const id = character_id ?? user_id;
  const uncoloured = is_dm && character_id === null;
  return {
    colour: uncoloured ? undefined : (colour ?? (id % 8) + 1),
    device: deviceOf(id),
    initial: initialOf(nameOf(player)),
  };
}

/**
 * The mark of a name that belongs to nobody at the table.
 *
 * @param {string} name
 * @returns {Sigil}
 */
export function sigilOfName(name) {
  let sum = 0;
  for (const letter of name) sum += letter.codePointAt(0) ?? 0;
  return { colour: undefined, device: deviceOf(sum), initial: initialOf(name) };
}

/** @param {number} id */
function deviceOf(id) {
  // Eight apart have one colour, and then not one division.
  return DEVICES[(id * 5 + Math.floor(id / 8)) % 8] ?? "pale";
}

/** @param {string} name whose article is no letter to know it by */
function initialOf(name) {
  return [...name.trim().replace(/^the\s+(?=\S)/i, "")][0]?.toLocaleUpperCase() ?? "?";
}
