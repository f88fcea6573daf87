/** @import { Roll } from "../wire.d.ts" */

import { shown, signed, tallyOf, throwsOf } from "../rolls.js";
import { outcomeOf } from "../words.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { Dice } from "./rolled-dice.js";

const VERDICTS = { crit: ["star", "Natural 20"], fumble: ["crack", "Natural 1"] };
/** Dice that a card draws unasked: a thousand on each would hold up a browser. */
const MOST_DICE = 80;
/** Who sees a roll that is not for everybody. */
const SEEN_BY = {
  dm: "Only the roller and the DM see this",
  blind: "Only the DM sees this",
  self: "Only you see this",
};

/** @param {{ roll: Roll }} props */
export function RollCard({ roll }) {
  const { formula, result, results = [], reason } = roll;
  const outcome = outcomeOf(roll);
  const secret = roll.visibility !== "public" && !roll.revealed;
  return html`
    <article class="roll" data-outcome=${outcome} data-secret=${secret || undefined}>
      <p class="roll__title">
        ${outcome && html`<${Verdict} outcome=${outcome} />`}
        ${reason && html`<b class="roll__reason">${reason}</b> `}
        <span class="formula-text">${formula}</span>
      </p>
      <${Throws} roll=${roll} />
      <p class="roll__total"><span class="visually-hidden">${results.length > 0 ? "All together " : "Total "}</span>${shown(result)}</p>
      <${Foot} roll=${roll} />
    </article>`;
}

/** @param {{ outcome: "crit" | "fumble" }} props */
export function Verdict({ outcome }) {
  const [icon, words] = VERDICTS[outcome];
  return html`<strong class="roll__verdict"><${Icon} name=${icon} />${words}</strong>`;
}

/** @param {{ roll: Roll }} props */
function Throws({ roll }) {
  const throws = throwsOf(roll);
  const bonuses = roll.bonuses ?? [];
  const most = Math.max(4, Math.floor(MOST_DICE / roll.terms.length));
  const terms = (/** @type {Roll["terms"]} */ of) => html`
    ${of.map((term, index) => html`<${Term} term=${term} first=${index === 0} most=${most} />`)}
    ${bonuses.map(({ value, label }) => html`<span>${signed(value)}<${Label} label=${label} /></span>`)}`;
  if (throws.length === 1) return html`<div class="roll__dice">${terms(roll.terms)}</div>`;
  return html`
    <ol class="roll__throws">
      ${throws.map((once) => html`<li><div class="roll__dice">${terms(once.terms)}</div><b><span class="visually-hidden">Total </span>${shown(once.result)}</b></li>`)}
    </ol>`;
}

/** @param {{ term: Roll["terms"][number], first: boolean, most: number }} props */
function Term({ term, first, most }) {
  const tally = tallyOf(term);
  return html`
    ${(!first || term.sign < 0) && html`<span>${term.sign < 0 ? "−" : "+"}</span>`}
    <span class="roll__term" role="group" aria-label=${term.notation}>
      <${Dice} term=${term} most=${most} />
      ${tally && html`<span class="roll__tally">${tally}</span>`}
      <${Label} label=${term.label} />
    </span>`;
}

/** @param {{ label: string | undefined }} props */
function Label({ label }) {
  return label ? html`<small class="roll__label">${label}</small>` : null;
}

/** @param {{ roll: Roll }} props */
function Foot({ roll: { source, visibility, revealed, character } }) {
  const marks = [];
  if (character) marks.push(["person", character.name]);
  if (source === "reported") marks.push(["hand", "Rolled by hand"]);
  if (revealed) marks.push(["eye", "Revealed"]);
  else if (visibility !== "public") marks.push(["eye-off", SEEN_BY[visibility]]);
  if (marks.length === 0) return null;
  return html`<p class="roll__foot">${marks.map(([icon, words]) => html`<span class="badge"><${Icon} name=${icon} size="sm" />${words}</span>`)}</p>`;
}
