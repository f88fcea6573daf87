/**
 * @import { ClientEvents } from "../client/types.d.ts"
 * @import { Combat, Turn } from "../client/protocol.d.ts"
 * @import { Table } from "../table/table.js"
 * @import { Seat } from "../table/types.d.ts"
 */

/**
 * @typedef {{ turn: Turn | null, combat: Combat | null }} Part
 * @typedef {ReturnType<typeof sends>} Sends
 * @typedef {Seat<Part, Sends>} CombatSeat
 */

/** @param {Table} table */
export function sends({ socket }) {
  return {
    sendTurnChange: (/** @type {ClientEvents["turn_change"]["turn"]} */ turn) =>
      socket.send("turn_change", { turn }),
    sendCombatUpdate: (/** @type {ClientEvents["combat_update"]["combat"]} */ combat) =>
      socket.send("combat_update", { combat }),
  };
}
