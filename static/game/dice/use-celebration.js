/**
 * One celebration at a time, of what falls while one looks on: not of what one comes back to.
 *
 * @import { State, Subjects } from "../table/types.d.ts"
 * @import { Celebration } from "./celebrations.js"
 */

import { useEffect, useRef, useState } from "preact/hooks";
import { chime } from "../ui/sounds.js";
import { celebrationOf } from "./celebrations.js";

/** So long one stands, in milliseconds; the style sheet lets it fade before. */
const STANDS_MS = 2_400;
/** In hertz, one after the other. */
const TONES = { crit: [587, 880], fumble: [196, 147] };

/**
 * @param {State} state
 * @param {Subjects} subjects
 * @returns {Celebration | null} of those that come meanwhile, only the newest follows
 */
export function useCelebration(state, subjects) {
  const [shown, show] = useState(/** @type {Celebration | null} */ (null));
  const next = useRef(/** @type {Celebration | null} */ (null));
  const seen = useRef(0);
  useEffect(() => {
    const from = Math.max(seen.current, state.live);
    seen.current = state.seq;
    if (document.visibilityState !== "visible") return;
    const news = state.log.filter(({ frame }) => (frame.seq ?? 0) > from);
    const [first, ...others] = news.flatMap((line) => celebrationOf(line, state.me, subjects) ?? []);
    if (first === undefined) return;
    if (shown === null) show(first);
    next.current = others.at(-1) ?? (shown === null ? null : first);
  }, [state.log]);
  useEffect(() => {
    if (shown === null) return;
    chime(...TONES[shown.outcome]);
    const timer = setTimeout(() => {
      show(next.current);
      next.current = null;
    }, STANDS_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return shown;
}
