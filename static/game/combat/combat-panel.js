/** @import { Fight } from "./combat.js" */
/** @import { CombatSeat } from "./commands.js" */
/** @import { Own } from "./use-fight.js" */

import { useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { nameOf } from "../ui/names.js";
import { Problem } from "../ui/problem.js";
import { useKeptFocus } from "../ui/use-kept-focus.js";
import {
  ended,
  hitPointsTyped,
  isSmallEnough,
  started,
  withCombatant,
  withHitPoints,
  withoutCombatant,
} from "./combat.js";
import { Fighter } from "./fighters.js";

/** @param {{ seat: CombatSeat, own: Own }} props */
export function CombatPanel({ seat, own: { fight } }) {
  const { combat, ended } = seat.state;
  const mayLead = seat.isDm && !ended;
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  useKeptFocus(root, "[data-key=newcomer], .btn--primary");
  const begin = () => seat.table.sendCombatUpdate(started(combat));
  return html`
    <div class="panel__scroll" tabindex="0" ref=${root}>
      ${fight.active && html`<${Head} seat=${seat} fight=${fight} mayLead=${mayLead} />`}
      ${!fight.active && html`<${NoFight} begin=${mayLead ? begin : null} />`}
      ${fight.combatants.length > 0 && html`<${Order} seat=${seat} fight=${fight} mayLead=${mayLead} />`}
      ${fight.active && fight.combatants.length === 0 && html`<p class="quiet">No combatants yet.</p>`}
      ${mayLead && fight.active && html`<${Newcomer} seat=${seat} />`}
      ${mayLead && html`<${WhoseTurn} seat=${seat} /><${Names} seat=${seat} />`}
    </div>`;
}

/** @param {{ seat: CombatSeat, fight: Fight, mayLead: boolean }} props */
function Order({ seat, fight, mayLead }) {
  const { players } = seat.state;
  return html`
    <ol class="order" aria-label="Combatants">
      ${fight.combatants.map((one) => {
        const tools = mayLead && html`<${Tools} seat=${seat} one=${one} />`;
        return html`<${Fighter} key=${one.place} one=${one} players=${players} cast=${seat.cast}>${tools}<//>`;
      })}
    </ol>`;
}

const TO_BEGIN = "Start combat, then add the combatants with their initiative.";

/** @param {{ begin: (() => void) | null }} props */
function NoFight({ begin }) {
  return html`
    <div class="empty">
      <${Icon} name="sword" />
      <h3>No combat</h3>
      <p>${begin ? TO_BEGIN : "When the DM starts combat, the initiative order appears here."}</p>
      ${begin && html`<button type="button" class="btn btn--primary" onClick=${begin}>Start combat</button>`}
    </div>`;
}

/** @param {{ seat: CombatSeat, fight: Fight, mayLead: boolean }} props */
function Head({ seat, fight, mayLead }) {
  const { table } = seat;
  const { combat, turn } = seat.state;
  const round = fight.round ?? 1;
  const end = () => {
    table.sendCombatUpdate(ended(combat));
    if (turn !== null && turn.current_character_name !== null)
      table.sendTurnChange({ current_character_name: null });
  };
  const count = (/** @type {number} */ to) =>
    combat && table.sendCombatUpdate({ ...combat, round: Math.max(1, to) });
  return html`
    <div class="row row--wrap">
      <h2>Round ${round}</h2>
      ${
        mayLead &&
        html`<div class="row push">
          <${RoundButton} label="Previous round" icon="minus" act=${() => count(round - 1)} />
          <${RoundButton} label="Next round" icon="plus" act=${() => count(round + 1)} />
          <button type="button" class="btn btn--sm btn--danger" onClick=${end}>End combat</button>
        </div>`
      }
    </div>`;
}

/** @param {{ label: string, icon: string, act: () => void }} props */
function RoundButton({ label, icon, act }) {
  return html`
    <button type="button" class="btn btn--sm btn--icon" aria-label=${label} onClick=${act}>
      <${Icon} name=${icon} size="sm" />
    </button>`;
}

/** @param {{ seat: CombatSeat, one: Fight["combatants"][number] }} props */
function Tools({ seat: { table, state }, one }) {
  const { combat } = state;
  if (combat === null) return null;
  const { hp, maxHp } = one;
  const count = (/** @type {any} */ { target }) => {
    const typed = hp === null ? null : hitPointsTyped(target.value, { hp, maxHp });
    target.value = `${typed ?? hp}`;
    if (typed !== null && typed !== hp) table.sendCombatUpdate(withHitPoints(combat, one.place, typed));
  };
  return html`
    <span class="fighter__tools">
      ${
        hp !== null &&
        html`<span class="fighter__count num">
          <input
            class="input" type="text" maxlength="7" autocomplete="off" value=${hp} title="−5 for damage, +3 for healing"
            aria-label=${`Hit points left: ${one.name}`} onChange=${count}
            onFocus=${(/** @type {any} */ { target }) => target.select()}
          />${maxHp !== null && html` / ${maxHp}`}
        </span>`
      }
      <button
        type="button" class="btn btn--quiet btn--sm btn--icon" aria-label=${`Remove ${one.name}`}
        onClick=${() => table.sendCombatUpdate(withoutCombatant(combat, one.place))}
      >
        <${Icon} name="x" size="sm" />
      </button>
    </span>`;
}

/** @param {{ seat: CombatSeat }} props */
function Newcomer({ seat }) {
  const [name, setName] = useState("");
  const [initiative, setInitiative] = useState("");
  const [hp, setHp] = useState("");
  const [full, setFull] = useState(false);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLElement} */ (event.currentTarget);
    const { combat } = seat.state;
    if (combat === null || name.trim() === "") return;
    const next = withCombatant(combat, { name: name.trim(), initiative: whole(initiative), hp: whole(hp) });
    setFull(!isSmallEnough(next));
    if (!isSmallEnough(next)) return;
    seat.table.sendCombatUpdate(next);
    setName("");
    setInitiative("");
    setHp("");
    /** @type {HTMLElement | null} */ (form.querySelector("input"))?.focus();
  };
  return html`
    <form class="newcomer" onSubmit=${submit}>
      <h3>Add combatant</h3>
      <${Field} label="Name" value=${name} set=${setName} list="who-is-here" mark="newcomer" />
      <${Field} label="Initiative" value=${initiative} set=${setInitiative} number />
      <${Field} label="Hit points" value=${hp} set=${setHp} number />
      <button type="submit" class="btn"><${Icon} name="plus" />Add</button>
      ${full && html`<${Problem}>The initiative order is full. Remove a combatant first.<//>`}
    </form>`;
}

/** @param {{ seat: CombatSeat }} props */
function Names({ seat: { state, cast } }) {
  const names = new Set([...state.players.filter(({ role }) => role === "player"), ...cast].map(nameOf));
  const options = [...names].map((name) => html`<option key=${name} value=${name} />`);
  return html`<datalist id="who-is-here">${options}</datalist>`;
}

/** @param {{ seat: CombatSeat }} props */
function WhoseTurn({ seat: { table } }) {
  const [name, setName] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (name.trim() === "") return;
    table.sendTurnChange({ current_character_name: name.trim() });
    setName("");
  };
  const nobody = () => table.sendTurnChange({ current_character_name: null });
  return html`
    <form class="newcomer" onSubmit=${submit}>
      <h3>Set the turn</h3>
      <${Field} label="Whose turn" value=${name} set=${setName} list="who-is-here" />
      <button type="submit" class="btn">Set turn</button>
      <button type="button" class="btn btn--quiet" onClick=${nobody}>Clear turn</button>
    </form>`;
}

/**
 * @param {{
 *   label: string, value: string, set: (value: string) => void, number?: boolean, list?: string, mark?: string,
 * }} props
 */
function Field({ label, value, set, number = false, list, mark }) {
  return html`
    <label class="field"><span class="label">${label}</span>
      <input type="text"
        class="input" data-key=${mark} list=${list} maxlength="60" autocomplete="off"
        inputmode=${number ? "numeric" : undefined}
        value=${value} onInput=${(/** @type {any} */ { target }) => set(target.value)}
      />
    </label>`;
}

/** @param {string} text */
function whole(text) {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? null : value;
}
