/**
 * The log that is not here yet, over HTTP.
 *
 * @import { Server } from "./fetch-json.js"
 * @import { ServerFrame } from "./types.d.ts"
 */

import { fetchJson } from "./fetch-json.js";

const PAGE = 100;
/** Lines that are looked through at a time where only some are wanted. */
const LEAFED = 1_000;
/** So many of those wanted make a page; after so many requests without, one asks before going on. */
const WANTED = 20;
const MOST_REQUESTS = 10;

/**
 * Where a page of the log is asked for: its end stands below `before`, or its beginning above `after`.
 *
 * @typedef {{ before: number } | { after: number }} Edge
 */

/**
 * Stored frames of a session, as this user may see them now.
 *
 * @typedef {Server & { sessionId: number, edge: Edge }} Asked
 * @typedef {{ frames: ServerFrame[], next: number | null }} Page
 * @param {Asked} asked
 * @param {number} [limit]
 * @returns {Promise<Page>} oldest first; `next` is the next edge of the
 *   same kind, null where the log ends. Rejects when the server cannot be asked or refuses.
 */
export async function fetchPage({ origin, token, sessionId, edge }, limit = PAGE) {
  const asked = "before" in edge ? `before=${edge.before}` : `after=${edge.after}`;
  const path = `/api/sessions/${sessionId}/events/?${asked}&limit=${limit}`;
  const { results, next } = await fetchJson({ origin, token }, path);
  if (results.length > 0 || next === null) return { frames: results, next };
  // A stretch of the log may hold nothing that this user may see.
  return fetchPage(
    { origin, token, sessionId, edge: "before" in edge ? { before: next } : { after: next } },
    limit,
  );
}

/**
 * Earlier frames of some events, sought page by page.
 *
 * @param {Asked & { edge: { before: number } }} asked
 * @param {string[]} events
 * @returns {Promise<Page>} oldest first; `next` is where it was looked through down to, null at the log's beginning
 */
export async function fetchEarlier(asked, events) {
  /** @type {Page} */
  let found = { frames: [], next: asked.edge.before };
  for (
    let request = 0;
    request < MOST_REQUESTS && found.frames.length < WANTED && found.next !== null;
    request += 1
  ) {
    const { frames, next } = await fetchPage({ ...asked, edge: { before: found.next } }, LEAFED);
    found = { frames: [...frames.filter((frame) => events.includes(frame.event)), ...found.frames], next };
  }
  return found;
}
