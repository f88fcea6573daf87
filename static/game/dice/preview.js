/**
 * What a formula can come to, worked out by the server: for formulas that are more than `formula.js` reads.
 *
 * @import { Server } from "../client/fetch-json.js"
 */

import { fetchJson } from "../client/fetch-json.js";

/** Past it the answer is late for somebody who types. */
const PATIENCE_MS = 2_000;

/**
 * `shape` is how likely each outcome is, or each run of neighbouring ones. Else `words` say why there is nothing to
 * show; `refused`: it cannot be rolled at all.
 *
 * @typedef {{ min: number, max: number, mean: number, shape: number[] } | { words: string, refused: boolean }} Preview
 */

/**
 * @param {Server} server
 * @param {string} formula
 * @param {AbortSignal} signal
 * @returns {Promise<Preview | null>} null where the server does not say; never rejects
 */
export async function fetchPreview(server, formula, signal) {
  const patient = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    return previewOf(
      await fetchJson(server, `/api/dice/preview/?formula=${encodeURIComponent(formula)}`, patient),
    );
  } catch {
    return null;
  }
}

/**
 * @param {{
 *   low: number | null, high: number | null, mean: number | null, bars: { probability: number }[] | null,
 *   message: string | null, reason: string | null,
 * }} answer
 * @returns {Preview | null}
 */
export function previewOf({ low, high, mean, bars, message, reason }) {
  if (message !== null) return { words: message, refused: reason !== null };
  if (low === null || high === null || mean === null || bars === null) return null;
  return { min: low, max: high, mean, shape: bars.map(({ probability }) => probability) };
}
