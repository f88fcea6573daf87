/**
 * A roll as the list of rolls shows it.
 *
 * @import { Player } from "../client/types.d.ts"
 * @import { Roll, VeiledRoll } from "../client/protocol.d.ts"
 * @import { Listed } from "../table/types.d.ts"
 */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { nameOf } from "../ui/names.js";
import { Sigil } from "../ui/sigil.js";
import { criticalOf } from "./criticals.js";
import { Mark } from "./roll-card.js";
import { seenBy, shown } from "./rolls.js";

/**
 * @param {Player} player
 * @param {Roll | VeiledRoll} roll
 * @returns {Listed}
 */
export function listedRoll(player, roll) {
  return { player, view: (again) => html`<${Row} player=${player} roll=${roll} again=${again} />` };
}

/** @param {{ player: Player, roll: Roll | VeiledRoll, again: (formula: string) => void }} props */
function Row({ player, roll, again }) {
  const label = `Put ${roll.formula} into the tray`;
  return html`
    <li>
      <${Sigil} player=${player} size="sm" />
      <span class="rolls__what"><b>${nameOf(player)}</b><small>${roll.formula}</small></span>
      ${"result" in roll && html`<${Marks} roll=${roll} />`}
      <b class="rolls__total">${"result" in roll ? shown(roll.result) : html`<${Veiled} />`}</b>
      <button
        type="button" class="btn btn--quiet btn--sm btn--icon" aria-label=${label}
        onClick=${() => again(roll.formula)}
      ><${Icon} name="retry" size="sm" /></button>
    </li>`;
}

export function Veiled() {
  return html`<span title="Only the DM sees the result">?</span>`;
}

/**
 * Who sees it, where that is not everybody.
 *
 * @param {{ words: string }} props
 */
export function Hidden({ words }) {
  if (words === "") return null;
  return html`<${SmallMark} icon="eye-off" words=${words} />`;
}

/** @param {{ roll: Roll }} props */
function Marks({ roll }) {
  const critical = criticalOf(roll);
  return html`
    <span class="rolls__marks" data-outcome=${critical?.outcome}>
      ${critical && html`<${Mark} critical=${critical} />`}
      ${roll.source === "reported" && html`<${SmallMark} icon="hand" words="Rolled by hand" />`}
      <${Hidden} words=${seenBy(roll)} />
    </span>`;
}

/** @param {{ icon: string, words: string }} props */
function SmallMark({ icon, words }) {
  return html`
    <span class="badge" title=${words}>
      <${Icon} name=${icon} size="sm" /><span class="visually-hidden">${words}</span>
    </span>`;
}
