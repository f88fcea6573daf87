/**
 * @import { ServerFrame } from "../client/types.d.ts"
 * @import { Subjects } from "./types.d.ts"
 */

/**
 * A line of the log as a sentence, for those who hear the table instead of seeing it; empty where there is nothing to
 * tell.
 *
 * @param {ServerFrame} frame
 * @param {Subjects} subjects
 * @returns {string}
 */
export function sentence({ event, data }, { sentences }) {
  return sentences[event]?.(data) ?? "";
}
