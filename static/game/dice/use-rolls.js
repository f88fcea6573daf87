/**
 * The rolls and draws of a session: those that came by, and earlier ones as far as they were asked for.
 *
 * @import { GameTable } from "../page/use-game-socket.js"
 * @import { Line, ServerFrame } from "../client/types.d.ts"
 */

import { useRef, useState } from "preact/hooks";
import { rollsIn } from "./rolls.js";

const LISTED = new Set(["dice_roll", "roll_revealed", "table_draw", "draw_revealed"]);

/**
 * @param {Line[]} log
 * @param {number | null} before earlier lines than the log's stand below this seq
 * @param {GameTable["earlierRolls"]} earlierRolls
 * @returns {{ rolls: ReturnType<typeof rollsIn>, before: number | null, state: "idle" | "loading" | "failed", load: () => Promise<void> }}
 *   newest first; `before`: the log was looked through down to this seq, null for all of it
 */
export function useRolls(log, before, earlierRolls) {
  const [state, setState] = useState(/** @type {"idle" | "loading" | "failed"} */ ("idle"));
  const known = useRef(nothing(before));
  // Who was away for long came back to a log that does not join on to what was seen.
  if (before !== null && before > known.current.end + 1) known.current = nothing(before);
  for (const { frame } of log) see(known.current, frame);
  const load = async () => {
    const now = known.current;
    if (now.before === null || state === "loading") return;
    setState("loading");
    try {
      const { frames, next } = await earlierRolls(now.before);
      for (const frame of frames) see(now, frame);
      now.before = next;
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  const seen = [...known.current.frames.entries()].sort(([one], [other]) => other - one);
  const rolls = rollsIn(seen.map(([seq, frame]) => ({ key: `seq-${seq}`, frame })));
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
 */
function see(known, frame) {
  if (frame.seq === undefined) return;
  known.end = Math.max(known.end, frame.seq);
  if (LISTED.has(frame.event)) known.frames.set(frame.seq, frame);
}
