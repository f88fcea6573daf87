/** @import { Roll } from "../wire.d.ts" */

import { outcomeOf } from "../words.js";
import { html } from "./html.js";
import { Face, Icon } from "./icon.js";

const VERDICTS = { crit: ["star", "Natural 20"], fumble: ["crack", "Natural 1"] };

/** @param {{ roll: Roll }} props */
export function RollCard({ roll }) {
  const { formula, result, modifier, source, terms } = roll;
  const outcome = outcomeOf(roll);
  return html`
    <article class="roll" data-outcome=${outcome}>
      <p class="roll__title">${outcome && html`<${Verdict} outcome=${outcome} />`}<span class="formula-text">${formula}</span></p>
      <div class="roll__dice">
        ${terms.map((term, index) => html`<${Term} term=${term} first=${index === 0} />`)}
        ${modifier !== 0 && html`<span>${modifier > 0 ? `+ ${modifier}` : `− ${-modifier}`}</span>`}
      </div>
      <p class="roll__total"><span class="visually-hidden">Total </span>${result}</p>
      ${source === "reported" && html`<p class="roll__foot"><span class="badge"><${Icon} name="hand" size="sm" />Rolled by hand</span></p>`}
    </article>`;
}

/** @param {{ outcome: "crit" | "fumble" }} props */
export function Verdict({ outcome }) {
  const [icon, words] = VERDICTS[outcome];
  return html`<strong class="roll__verdict"><${Icon} name=${icon} />${words}</strong>`;
}

/** @param {{ term: Roll["terms"][number], first: boolean }} props */
function Term({ term, first }) {
  const sign = term.sign < 0 ? "−" : "+";
  return html`
    ${(!first || term.sign < 0) && html`<span>${sign}</span>`}
    ${term.dice.map((die) => html`<${Die} die=${die} sides=${term.sides} />`)}`;
}

/** @param {{ die: Roll["terms"][number]["dice"][number], sides: number }} props */
function Die({ die, sides }) {
  const { value, kept } = die;
  if (kept) {
    return html`<span class="die" data-die=${sides} data-face=${faceOf(value, sides)} title=${`d${sides}`}><${Face} sides=${sides} />${value}</span>`;
  }
  return html`<s class="die" data-die=${sides} data-dropped title=${`d${sides}, dropped`}><${Face} sides=${sides} />${value}<span class="visually-hidden"> dropped</span></s>`;
}

/**
 * @param {number} value
 * @param {number} sides
 */
function faceOf(value, sides) {
  if (sides !== 20) return undefined;
  if (value === 20) return "best";
  return value === 1 ? "worst" : undefined;
}
