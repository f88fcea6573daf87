/**
 * Rolls as the log shows them.
 *
 * @import { DiceRoll, RollRevealed, VeiledDiceRoll } from "../client/protocol.d.ts"
 */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { ProofMark } from "./fairness/proof.js";
import { RevealButton } from "./reveal.js";
import { RollCard } from "./roll-card.js";
import { revealWords } from "./words.js";

/**
 * @param {DiceRoll | VeiledDiceRoll} data
 * @param {{ mine: boolean, seq: number }} about
 */
export function Rolled({ player, roll }, { mine, seq }) {
  const proof = html`<${ProofMark} rolls=${[roll]} seq=${seq} />`;
  return html`
    <${RollCard} roll=${roll} player=${player} mark=${proof}>
      <${RevealButton} roll=${roll} seq=${seq} mine=${mine} />
    <//>`;
}

/** @param {RollRevealed} data */
export function Revealed({ player, roller, roll, seq }) {
  const proof = html`<${ProofMark} rolls=${[roll]} seq=${seq} />`;
  return html`
    <p class="action"><${Icon} name="eye" /><span>${revealWords(player, roller)}</span></p>
    <${RollCard} roll=${roll} player=${roller} mark=${proof} />`;
}
