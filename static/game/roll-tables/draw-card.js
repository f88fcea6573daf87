/** @import { Draw, DrawnRow, VeiledDraw } from "../client/protocol.d.ts" */
/** @import { Player } from "../client/types.d.ts" */

import { ProofMark } from "../dice/fairness/proof.js";
import { partsOf } from "../dice/inline.js";
import { Foot, InlineRoll } from "../dice/roll-card.js";
import { seenBy } from "../dice/rolls.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { drawAsRoll } from "./draw-as-roll.js";

/**
 * What came of a draw from a roll table: the row, and those that it led to.
 *
 * @param {{ draw: Draw | VeiledDraw, player: Player, seq: number, children?: unknown }} props `seq`: of the draw;
 *   `children`: what one may do with it
 */
export function DrawCard({ draw, player, seq, children }) {
  if (!("rows" in draw)) return html`<${VeiledCard} name=${draw.table.name} />`;
  const { rows, ended_at: endedAt } = draw;
  const [first, ...following] = rows;
  const proof = html`<${ProofMark} rolls=${[{ ...draw, ...drawAsRoll(draw) }]} seq=${seq} />`;
  return html`
    <article class="roll draw" data-secret=${seenBy(draw) !== "" || undefined}>
      <p class="roll__title">
        <${Icon} name="table" size="sm" /><b>${draw.table.name}</b>${" "}
        <span class="draw__number">${first && html`<${Fell} row=${first} />`} ${proof}</span>
      </p>
      ${first && html`<${Text} row=${first} />`}
      ${following.length > 0 && html`<${Trail} rows=${following} />`}
      ${endedAt && html`<p class="draw__end">Nothing is left in ${endedAt}.</p>`}
      <${Foot} roll=${draw} player=${player}>${children}<//>
    </article>`;
}

/**
 * Where the first row led.
 *
 * @param {{ rows: DrawnRow[] }} props
 */
function Trail({ rows }) {
  return html`
    <ol class="draw__trail">
      ${rows.map(
        (row) => html`
          <li>
            <p class="draw__from"><b>${row.table}</b> <span class="draw__number"><${Fell} row=${row} /></span></p>
            <${Text} row=${row} />
          </li>`,
      )}
    </ol>`;
}

/** @param {{ row: DrawnRow }} props */
function Fell({ row: { number, of } }) {
  return html`${number} of ${of}`;
}

/** @param {{ row: DrawnRow }} props */
function Text({ row: { text, rolls } }) {
  const parts = partsOf({ message: text, rolls });
  if (parts.length === 0) return null;
  const shown = parts.map((part) => (typeof part === "string" ? part : html`<${InlineRoll} roll=${part} />`));
  return html`<p class="draw__text">${shown}</p>`;
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
      <p class="draw__end">You drew blind. Only the DM sees the result.</p>
    </article>`;
}
