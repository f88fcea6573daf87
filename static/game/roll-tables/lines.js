/**
 * Draws as the log shows them.
 *
 * @import { DrawRevealed, TableDraw, VeiledTableDraw } from "../client/protocol.d.ts"
 */

import { RevealButton } from "../dice/reveal.js";
import { revealWords } from "../dice/words.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { DrawCard } from "./draw-card.js";

/**
 * @param {TableDraw | VeiledTableDraw} data
 * @param {{ mine: boolean, seq: number }} about
 */
export function Drawn({ player, draw }, { mine, seq }) {
  return html`
    <${DrawCard} draw=${draw} player=${player} seq=${seq}>
      <${RevealButton} roll=${draw} seq=${seq} mine=${mine} />
    <//>`;
}

/** @param {DrawRevealed} data */
export function Revealed({ player, roller, draw, seq }) {
  return html`
    <p class="action"><${Icon} name="eye" /><span>${revealWords(player, roller)}</span></p>
    <${DrawCard} draw=${draw} player=${roller} seq=${seq} />`;
}
