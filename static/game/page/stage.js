/** @import { Connection } from "../table/connection.js" */
/** @import { Fight } from "../combat/combat.js" */
/** @import { Figure } from "../ui/sigils.js" */
/** @import { Desk } from "../chat/use-drafts.js" */
/** @import { Player, State } from "../client/types.d.ts" */

import { Strip } from "../combat/fighters.js";
import { TurnBanner } from "../combat/turn-banner.js";
import { personOf } from "../table/describe.js";
import { Story, Time } from "../table/log-line.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

const place = /** @type {HTMLElement | null} */ (globalThis.document?.querySelector("[data-scene]") ?? null);
const scene = place?.dataset.scene ?? "";

/**
 * The middle of the table: who fights, whose turn it is, and what the DM told last.
 *
 * @param {{
 *   state: State,
 *   cast: Figure[],
 *   fight: Fight,
 *   me: Player | null,
 *   connection: Connection,
 *   waiting: number,
 *   connect: () => void,
 *   step: ((by: 1 | -1) => void) | null,
 *   narrate: ((text: string) => void) | null,
 *   desk: Desk,
 *   children?: unknown,
 * }} props `step` and `narrate` only for those who may; `waiting`: lines that are not sent yet
 */
export function Stage({
  state,
  cast,
  fight,
  me,
  connection,
  waiting,
  connect,
  step,
  narrate,
  desk,
  children,
}) {
  return html`
    <section class="stage" data-region="stage" aria-label="Stage">
      <h2 class="visually-hidden">Stage</h2>
      ${fight.combatants.length > 0 && html`<${Strip} combatants=${fight.combatants} players=${state.players} cast=${cast} />`}
      ${state.ended ? ENDED : html`<${TurnBanner} turn=${state.turn} fight=${fight} me=${me} step=${step} />`}
      <section class="scene" aria-label="Scene" tabindex="0">
        <svg class="plate" aria-hidden="true" focusable="false"><use href=${`${scene}#scene`} /></svg>
        <${LastWords} narration=${state.narration} isDm=${narrate !== null} ended=${state.ended} known=${state.sessionId !== null} />
      </section>
      <${Interruption} connection=${connection} waiting=${waiting} connect=${connect} />
      ${narrate && html`<${Narrate} narrate=${narrate} text=${desk.narration} setText=${desk.setNarration} />`}
      ${children}
    </section>`;
}

const ENDED = html`
  <section class="turn" aria-label="Turn">
    <div class="turn__who"><h2>The session has ended</h2><p>What was said and rolled stays here to read.</p></div>
  </section>`;

/** @param {{ narration: State["narration"], isDm: boolean, ended: boolean, known: boolean }} props */
function LastWords({ narration, isDm, ended, known }) {
  if (narration !== null) {
    const { player, timestamp } = narration;
    return html`
      <div class="scene__text">
        <p class="narration__by"><${Icon} name="lantern" size="sm" />${personOf(player)} narrates <${Time} at=${timestamp} /></p>
        <${Story} text=${narration.narration} />
      </div>`;
  }
  if (!known) return null;
  if (ended) return html`<div class="scene__text scene__text--empty"><p>Nothing was narrated.</p></div>`;
  const next = isDm
    ? "Set the scene below: what you narrate stands here, and in everybody’s chat."
    : "When the DM narrates, the words stand here.";
  return html`<div class="scene__text scene__text--empty"><h2>The table is set</h2><p>${next}</p></div>`;
}

/** @param {{ connection: Connection, waiting: number, connect: () => void }} props */
function Interruption({ connection: { state, words, seconds }, waiting, connect }) {
  if (state !== "reconnecting" && state !== "lost") return null;
  const kept = waiting === 1 ? "1 message is waiting" : `${waiting} messages are waiting`;
  return html`
    <div class="notice">
      <${Icon} name="retry" />
      <div>
        <strong>${seconds ? html`Offline. Retrying in <span class="num">${seconds}</span> s.` : `${words}.`}</strong>
        <p>${waiting === 0 ? "Keep writing: what you send waits and goes out in order." : `Keep writing: ${kept} and will be sent in order.`}</p>
      </div>
      ${seconds !== 0 && html`<button type="button" class="btn btn--sm" onClick=${connect}>${state === "lost" ? "Connect" : "Try now"}</button>`}
    </div>`;
}

/**
 * Where the DM writes what everybody reads.
 *
 * @param {{ narrate: (text: string) => void, text: string, setText: (text: string) => void }} props
 */
export function Narrate({ narrate, text, setText }) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.trim() === "") return;
    narrate(text);
    setText("");
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
    if (event.key === "Escape") /** @type {HTMLElement} */ (event.target).blur();
  };
  return html`
    <form class="narrate" onSubmit=${submit}>
      <${Icon} name="lantern" />
      <textarea
        class="input" rows="1" maxlength="8000" aria-label="Narration" placeholder="Narrate the scene" data-key="narration"
        value=${text} onInput=${(/** @type {any} */ { target }) => setText(target.value)} onKeyDown=${press}
      ></textarea>
      <button type="submit" class="btn">Narrate</button>
    </form>`;
}
