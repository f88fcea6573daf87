/** @import { ServerFrame } from "./wire.d.ts" */

const PAGE = 100;

/**
 * Stored frames from before a place in the log, as this user may see them now.
 *
 * @param {{ origin: string, token: string | undefined, sessionId: number, before: number }} place
 * @returns {Promise<{ frames: ServerFrame[], next: number | null }>} oldest first; `next` is the next `before`,
 *   null at the log's beginning. Rejects when the server cannot be asked or refuses.
 */
export async function fetchEarlier({ origin, token, sessionId, before }) {
  const url = `${origin}/api/sessions/${sessionId}/events/?before=${before}&limit=${PAGE}`;
  const headers = token === undefined ? undefined : { Authorization: `Bearer ${token}` };
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`Earlier lines could not be fetched: ${answer.status}.`);
  const { results, next } = await answer.json();
  // A stretch of the log may hold nothing that this user may see.
  if (results.length === 0 && next !== null) return fetchEarlier({ origin, token, sessionId, before: next });
  return { frames: results, next };
}
