/**
 * What became of dice, in words.
 *
 * @import { DiceRoll, Player, Roll, RollRevealed, VeiledDiceRoll } from "../client/protocol.d.ts"
 */

import { nameOf } from "../ui/names.js";
import { criticalOf } from "./criticals.js";

/**
 * Who revealed whose roll.
 *
 * @param {Player} player
 * @param {Player} roller
 */
export function revealWords(player, roller) {
  const whose = roller.user_id === player.user_id ? "a hidden roll" : `a hidden roll of ${nameOf(roller)}’s`;
  return `${nameOf(player)} reveals ${whose}`;
}

/** @param {DiceRoll | VeiledDiceRoll} data */
export function rollWords({ player, roll }) {
  if (!("result" in roll)) return `${nameOf(player)} rolled ${roll.formula} blind`;
  return `${nameOf(player)} rolled ${roll.formula}: ${roll.result}${marks(roll)}`;
}

/** @param {RollRevealed} data */
export function revealedWords({ player, roller, roll }) {
  return `${revealWords(player, roller)}: ${roll.formula}, ${roll.result}${marks(roll)}`;
}

/**
 * What stands behind a result: a critical, and dice of somebody's own hand.
 *
 * @param {Roll} roll
 */
export function marks(roll) {
  const critical = criticalOf(roll);
  const words = critical === undefined ? "" : `, ${critical.words.toLowerCase()}`;
  return `${words}${roll.source === "reported" ? ", rolled by hand" : ""}`;
}
