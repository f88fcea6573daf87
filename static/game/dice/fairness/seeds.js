/**
 * What a browser does so that the server cannot choose the dice: it adds a seed of its own.
 *
 * @import { FairnessChange, FairnessState } from "../../client/protocol.d.ts"
 * @import { ServerFrame } from "../../client/types.d.ts"
 * @import { State } from "../../table/types.d.ts"
 * @import { Part } from "../commands.js"
 */

const BYTES = 16;

/** A seed that nobody can guess. */
export function randomSeed() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * What is due: the first secret to be asked for, or a seed, because the last one is from before the
 * newest commitment.
 *
 * @param {State & Part} state
 * @returns {"open" | "seed" | null}
 */
export function due({ inRoom, ended, me, fairness }) {
  if (!inRoom || ended || me === null || me.role === "spectator" || fairness === undefined) return null;
  if (fairness === null) return "open";
  const mine = fairness.seeds.find(({ user_id }) => user_id === me.user_id);
  return (mine?.seq ?? 0) > newest(fairness) ? null : "seed";
}

/**
 * Where the newest commitment stands in the log.
 *
 * @param {FairnessState} fairness
 */
export const newest = ({ commitments }) => Math.max(0, ...commitments.map(({ seq }) => seq));

/**
 * The seeds after a change: what is left of those before, and what is new.
 *
 * @param {FairnessState | null | undefined} before
 * @param {FairnessChange} change
 * @param {number} seq where the change stands in the log
 * @returns {FairnessState}
 */
export function changed(before, { rotation, commitments }, seq) {
  const all = [...(before?.commitments ?? []), ...commitments.map((one) => ({ ...one, seq }))];
  const left = all.filter((one) => one.rotation >= rotation);
  const since = left[0]?.seq ?? 0;
  return { rotation, commitments: left, seeds: (before?.seeds ?? []).filter((seed) => seed.seq > since) };
}

/**
 * The table after a change of the server's seeds.
 *
 * @template {State & Part} S
 * @param {S} state
 * @param {FairnessChange} change
 * @param {ServerFrame} frame
 * @returns {S}
 */
export function changedBy(state, change, { seq = 0 }) {
  return { ...state, fairness: changed(state.fairness, change, seq) };
}

/**
 * The seeds after somebody contributed one.
 *
 * @param {FairnessState | null | undefined} before
 * @param {{ user_id: number, seed: string, seq: number }} given
 */
export function contributed(before, given) {
  if (!before) return before;
  const others = before.seeds.filter(({ user_id }) => user_id !== given.user_id);
  const seeds = [...others, given].sort((one, other) => one.user_id - other.user_id);
  return { ...before, seeds };
}
