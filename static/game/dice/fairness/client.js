/** @import { Server } from "../../client/fetch-json.js" */

import { fetchJson } from "../../client/fetch-json.js";

/**
 * What proves the roll at one place in the log: the events that it rests on, as far as they have come out.
 *
 * @param {Server} server
 * @param {number} sessionId
 * @param {number} seq
 * @returns {Promise<import("./verify.js").Export>} rejects when it cannot be had
 */
export function fetchProof(server, sessionId, seq) {
  return fetchJson(server, `/api/sessions/${sessionId}/fairness/?roll=${seq}`);
}
