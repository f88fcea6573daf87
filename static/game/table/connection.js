/**
 * How the connection stands, as the page tells it: nothing of a short interruption, then a quiet word.
 *
 * @import { Status } from "../client/types.d.ts"
 */

import { useEffect, useState } from "preact/hooks";
import { useAfter } from "../ui/use-after.js";

const QUIET_MS = 1_500;
const CAUGHT_UP_MS = 6_000;

/**
 * @typedef {{
 *   state: "connected" | "caught-up" | "reconnecting" | "lost",
 *   words: string,
 *   seconds: number | null,
 * }} Connection `seconds` until the next try; null when none is waited for
 */

/**
 * @param {Status} status
 * @param {number | null} missed
 * @returns {Connection}
 */
export function useConnection({ phase, retryAt }, missed) {
  const interrupted = useAfter(phase === "waiting" || phase === "connecting", QUIET_MS);
  // A page that has just come has not begun to connect.
  const idle = useAfter(phase === "idle", QUIET_MS);
  const settled = useAfter(phase === "open", CAUGHT_UP_MS);
  const [came, setCame] = useState(false);
  useEffect(() => {
    if (phase === "open") setCame(true);
  }, [phase]);
  const now = useSeconds(interrupted);
  if (phase === "stopped" || idle) return { state: "lost", words: "Not connected", seconds: null };
  if (interrupted) {
    const seconds = phase === "waiting" ? Math.max(0, Math.ceil(((retryAt ?? 0) - now) / 1000)) : null;
    return { state: "reconnecting", words: came ? "Reconnecting" : "Connecting", seconds };
  }
  if (phase === "open" && !settled && missed !== null && missed > 0)
    return {
      state: "caught-up",
      words: `Caught up: ${missed} ${missed === 1 ? "event" : "events"}`,
      seconds: null,
    };
  return { state: "connected", words: came ? "Connected" : "", seconds: null };
}

/**
 * The time, renewed every second while it matters.
 *
 * @param {boolean} runs
 */
function useSeconds(runs) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!runs) return;
    setNow(Date.now());
    const handle = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(handle);
  }, [runs]);
  return now;
}

/**
 * What a final close means and what to do about it.
 *
 * @param {number | undefined} code
 * @returns {{ title: string, text: string, way: "sign-in" | "lobby" | "again" }}
 */
export function farewell(code) {
  switch (code) {
    case 4001:
      return {
        title: "You are signed out",
        text: "Sign in again to go on where you left off.",
        way: "sign-in",
      };
    case 4003:
      return {
        title: "You are no longer at this table",
        text: "Your membership in this campaign has ended. Its DM can invite you again.",
        way: "lobby",
      };
    case 4004:
      return {
        title: "You can’t join this table",
        text: "The session was deleted, or you are not a member of its campaign. Ask its DM for an invitation.",
        way: "lobby",
      };
    case 1009:
    case 4009:
      return {
        title: "Your message was too large",
        text: "The server closed the connection. Reconnect, and send it in parts.",
        way: "again",
      };
    default:
      return {
        title: "The server closed the connection",
        text: "Reconnect. If it happens again, tell the person who runs the server.",
        way: "again",
      };
  }
}
