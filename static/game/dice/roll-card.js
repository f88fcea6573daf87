/** @import { Critical } from "./criticals.js" */
/** @import { Player } from "../client/types.d.ts" */
/** @import { Roll, VeiledRoll } from "../client/protocol.d.ts" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { criticalOf } from "./criticals.js";
import { Dice } from "./rolled-dice.js";
import { bareFormula, seenBy, shown, signed, tallyOf, throwsOf } from "./rolls.js";

/** Dice that a card draws unasked: a thousand on each would hold up a browser. */
const MOST_DICE = 30;

/**
 * @param {{ roll: Roll | VeiledRoll, player: Player, mark?: unknown, children?: unknown }} props `mark` stands behind
 *   the formula; `children`: what one may do with it
 */
export function RollCard({ roll, player, mark, children }) {
  if (!("result" in roll)) return html`<${VeiledCard} roll=${roll} />`;
  const { result, results = [] } = roll;
  const critical = criticalOf(roll);
  return html`
    <article class="roll" data-outcome=${critical?.outcome} data-secret=${seenBy(roll) !== "" || undefined}>
      <p class="roll__title">
        ${critical && html`<${Mark} critical=${critical} />`}<${Title} roll=${roll} />${mark}
      </p>
      <${Throws} roll=${roll} />
      <p class="roll__total">
        <span class="visually-hidden">${results.length > 0 ? "In total " : "Total "}</span>${shown(result)}
      </p>
      <${Foot} roll=${roll} player=${player}>${children}<//>
    </article>`;
}

/**
 * What one has rolled blind.
 *
 * @param {{ roll: VeiledRoll }} props
 */
function VeiledCard({ roll }) {
  return html`
    <article class="roll" data-secret>
      <p class="roll__title"><${Title} roll=${roll} /></p>
      <p class="roll__dice">You rolled blind. Only the DM sees the result.</p>
      <p class="roll__total" aria-hidden="true">?</p>
    </article>`;
}

/** @param {{ roll: Roll | VeiledRoll }} props */
function Title({ roll }) {
  const reason = roll.reason && html`<b class="roll__reason">${roll.reason}</b> `;
  return html`${reason}<span class="formula-text">${bareFormula(roll)}</span>`;
}

/**
 * A roll inside a sentence.
 *
 * @param {{ roll: Roll }} props
 */
export function InlineRoll({ roll }) {
  const { formula, result, rolls } = roll;
  const critical = criticalOf(roll);
  const mark =
    critical &&
    html` <${Icon} name=${critical.icon} size="sm" /><span class="visually-hidden">${critical.words}</span>`;
  const title = `Rolled ${rolls.join(", ")}`;
  return html`
    <span
      class="inline-roll" data-outcome=${critical?.outcome} title=${title}
    >${formula} = <b>${shown(result)}</b>${mark}</span>`;
}

/** @param {{ critical: Critical }} props */
export function Mark({ critical: { icon, words } }) {
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
      ${throws.map(
        (once) => html`
          <li>
            <div class="roll__dice">${terms(once.terms)}</div>
            <b><span class="visually-hidden">Total </span>${shown(once.result)}</b>
          </li>`,
      )}
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
  return label ? html` <small class="roll__label">${label}</small>` : null;
}

/**
 * @param {{
 *   roll: Pick<Roll, "visibility" | "revealed" | "character"> & Partial<Pick<Roll, "source">>,
 *   player: Player,
 *   children?: unknown,
 * }} props
 */
export function Foot({ roll, player, children }) {
  const { source, revealed, character } = roll;
  const hidden = seenBy(roll);
  const marks = [];
  if (character && character.id !== player.character_id) marks.push(["person", character.name]);
  if (source === "reported") marks.push(["hand", "Rolled by hand"]);
  if (revealed) marks.push(["eye", "Revealed"]);
  if (hidden !== "") marks.push(["eye-off", hidden]);
  if (marks.length === 0) return null;
  const badges = marks.map(
    ([icon, words]) => html`<span class="badge"><${Icon} name=${icon} size="sm" />${words}</span> `,
  );
  return html`<div class="roll__foot"><p>${badges}</p>${children}</div>`;
}
