/**
 * @import { ClientEvents } from "../client/types.d.ts"
 * @import { Table } from "../table/table.js"
 * @import { Seat } from "../table/types.d.ts"
 */

import { fetchTables } from "./client.js";

/**
 * @typedef {ReturnType<typeof sends>} Sends
 * @typedef {Seat<object, Sends>} TablesSeat
 */

/** @param {Table} table */
export function sends(table) {
  const { socket } = table;
  return {
    /** Draw from a roll table, for whose eyes `visibility` says. */
    drawFromTable: (/** @type {ClientEvents["table_draw"]} */ draw) => socket.send("table_draw", draw),
    resetTable: (/** @type {number} */ table_id) => socket.send("table_reset", { table_id }),
    /** The tables that one may draw from; rejects when they cannot be had. */
    fetchTables: () => fetchTables(table.server, table.state.sessionId ?? 0),
  };
}
