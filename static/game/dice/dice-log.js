/** @import { DiceSeat } from "./commands.js" */
/** @import { Own } from "./use-dice.js" */

import { useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Problem } from "../ui/problem.js";
import { FairDice } from "./fairness/fair-dice.js";
import { useRolls } from "./use-rolls.js";

/** @typedef {{ seat: DiceSeat, own: Own }} Props */

/**
 * What was rolled, newest first, as far back as one asks. A log that was replaced begins anew.
 *
 * @param {Props} props
 */
export function DicePanel(props) {
  return html`<${DiceLog} key=${props.seat.state.epoch} ...${props} />`;
}

/** @param {Props} props */
function DiceLog({ seat, own: { tray } }) {
  const { state, table, subjects, userId, place } = seat;
  const [mine, setMine] = useState(false);
  const known = useRolls(state.log, state.before, table.earlierRolls, subjects);
  const listed = known.rolls.filter(({ player }) => !mine || player.user_id === userId);
  return html`
    <div class="panel__scroll" tabindex="0">
      <div class="rolls-head">
        <label class="check"><input type="checkbox" checked=${mine} onChange=${() => setMine(!mine)} />Only mine</label>
        <${FairDice} fairness=${state.fairness} players=${state.players} luckUrl=${place.luckUrl} />
      </div>
      ${listed.length === 0 && known.before === null && NOTHING}
      <ol class="rolls">
        ${listed.map(({ key, view }) => html`<${Listing} key=${key} view=${view} again=${tray.setFormula} />`)}
      </ol>
      ${known.before !== null && html`<${Earlier} state=${known.state} load=${known.load} />`}
    </div>`;
}

/** @param {{ view: (again: (formula: string) => void) => unknown, again: (formula: string) => void }} props */
function Listing({ view, again }) {
  return view(again);
}

const NOTHING = html`
  <div class="empty">
    <${Icon} name="d20" />
    <h3>No rolls yet</h3>
    <p>Add dice below and press Roll. Everybody sees the result.</p>
  </div>`;

/** @param {{ state: "idle" | "loading" | "failed", load: () => void }} props */
function Earlier({ state, load }) {
  const waits = state === "loading";
  return html`
    <div class="row row--wrap">
      <button
        type="button" class="btn btn--sm" aria-disabled=${waits} onClick=${load}
      >${waits ? "Loading…" : "Earlier rolls"}</button>
      ${state === "failed" && html`<${Problem}>Earlier rolls could not be loaded.<//>`}
    </div>`;
}
