/** @import { Player } from "../client/types.d.ts" */

/**
 * What to call a person. Lines from before there were display names have none.
 *
 * @param {Pick<Player, "username"> & Partial<Pick<Player, "display_name">>} player
 */
export function personOf({ display_name, username }) {
  return display_name || username;
}

/**
 * Who speaks: the character, else the person.
 *
 * @param {Pick<Player, "username" | "character_name"> & Partial<Pick<Player, "display_name">>} player
 */
export function nameOf(player) {
  return player.character_name ?? personOf(player);
}
