/** @import { Status } from "../wire.d.ts" */

import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";

const QUIET_MS = 1_500; // a shorter interruption is not worth a word
const CAUGHT_UP_MS = 6_000;

/**
 * Why it will not try again by itself, by close code.
 *
 * @type {{ [code: number]: string }}
 */
const FINAL = {
  4001: "You are signed out.",
  4003: "You were removed from this session.",
  4004: "There is no such session for you.",
};

/** @param {{ status: Status, missed: number | null, signIn?: string, connect: () => void }} props */
export function StatusLine({ status, missed, signIn, connect }) {
  const { phase, code } = status;
  const interrupted = useAfter(phase === "waiting" || phase === "connecting", QUIET_MS);
  const settled = useAfter(phase === "open", CAUGHT_UP_MS);
  if (phase === "stopped") {
    return html`
      <p class="status" role="alert" data-phase=${phase}>
        ${FINAL[code ?? 0] ?? `Disconnected: ${status.reason || code}.`}
        ${code === 4001 && signIn && html` <a href=${signIn}>Sign in</a>`}
      </p>`;
  }
  if (phase === "idle") {
    return html`
      <p class="status" role="status" data-phase=${phase}>
        Disconnected <button type="button" onClick=${connect}>Connect</button>
      </p>`;
  }
  if (phase !== "open" && interrupted) return html`<${Interrupted} status=${status} />`;
  const caughtUp = phase === "open" && !settled && missed !== null && missed > 0;
  const words = caughtUp ? `Caught up: ${missed} ${missed === 1 ? "event" : "events"}` : "Connected";
  return html`<p class="status" role="status" data-phase=${phase}>${phase === "open" ? words : "…"}</p>`;
}

/** @param {{ status: Status }} props */
function Interrupted({ status }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const handle = setInterval(() => tick(Date.now()), 1_000);
    return () => clearInterval(handle);
  }, []);
  const left = Math.ceil(Math.max(0, (status.retryAt ?? 0) - Date.now()) / 1_000);
  return html`
    <p class="status" role="status" data-phase=${status.phase}>
      ${status.phase === "waiting" && left > 0 ? `Offline. Retrying in ${left} s` : "Reconnecting"}
      <span class="quiet"> Keep writing: what you send will wait.</span>
    </p>`;
}

/**
 * Whether something has held for so long without a break.
 *
 * @param {boolean} holds
 * @param {number} ms
 */
function useAfter(holds, ms) {
  const [after, setAfter] = useState(false);
  useEffect(() => {
    setAfter(false);
    if (!holds) return;
    const handle = setTimeout(() => setAfter(true), ms);
    return () => clearTimeout(handle);
  }, [holds, ms]);
  return holds && after;
}
