/**
 * @import { ClientEvents } from "../client/types.d.ts"
 * @import { FairnessState } from "../client/protocol.d.ts"
 * @import { Table } from "../table/table.js"
 * @import { Seat, Subjects } from "../table/types.d.ts"
 */

import { fetchProof } from "./fairness/client.js";
import { fetchPreview } from "./preview.js";

/**
 * @typedef {{ fairness: FairnessState | null | undefined }} Part the seeds behind the dice; null before the first,
 *   undefined while nobody has told
 * @typedef {ReturnType<typeof sends>} Sends
 * @typedef {Seat<Part, Sends>} DiceSeat
 */

/** @param {Table} table */
export function sends(table) {
  const { socket } = table;
  return {
    /** `{formula}` lets the server roll; with `result`, `rolls` and `modifier` it reports a roll of real dice. */
    sendDiceRoll: (/** @type {ClientEvents["dice_roll"]} */ roll) => socket.send("dice_roll", roll),
    revealRoll: (/** @type {number} */ seq) => socket.send("roll_reveal", { seq }),
    /** Reveal the secret in use, so that the rolls made with it can be proved. */
    sendFairnessRotate: () => socket.send("fairness_rotate", {}),
    /** Replace your seed. */
    sendSeedSet: (/** @type {string} */ seed) => socket.send("seed_set", { seed }),
    /** What proves the roll at this place in the log; rejects when it cannot be had. */
    fetchProof: (/** @type {number} */ seq) => fetchProof(table.server, table.state.sessionId ?? 0, seq),
    /** What a formula can come to; null where the server does not say. */
    fetchPreview: (/** @type {string} */ formula, /** @type {AbortSignal} */ signal) =>
      fetchPreview(table.server, formula, signal),
    /** What the list of rolls shows, below a place in the log; rejects when it cannot be had. */
    earlierRolls: (/** @type {number} */ before) => table.earlier(before, rollsIn(table.subjects)),
  };
}

/**
 * The events that tell rolls where they were rolled.
 *
 * @param {Subjects} subjects
 */
function rollsIn({ listed }) {
  return Object.keys(listed).filter((event) => !listed[event]?.reveals);
}
