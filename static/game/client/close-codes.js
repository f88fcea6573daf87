/** What a close code asks of a client, and how long to wait before the next try. */

const FIRST_MS = 2_000;
/** A table is back so soon after its server is, however long that was away. */
const LONGEST_MS = 5_000;
const LONGEST_BACKOFF_MS = 30_000;
/** A connection that lasted so long owes nothing for an earlier close that asked to back off. */
export const GOOD_STANDING_MS = 60_000;

const BROKEN = 4500;
const INVALID_TOKEN = 4001;
const TOO_LARGE = new Set([1009, 4009]);
const COME_BACK = new Set([1000, 1001, 1005, 1006, 1011, 1012]);

/** @param {number} code */
export const isInvalidToken = (code) => code === INVALID_TOKEN;
/** @param {number} code */
export const isBroken = (code) => code === BROKEN;
/** @param {number} code */
export const isTooLarge = (code) => TOO_LARGE.has(code);

/**
 * `stop`: do not come back. `again`: come back, soon at first. `backoff`: come back, more slowly each time
 * even when joining succeeds in between.
 *
 * @param {number} code
 * @returns {"stop" | "again" | "backoff"}
 */
export function verdict(code) {
  if (isTooLarge(code) || (code >= 4000 && code <= 4099)) return "stop";
  if (COME_BACK.has(code) || (code >= 4200 && code <= 4299)) return "again";
  return "backoff";
}

/**
 * How long to wait before try number `attempt` (from 0), in milliseconds. Full jitter, within 2 s at first and never
 * over 5 s; a client that was asked to back off waits up to 30 s.
 *
 * @param {number} attempt
 * @param {() => number} random in [0, 1)
 * @param {boolean} backOff
 */
export function delay(attempt, random, backOff) {
  return random() * Math.min(backOff ? LONGEST_BACKOFF_MS : LONGEST_MS, FIRST_MS * 2 ** attempt);
}
