/** @import { Line } from "../wire.d.ts" */

import { useState } from "preact/hooks";
import { html } from "./html.js";
import { LogLine } from "./log-line.js";

/**
 * @param {{ log: Line[], before: number | null, loadEarlier: () => Promise<void> }} props
 */
export function Log({ log, before, loadEarlier }) {
  return html`
    ${before !== null && html`<${Earlier} loadEarlier=${loadEarlier} />`}
    <ol class="log" role="log" aria-label="What happened">
      ${log.map((line) => html`<${LogLine} key=${line.key} line=${line} />`)}
    </ol>`;
}

/** @param {{ loadEarlier: () => Promise<void> }} props */
function Earlier({ loadEarlier }) {
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState(false);
  const ask = async () => {
    setAsking(true);
    try {
      await loadEarlier();
      setFailed(false);
    } catch {
      setFailed(true);
    }
    setAsking(false);
  };
  return html`
    <p class="earlier">
      <button type="button" onClick=${ask} disabled=${asking}>Earlier</button>
      ${failed && html`<span role="alert">Earlier lines could not be fetched. Try again.</span>`}
    </p>`;
}
