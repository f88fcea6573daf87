/** @import { ServerFrame } from "./types.d.ts" */

/** What the server takes from a client in one frame, in bytes. */
const MAX_FRAME = 64 * 1024;

/**
 * A frame as it came, or null when it is none: what a server should not have sent must not stop the client.
 *
 * @param {unknown} text
 * @returns {ServerFrame | null}
 */
export function parseFrame(text) {
  if (typeof text !== "string") return null;
  try {
    const frame = JSON.parse(text);
    return isFrame(frame) ? frame : null;
  } catch {
    return null;
  }
}

/**
 * @param {any} value
 * @returns {value is ServerFrame}
 */
function isFrame(value) {
  if (!isObject(value) || typeof value.event !== "string" || !isObject(value.data)) return false;
  return value.seq === undefined || Number.isSafeInteger(value.seq);
}

/** @param {any} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether the server would take this text as one frame.
 *
 * @param {string} text
 */
export function fits(text) {
  return new TextEncoder().encode(text).length <= MAX_FRAME;
}
