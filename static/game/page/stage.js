/** @import { Connection } from "../table/connection.js" */
/** @import { Seat } from "../table/types.d.ts" */

import { Slot } from "../table/seat.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

const place = /** @type {HTMLElement | null} */ (globalThis.document?.querySelector("[data-scene]") ?? null);
const backdrop = place?.dataset.scene ?? "";

/**
 * The middle of the table: what is happening, and what the DM told last.
 *
 * @param {{ seat: Seat, connection: Connection }} props
 */
export function Stage({ seat, connection }) {
  return html`
    <section class="stage" data-region="stage" aria-label="Stage">
      <h2 class="visually-hidden">Stage</h2>
      <${Slot} name="stage" />
      ${seat.state.ended && html`<${Ended} />`}
      <section class="scene" aria-label="Scene" tabindex="0">
        <svg class="plate" aria-hidden="true" focusable="false"><use href=${`${backdrop}#scene`} /></svg>
        <${Slot} name="scene" />
      </section>
      <${Interruption} seat=${seat} connection=${connection} />
      <${Slot} name="narration" />
      ${!seat.phone && html`<${Slot} name="over" /><${Slot} name="bar" />`}
    </section>`;
}

function Ended() {
  return html`
    <section class="turn" aria-label="Turn">
      <div class="turn__who">
        <h2>The session has ended</h2>
        <p>You can still read everything that was said and rolled.</p>
      </div>
    </section>`;
}

/** @param {{ seat: Seat, connection: Connection }} props */
function Interruption({ seat: { table }, connection: { state, words, seconds } }) {
  if (state !== "reconnecting" && state !== "lost") return null;
  const waiting = table.pending.length;
  const again = () => {
    table.disconnect();
    table.connect();
  };
  const title = seconds
    ? html`Not connected. Retrying in <span class="num">${seconds}</span> s.`
    : `${words}.`;
  const button = html`
    <button type="button" class="btn btn--sm" onClick=${again}>${state === "lost" ? "Connect" : "Try now"}</button>`;
  return html`
    <div class="notice">
      <${Icon} name="retry" />
      <div>
        <strong>${title}</strong>
        <p>${keepWriting(waiting)}</p>
      </div>
      ${seconds !== 0 && button}
    </div>`;
}

/** @param {number} waiting */
function keepWriting(waiting) {
  if (waiting === 0) return "Keep writing: your messages are sent in order once you are back.";
  if (waiting === 1) return "Keep writing: 1 message is waiting and is sent once you are back.";
  return `Keep writing: ${waiting} messages are waiting and are sent in order once you are back.`;
}
