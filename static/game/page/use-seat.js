/**
 * Somebody at the table, as the parts of the page are told.
 *
 * @import { Character, Place, Seat } from "../table/types.d.ts"
 * @import { Figure } from "../ui/sigils.js"
 * @import { GameTable } from "./use-game-socket.js"
 */

import { subjects } from "../subjects.js";
import { speak } from "../table/slash.js";

/**
 * @typedef {{
 *   table: GameTable,
 *   userId: number,
 *   role: string,
 *   phone: boolean,
 *   place: Place,
 *   cast: Figure[],
 *   characters: Character[],
 *   characterId: number | null,
 *   playAs: (id: number) => void,
 *   panel: string,
 *   show: (panel: string) => void,
 *   atEnd: boolean,
 *   lookAtEnd: (atEnd: boolean) => void,
 *   unread: number,
 *   newAfter: number | null,
 * }} Known `role` is what the page knows before the server says it
 */

/**
 * @param {Known} known
 * @returns {Seat}
 */
export function useSeat(known) {
  const { state } = known.table;
  const role = state.me?.role ?? known.role;
  const seat = {
    ...known,
    state,
    role,
    isDm: role === "dm",
    mayPlay: role !== "spectator" && !state.ended,
    subjects,
    owns: /** @type {Seat["owns"]} */ ({}),
    speak: (/** @type {string} */ line) => speak(line, seat),
  };
  for (const { name, use } of subjects.list) seat.owns[name] = use?.(seat);
  return seat;
}
