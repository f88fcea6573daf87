/** @import { Roll } from "../wire.d.ts" */

import { html } from "./html.js";

/** @param {{ roll: Roll }} props */
export function RollCard({ roll }) {
  const { formula, result, modifier, source, terms } = roll;
  return html`
    <span class="roll">
      <strong class="roll__total">${result}</strong>
      <span class="roll__how">
        <span>${formula}${source === "reported" && " · rolled by hand"}</span>
        <span class="dice">
          ${terms.map((term) => term.dice.map((die) => html`<${Face} die=${die} sides=${term.sides} />`))}
          ${modifier !== 0 && html`<span>${modifier > 0 ? `+ ${modifier}` : `− ${-modifier}`}</span>`}
        </span>
      </span>
    </span>`;
}

/** @param {{ die: Roll["terms"][number]["dice"][number], sides: number }} props */
function Face({ die, sides }) {
  if (!die.kept) return html`<s class="die" title=${`d${sides}, dropped`}>${die.value}</s>`;
  return html`<span class="die" title=${`d${sides}`} data-crit=${crit(die.value, sides)}>${die.value}</span>`;
}

/**
 * @param {number} value
 * @param {number} sides
 */
function crit(value, sides) {
  if (sides !== 20) return undefined;
  if (value === 20) return "high";
  return value === 1 ? "low" : undefined;
}
