/** @import { Fight } from "./combat.js" */
/** @import { Turn } from "../client/protocol.d.ts" */
/** @import { Player } from "../client/types.d.ts" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { nameOf } from "../ui/names.js";

/**
 * Whose turn it is and who comes after; the DM moves it on.
 *
 * @param {{ turn: Turn | null, fight: Fight, me: Player | null, step: ((by: 1 | -1) => void) | null }} props `step`
 *   only for those who may
 */
export function TurnBanner({ turn, fight, me, step }) {
  const name = turn?.current_character_name ?? null;
  if (name === null && !fight.active) return null;
  const mine = me !== null && name === nameOf(me);
  const next = fight.combatants.find((one) => one.next);
  return html`
    <section class="turn" aria-label="Turn" data-mine=${mine ? "" : undefined}>
      ${fight.round !== null && html`<p class="turn__round"><span>Round</span><b>${fight.round}</b></p>`}
      <div class="turn__who">
        <h2>${words(name, mine)}</h2>
        ${next && html`<p>${next.name} is next</p>`}
      </div>
      ${step && fight.combatants.length > 0 && html`<${Steps} step=${step} />`}
    </section>`;
}

/** @param {{ step: (by: 1 | -1) => void }} props */
function Steps({ step }) {
  return html`
    <div class="row push">
      <button
        type="button" class="btn btn--quiet btn--icon" aria-label="Previous turn" onClick=${() => step(-1)}
      ><${Icon} name="back" /></button>
      <button
        type="button" class="btn btn--primary" onClick=${() => step(1)}
      >Next turn <${Icon} name="next" /></button>
    </div>`;
}

/**
 * @param {string | null} name
 * @param {boolean} mine
 */
function words(name, mine) {
  if (name === null) return "Combat";
  return mine ? "Your turn" : `${name}’s turn`;
}
