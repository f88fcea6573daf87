/**
 * A draw as the list of rolls shows it: with what it was drawn with, the dice in its text too.
 *
 * @import { Draw, VeiledDraw } from "../client/protocol.d.ts"
 * @import { Player } from "../client/types.d.ts"
 * @import { Listed } from "../table/types.d.ts"
 */

import { Hidden, Veiled } from "../dice/listed-roll.js";
import { seenBy, shown } from "../dice/rolls.js";
import { html } from "../ui/html.js";
import { nameOf } from "../ui/names.js";
import { Sigil } from "../ui/sigil.js";
import { drawAsRoll } from "./draw-as-roll.js";

/**
 * @param {Player} player
 * @param {Draw | VeiledDraw} draw
 * @returns {Listed}
 */
export function listedDraw(player, draw) {
  return { player, view: () => html`<${DrawRow} player=${player} draw=${draw} />` };
}

/** @param {{ player: Player, draw: Draw | VeiledDraw }} props */
export function DrawRow({ player, draw }) {
  const told =
    "rows" in draw
      ? { ...drawAsRoll(draw), rolls: draw.rows.flatMap(({ rolls = [] }) => rolls) }
      : { formula: draw.table.name, result: null, rolls: [] };
  const inside = told.rolls.map(({ formula, result }) => `${formula} = ${shown(result)}`).join(", ");
  return html`
    <li>
      <${Sigil} player=${player} size="sm" />
      <span class="rolls__what">
        <b>${nameOf(player)}</b><small>${told.formula}</small>${inside && html`<small>${inside}</small>`}
      </span>
      <span class="rolls__marks"><${Hidden} words=${seenBy(draw)} /></span>
      <b class="rolls__total">${told.result ?? html`<${Veiled} />`}</b>
    </li>`;
}
