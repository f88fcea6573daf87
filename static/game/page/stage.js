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
      <div class="turn__who"><h2>The session has ended</h2><p>What was said and rolled stays here to read.</p></div>
    </section>`;
}

/** @param {{ seat: Seat, connection: Connection }} props */
function Interruption({ seat: { table }, connection: { state, words, seconds } }) {
  if (state !== "reconnecting" && state !== "lost") return null;
  const waiting = table.pending.length;
  const kept = waiting === 1 ? "1 message is waiting" : `${waiting} messages are waiting`;
  const again = () => {
    table.disconnect();
    table.connect();
  };
  const title = seconds ? html`Offline. Retrying in <span class="num">${seconds}</span> s.` : `${words}.`;
  const hope =
    waiting === 0 ? "what you send waits and goes out in order." : `${kept} and will be sent in order.`;
  const button = html`
    <button type="button" class="btn btn--sm" onClick=${again}>${state === "lost" ? "Connect" : "Try now"}</button>`;
  return html`
    <div class="notice">
      <${Icon} name="retry" />
      <div>
        <strong>${title}</strong>
        <p>${`Keep writing: ${hope}`}</p>
      </div>
      ${seconds !== 0 && button}
    </div>`;
}
