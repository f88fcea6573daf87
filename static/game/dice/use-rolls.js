/**
 * The rolls and draws of a session: those that came by, and earlier ones as far as they were asked for.
 *
 * @import { ServerFrame } from "../client/types.d.ts"
 * @import { Line, Subjects } from "../table/types.d.ts"
 * @import { Sends } from "./commands.js"
 */

import { useRef, useState } from "preact/hooks";
import { rollsIn } from "./rolls.js";

/**
 * @param {Line[]} log
 * @param {number | null} before earlier lines than the log's stand below this seq
 * @param {Sends["earlierRolls"]} earlierRolls
 * @param {Subjects} subjects
 * @returns {{
 *   rolls: ReturnType<typeof rollsIn>, before: number | null, state: "idle" | "loading" | "failed",
 *   load: () => Promise<void>,
 * }} `rolls`: newest first; `before`: the log was looked through down to this seq, null for all of it
 */
export function useRolls(log, before, earlierRolls, subjects) {
  const [state, setState] = useState(/** @type {"idle" | "loading" | "failed"} */ ("idle"));
  const known = useRef(nothing(before));
  // Who was away for long came back to a log that does not join on to what was seen.
  if (before !== null && before > known.current.end + 1) known.current = nothing(before);
  for (const { frame } of log) see(known.current, frame, subjects);
  const load = async () => {
    const now = known.current;
    if (now.before === null || state === "loading") return;
    setState("loading");
    try {
      const { frames, next } = await earlierRolls(now.before);
      for (const frame of frames) see(now, frame, subjects);
      now.before = next;
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  const seen = [...known.current.frames.entries()].sort(([one], [other]) => other - one);
  const lines = seen.map(([seq, frame]) => ({ key: `seq-${seq}`, frame }));
  const rolls = rollsIn(lines, subjects);
  return { rolls, before: known.current.before, state, load };
}

/**
 * @param {number | null} before
 * @returns {{ frames: Map<number, ServerFrame>, before: number | null, end: number }}
 */
function nothing(before) {
  return { frames: new Map(), before, end: before ?? 0 };
}

/**
 * @param {ReturnType<typeof nothing>} known
 * @param {ServerFrame} frame
 * @param {Subjects} subjects
 */
function see(known, frame, { listed }) {
  if (frame.seq === undefined) return;
  known.end = Math.max(known.end, frame.seq);
  if (listed[frame.event]) known.frames.set(frame.seq, frame);
}
