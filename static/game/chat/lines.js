/**
 * What was said, told and done, as the log shows it.
 *
 * @import { ChatMessage, PlayerAction } from "../client/protocol.d.ts"
 */

import { ProofMark } from "../dice/fairness/proof.js";
import { notRolledIn, partsOf } from "../dice/inline.js";
import { InlineRoll } from "../dice/roll-card.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { nameOf } from "../ui/names.js";
import { actionWords } from "./actions.js";

const ACTION_ICONS = /** @type {{ [type: string]: string }} */ ({
  attack: "sword",
  cast: "star",
  help: "heart",
  search: "search",
});

/**
 * @param {ChatMessage} said
 * @param {{ mine: boolean, seq: number }} about
 */
export function Said(said, { mine, seq }) {
  const parts = partsOf(said).map((part) =>
    typeof part === "string"
      ? notRolledIn(part).map((one) => html`<${Words} ...${one} />`)
      : html`<${InlineRoll} roll=${part} />`,
  );
  const proof = said.rolls && html` <${ProofMark} rolls=${said.rolls} seq=${seq} />`;
  const kind = said.out_of_character ? "ooc" : "said";
  return html`<div class="line"><p class=${kind}>${parts}${proof}</p>${mine && html`<${Delivered} />`}</div>`;
}

/**
 * What somebody wrote, apart from what stands beside it: signs that turn the direction of writing end with it.
 *
 * @param {{ text: string, bracketed: boolean }} props
 */
function Words({ text, bracketed }) {
  return bracketed
    ? html`<bdi class="no-roll" title="No roll: there are no dice in these brackets">${text}</bdi>`
    : html`<bdi>${text}</bdi>`;
}

function Delivered() {
  return html`
    <span class="sent" title="Delivered">
      <${Icon} name="tick" size="sm" /><span class="visually-hidden">Delivered</span>
    </span>`;
}

/** @param {PlayerAction} data */
export function Acted({ player, action }) {
  const words = actionWords(action).map(({ text, strong }) => [
    " ",
    strong ? html`<b>${text}</b>` : html`<span>${text}</span>`,
  ]);
  const icon = ACTION_ICONS[action.action_type] ?? "replay";
  return html`<p class="action"><${Icon} name=${icon} /><span><b>${nameOf(player)}</b>${words}</span></p>`;
}
