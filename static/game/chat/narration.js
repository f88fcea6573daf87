/**
 * The DM's words: in the log, on the stage, and where they are written.
 *
 * @import { DmNarration } from "../client/protocol.d.ts"
 * @import { ChatSeat } from "./commands.js"
 * @import { Drafts } from "./use-drafts.js"
 */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { personOf } from "../ui/names.js";
import { Time } from "../ui/time.js";
import { isComposing } from "../ui/use-keys.js";

/** @param {DmNarration} data */
export function Narrated(data) {
  return html`<div class="told"><${Words} ...${data} /></div>`;
}

/** @param {{ seat: ChatSeat }} props */
export function LastWords({ seat: { state, isDm } }) {
  const { narration, ended, sessionId } = state;
  if (narration !== null) return html`<div class="scene__text"><${Words} ...${narration} /></div>`;
  if (sessionId === null) return null;
  if (ended) return html`<div class="scene__text scene__text--empty"><p>Nothing was narrated.</p></div>`;
  const next = isDm
    ? "Set the scene below: your narration appears here, and in everybody’s chat."
    : "When the DM narrates, the words appear here.";
  return html`<div class="scene__text scene__text--empty"><h2>The table is set</h2><p>${next}</p></div>`;
}

/**
 * A paragraph for each that the DM wrote.
 *
 * @param {DmNarration} props
 */
function Words({ player, narration, timestamp }) {
  const by = `${personOf(player)} narrates `;
  const paragraphs = narration.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  return html`
    <p class="narration__by"><${Icon} name="lantern" size="sm" />${by}<${Time} at=${timestamp} /></p>
    <div class="narration">${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}</div>`;
}

/**
 * Where the DM writes what everybody reads.
 *
 * @param {{ seat: ChatSeat, own: Drafts }} props
 */
export function Narrate({ seat, own: { narration, setNarration } }) {
  if (!seat.isDm || seat.state.ended) return null;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (narration.trim() === "") return;
    seat.table.sendDMNarration(narration);
    setNarration("");
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (isComposing(event)) return;
    if (event.key === "Enter" && !event.shiftKey) submit(event);
    if (event.key === "Escape") /** @type {HTMLElement} */ (event.target).blur();
  };
  return html`
    <form class="narrate" onSubmit=${submit}>
      <${Icon} name="lantern" />
      <textarea
        class="input" rows="1" maxlength="8000" aria-label="Narration" placeholder="Narrate the scene"
        data-key="narration" onKeyDown=${press}
        value=${narration} onInput=${(/** @type {any} */ { target }) => setNarration(target.value)}
      ></textarea>
      <button type="submit" class="btn">Narrate</button>
    </form>`;
}
