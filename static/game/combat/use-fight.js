/**
 * The fight as one seat sees it, and the means to move its turn on.
 *
 * @import { CombatSeat } from "./commands.js"
 */

import { useEffect, useMemo } from "preact/hooks";
import { nameOf } from "../ui/names.js";
import { chime } from "../ui/sounds.js";
import { fightOf, stepped } from "./combat.js";

/** In hertz. */
const TURN_TONE = 660;

/** @typedef {ReturnType<typeof useFight>} Own */

/** @param {CombatSeat} seat */
export function useFight(seat) {
  const { combat, turn, me, ended } = seat.state;
  const fight = useMemo(() => fightOf(combat, turn), [combat, turn]);
  const mine = me !== null && turn?.current_character_name === nameOf(me);
  useEffect(() => {
    if (mine) chime(TURN_TONE);
  }, [mine]);
  const mayStep = seat.isDm && !ended;
  return { fight, step: mayStep ? (/** @type {1 | -1} */ by) => step(seat, by) : null };
}

/**
 * Move the turn on or back.
 *
 * @param {CombatSeat} seat
 * @param {1 | -1} by
 */
function step({ table, state: { combat, turn } }, by) {
  const next = stepped(combat, turn, by);
  if (next === null) return;
  if (next.combat !== null) table.sendCombatUpdate(next.combat);
  table.sendTurnChange(next.turn);
}
