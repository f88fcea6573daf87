/** @import { Line, Player, Roll, VeiledRoll } from "../wire.d.ts" */

import { useState } from "preact/hooks";
import { rollsIn, seenBy, shown } from "../rolls.js";
import { nameOf, outcomeOf } from "../words.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { Verdict } from "./roll-card.js";
import { Sigil } from "./sigil.js";

/**
 * The latest rolls, newest first.
 *
 * @param {{ log: Line[], me: number, again: (formula: string) => void }} props
 */
export function DiceLog({ log, me, again }) {
  const [mine, setMine] = useState(false);
  const rolls = rollsIn(log).toReversed();
  const listed = rolls.filter(({ player }) => !mine || player.user_id === me);
  return html`
    <div class="panel__scroll" tabindex="0">
      <label class="check"><input type="checkbox" checked=${mine} onChange=${() => setMine(!mine)} />Only mine</label>
      ${listed.length === 0 && html`<div class="empty"><${Icon} name="d20" /><h3>No rolls yet</h3><p>Add dice below and press Roll; everybody sees what falls.</p></div>`}
      <ol class="rolls">${listed.map(({ key, player, roll }) => html`<${Row} key=${key} player=${player} roll=${roll} again=${again} />`)}</ol>
    </div>`;
}

/** @param {{ player: Player, roll: Roll | VeiledRoll, again: (formula: string) => void }} props */
function Row({ player, roll, again }) {
  return html`
    <li>
      <${Sigil} player=${player} size="sm" />
      <span class="rolls__what"><b>${nameOf(player)}</b><small>${roll.formula}</small></span>
      ${"result" in roll && html`<${Marks} roll=${roll} />`}
      <b class="rolls__total">${"result" in roll ? shown(roll.result) : html`<span title="Only the DM sees what fell">?</span>`}</b>
      <button type="button" class="btn btn--quiet btn--sm btn--icon" aria-label=${`Take ${roll.formula} to the tray`} onClick=${() => again(roll.formula)}><${Icon} name="retry" size="sm" /></button>
    </li>`;
}

/** @param {{ roll: Roll }} props */
function Marks({ roll }) {
  const outcome = outcomeOf(roll);
  const hidden = seenBy(roll);
  return html`
    <span class="rolls__marks" data-outcome=${outcome}>
      ${outcome && html`<${Verdict} outcome=${outcome} />`}
      ${roll.source === "reported" && html`<span class="badge" title="Rolled by hand"><${Icon} name="hand" size="sm" /><span class="visually-hidden">Rolled by hand</span></span>`}
      ${hidden !== "" && html`<span class="badge" title=${hidden}><${Icon} name="eye-off" size="sm" /><span class="visually-hidden">${hidden}</span></span>`}
    </span>`;
}
