/** The roll tables that one may draw from, as the server lists them. */

/**
 * A table; `rows`, `left` and `players_may_draw` are known to DMs alone.
 *
 * @typedef {{
 *   id: number, name: string, with_replacement: boolean,
 *   rows: number | null, left: number | null, players_may_draw: boolean | null,
 * }} RollTable
 */

/**
 * @param {string} origin
 * @param {string | undefined} token
 * @param {number} sessionId
 * @returns {Promise<RollTable[]>} by name; rejects when the server cannot be asked
 */
export async function fetchTables(origin, token, sessionId) {
  const headers = token === undefined ? undefined : { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${origin}/api/sessions/${sessionId}/tables/`, { headers });
  if (!answer.ok) throw new Error(`The tables could not be fetched: ${answer.status}.`);
  return (await answer.json()).results;
}

/**
 * How a table stands, in words.
 *
 * @param {RollTable} table
 */
export function standing({ with_replacement: again, rows, left, players_may_draw: open }) {
  const whose = open === false ? ", DMs only" : "";
  if (rows === null) return again ? "" : "A deck";
  if (rows === 0) return `No rows yet${whose}`;
  return `${again ? `${rows} ${rows === 1 ? "row" : "rows"}` : `A deck, ${left} of ${rows} left`}${whose}`;
}
