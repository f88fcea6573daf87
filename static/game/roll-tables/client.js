/**
 * The roll tables that one may draw from, as the server lists them.
 *
 * @import { Server } from "../client/fetch-json.js"
 */

import { fetchJson } from "../client/fetch-json.js";

/**
 * A table; `rows`, `left` and `players_may_draw` are known to DMs alone.
 *
 * @typedef {{
 *   id: number, name: string, with_replacement: boolean,
 *   rows: number | null, left: number | null, players_may_draw: boolean | null,
 * }} RollTable
 */

/**
 * @param {Server} server
 * @param {number} sessionId
 * @returns {Promise<RollTable[]>} by name; rejects when the server cannot be asked
 */
export async function fetchTables(server, sessionId) {
  return (await fetchJson(server, `/api/sessions/${sessionId}/tables/`)).results;
}

/**
 * The state of a table, in words.
 *
 * @param {RollTable} table
 */
export function standing({ with_replacement: again, rows, left, players_may_draw: open }) {
  const whose = open === false ? ", DMs only" : "";
  if (rows === null) return again ? "" : "A deck";
  if (rows === 0) return `No rows yet${whose}`;
  return `${again ? `${rows} ${rows === 1 ? "row" : "rows"}` : `A deck, ${left} of ${rows} left`}${whose}`;
}
