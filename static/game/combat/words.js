/** @import { Combat, Turn } from "../client/protocol.d.ts" */

/**
 * The state of the fight.
 *
 * @param {Combat} combat
 */
export function fightWords({ active, round }) {
  if (!active) return "Combat is over";
  return typeof round === "number" ? `Combat, round ${round}` : "Combat is on";
}

/** @param {Turn} turn */
export function turnWords({ current_character_name: name }) {
  return name === null ? "Nobody’s turn" : `${name}’s turn`;
}
