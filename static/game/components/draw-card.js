/** @import { Draw, DrawnRow, VeiledDraw } from "../protocol.d.ts" */
/** @import { Player } from "../wire.d.ts" */

import { partsOf } from "../inline.js";
import { seenBy } from "../rolls.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { ProofMark } from "./proof.js";
import { Foot, InlineRoll } from "./roll-card.js";

/**
 * What came of a draw from a roll table: the row, and those that it led to.
 *
 * @param {{ draw: Draw | VeiledDraw, player: Player, seq: number, children?: unknown }} props `seq`: of the draw;
 *   `children`: what one may do with it
 */
export function DrawCard({ draw, player, seq, children }) {
  if (!("rows" in draw)) return html`<${VeiledCard} name=${draw.table.name} />`;
  const { rows, ended_at: endedAt } = draw;
  return html`
    <article class="roll draw" data-secret=${seenBy(draw) !== "" || undefined}>
      <p class="roll__title"><${Icon} name="table" size="sm" /><b>${draw.table.name}</b> ${rows.length === 1 && html`<${Fell} row=${rows[0]} />`} <${ProofMark} rolls=${[provable(draw)]} seq=${seq} /></p>
      ${rows.length === 1 ? html`<${Text} row=${rows[0]} />` : html`<${Trail} rows=${rows} />`}
      ${endedAt && html`<p class="draw__end">Nothing is left in ${endedAt}.</p>`}
      <${Foot} roll=${draw} player=${player}>${children}<//>
    </article>`;
}

/** @param {{ rows: DrawnRow[] }} props */
function Trail({ rows }) {
  return html`
    <ol class="draw__trail">
      ${rows.map((row, index) => html`<li><p class="draw__from">${index > 0 && html`<b>${row.table}</b> `}<${Fell} row=${row} /></p><${Text} row=${row} /></li>`)}
    </ol>`;
}

/** @param {{ row: DrawnRow }} props */
function Fell({ row: { number, of } }) {
  return html`<span class="draw__number">${number} of ${of}</span>`;
}

/** @param {{ row: DrawnRow }} props */
function Text({ row: { text, rolls } }) {
  const parts = partsOf({ message: text, rolls });
  if (parts.length === 0) return null;
  return html`<p class="draw__text">${parts.map((part) => (typeof part === "string" ? part : html`<${InlineRoll} roll=${part} />`))}</p>`;
}

/**
 * What one has drawn blind.
 *
 * @param {{ name: string }} props
 */
function VeiledCard({ name }) {
  return html`
    <article class="roll draw" data-secret>
      <p class="roll__title"><${Icon} name="table" size="sm" /><b>${name}</b></p>
      <p class="draw__end">You drew blind: only the DM sees what came.</p>
    </article>`;
}

/**
 * A draw as the proof's sheet names it.
 *
 * @param {Draw} draw
 */
function provable(draw) {
  return {
    ...draw,
    formula: `${draw.table.name}, ${draw.rows.map(({ of }) => `1d${of}`).join(", ")}`,
    result: draw.rows.map(({ number }) => number).join(", "),
  };
}
