/** @import { Fight } from "./combat.js" */
/** @import { Figure } from "../ui/sigils.js" */
/** @import { GameTable } from "../page/use-game-socket.js" */

import { useRef, useState } from "preact/hooks";
import { nameOf } from "../table/describe.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
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

/** @param {{ table: GameTable, fight: Fight, isDm: boolean, cast: Figure[] }} props */
export function CombatPanel({ table, fight, isDm, cast }) {
  const { combat } = table.state;
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  useKeptFocus(root, "[data-key=newcomer], .btn--primary");
  return html`
    <div class="panel__scroll" tabindex="0" ref=${root}>
      ${fight.active && html`<${Head} table=${table} fight=${fight} isDm=${isDm} />`}
      ${!fight.active && html`<${NoFight} begin=${isDm ? () => table.sendCombatUpdate(started(combat)) : null} />`}
      ${
        fight.combatants.length > 0 &&
        html`<ol class="order" aria-label="Order of turns">
          ${fight.combatants.map((one) => html`<${Fighter} key=${one.place} one=${one} players=${table.state.players} cast=${cast}>${isDm && html`<${Tools} table=${table} one=${one} />`}<//>`)}
        </ol>`
      }
      ${fight.active && fight.combatants.length === 0 && html`<p class="quiet">Nobody stands in the order yet.</p>`}
      ${isDm && fight.active && html`<${Newcomer} table=${table} />`}
      ${isDm && html`<${WhoseTurn} table=${table} /><${Names} table=${table} cast=${cast} />`}
    </div>`;
}

/** @param {{ begin: (() => void) | null }} props */
function NoFight({ begin }) {
  return html`
    <div class="empty">
      <${Icon} name="sword" />
      <h3>Nobody is fighting</h3>
      <p>${begin ? "Start combat, then add who takes part, with their initiative." : "When the DM starts combat, the order of turns stands here."}</p>
      ${begin && html`<button type="button" class="btn btn--primary" onClick=${begin}>Start combat</button>`}
    </div>`;
}

/** @param {{ table: GameTable, fight: Fight, isDm: boolean }} props */
function Head({ table, fight, isDm }) {
  const { combat, turn } = table.state;
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
        isDm &&
        html`<div class="row push">
          <button type="button" class="btn btn--sm btn--icon" aria-label="One round back" onClick=${() => count(round - 1)}><${Icon} name="minus" size="sm" /></button>
          <button type="button" class="btn btn--sm btn--icon" aria-label="One round on" onClick=${() => count(round + 1)}><${Icon} name="plus" size="sm" /></button>
          <button type="button" class="btn btn--sm btn--danger" onClick=${end}>End combat</button>
        </div>`
      }
    </div>`;
}

/** @param {{ table: GameTable, one: Fight["combatants"][number] }} props */
function Tools({ table, one }) {
  const { combat } = table.state;
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
          <input class="input" type="text" maxlength="7" autocomplete="off" value=${hp} aria-label=${`Hit points left: ${one.name}`} title="−5 wounds, +3 heals" onFocus=${(/** @type {any} */ { target }) => target.select()} onChange=${count} />${maxHp !== null && html` / ${maxHp}`}
        </span>`
      }
      <button type="button" class="btn btn--quiet btn--sm btn--icon" aria-label=${`Remove ${one.name}`} onClick=${() => table.sendCombatUpdate(withoutCombatant(combat, one.place))}>
        <${Icon} name="x" size="sm" />
      </button>
    </span>`;
}

/** @param {{ table: GameTable }} props */
function Newcomer({ table }) {
  const [name, setName] = useState("");
  const [initiative, setInitiative] = useState("");
  const [hp, setHp] = useState("");
  const [full, setFull] = useState(false);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLElement} */ (event.currentTarget);
    const { combat } = table.state;
    if (combat === null || name.trim() === "") return;
    const next = withCombatant(combat, { name: name.trim(), initiative: whole(initiative), hp: whole(hp) });
    setFull(!isSmallEnough(next));
    if (!isSmallEnough(next)) return;
    table.sendCombatUpdate(next);
    setName("");
    setInitiative("");
    setHp("");
    /** @type {HTMLElement | null} */ (form.querySelector("input"))?.focus();
  };
  return html`
    <form class="newcomer" onSubmit=${submit}>
      <h3>Add to the order</h3>
      <${Field} label="Name" value=${name} set=${setName} list="who-is-here" mark="newcomer" />
      <${Field} label="Initiative" value=${initiative} set=${setInitiative} number />
      <${Field} label="Hit points" value=${hp} set=${setHp} number />
      <button type="submit" class="btn"><${Icon} name="plus" />Add</button>
      ${full && html`<p class="field__error" role="alert"><${Icon} name="warn" size="sm" />The order is full. Remove somebody first.</p>`}
    </form>`;
}

/** @param {{ table: GameTable, cast: Figure[] }} props */
function Names({ table, cast }) {
  const names = new Set([...table.players.filter(({ role }) => role === "player"), ...cast].map(nameOf));
  return html`<datalist id="who-is-here">${[...names].map((name) => html`<option key=${name} value=${name} />`)}</datalist>`;
}

/** @param {{ table: GameTable }} props */
function WhoseTurn({ table }) {
  const [name, setName] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (name.trim() === "") return;
    table.sendTurnChange({ current_character_name: name.trim() });
    setName("");
  };
  return html`
    <form class="newcomer" onSubmit=${submit}>
      <h3>Give the turn by name</h3>
      <${Field} label="Whose turn" value=${name} set=${setName} list="who-is-here" />
      <button type="submit" class="btn">Set turn</button>
      <button type="button" class="btn btn--quiet" onClick=${() => table.sendTurnChange({ current_character_name: null })}>Nobody’s</button>
    </form>`;
}

/** @param {{ label: string, value: string, set: (value: string) => void, number?: boolean, list?: string, mark?: string }} props */
function Field({ label, value, set, number = false, list, mark }) {
  return html`
    <label class="field"><span class="label">${label}</span>
      <input type="text"
        class="input" data-key=${mark} list=${list} maxlength="60" autocomplete="off" inputmode=${number ? "numeric" : undefined}
        value=${value} onInput=${(/** @type {any} */ { target }) => set(target.value)}
      />
    </label>`;
}

/** @param {string} text */
function whole(text) {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? null : value;
}
