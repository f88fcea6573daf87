/** @import { ClientEvents } from "../client/types.d.ts" */
/** @import { DiceSeat } from "./commands.js" */
/** @import { Own } from "./use-dice.js" */

import { Slot } from "../table/seat.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { DieButtons } from "./die-buttons.js";
import { edgeOf, parse, withEdge, withModifier } from "./formula.js";
import { FormulaField } from "./formula-field.js";
import { ModifierField } from "./modifier-field.js";
import { PhysicalDiceEntry } from "./physical-dice-entry.js";
import { useRoll } from "./use-roll.js";
import { VisibilityChoice } from "./visibility-choice.js";

/** @type {["dis" | "flat" | "adv", string][]} */
const EDGES = [
  ["dis", "Dis"],
  ["flat", "Flat"],
  ["adv", "Adv"],
];

/** @param {{ seat: DiceSeat, own: Own }} props */
export function DiceTray({ seat, own: { tray } }) {
  const { formula, setFormula } = tray;
  const { byHand, missing, meant, report, visibility, show, ...now } = useRoll(seat, tray);
  const simple = parse(formula);
  const edge = edgeOf(simple);
  const choose = (/** @type {"dis" | "flat" | "adv"} */ to) => setFormula(withEdge(formula, to));
  const add = (/** @type {number} */ constant) => setFormula(withModifier(formula, constant));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    now.roll();
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const to = edgeFor(event);
    if (to === null) return;
    choose(edge === to ? "flat" : to);
    event.preventDefault();
  };
  return html`
    <form class="tray" aria-label="Dice tray" onSubmit=${submit} onKeyDown=${press}>
      <${DieButtons} formula=${formula} simple=${simple} setFormula=${setFormula} />
      <div class="tray__mods">
        <${ModifierField} value=${simple?.constant ?? 0} change=${add} />
        <${Edges} edge=${edge} choose=${choose} />
        <button
          type="button" class="btn btn--quiet tray__empty" onClick=${() => setFormula("")} disabled=${formula === ""}
        >Clear</button>
        ${now.mayReport && html`<${HandButton} byHand=${byHand} toggle=${now.toggle} />`}
      </div>
      ${
        byHand &&
        html`<${PhysicalDiceEntry} formula=${meant} thrown=${tray.thrown} setThrown=${show} missing=${missing} />`
      }
      <div class="tray__roll">
        <${FormulaField} formula=${formula} setFormula=${setFormula} fetchPreview=${seat.table.fetchPreview} />
        <button type="submit" class="btn btn--primary">
          <${Icon} name=${byHand ? "hand" : "d20"} />${byHand ? reportWords(report) : "Roll"}
        </button>
      </div>
      <div class="tray__foot">
        <${VisibilityChoice} visibility=${visibility} byHand=${byHand} choose=${tray.setVisibility} />
        <${Slot} name="tray" />
      </div>
    </form>`;
}

/**
 * `a` and `d` turn advantage and disadvantage on and off, where nothing is being typed.
 *
 * @param {KeyboardEvent} event
 * @returns {"adv" | "dis" | null}
 */
function edgeFor({ target, key, ctrlKey, altKey }) {
  if (/** @type {Element} */ (target).matches("input:not([type=radio])") || ctrlKey || altKey) return null;
  return key === "a" ? "adv" : key === "d" ? "dis" : null;
}

/** @param {{ edge: string, choose: (edge: "dis" | "flat" | "adv") => void }} props */
function Edges({ edge, choose }) {
  return html`
    <fieldset class="segmented">
      <legend class="visually-hidden">Advantage</legend>
      ${EDGES.map(
        ([name, label]) => html`
          <label key=${name}>
            <input type="radio" name="edge" checked=${edge === name} onChange=${() => choose(name)} />${label}
          </label>`,
      )}
    </fieldset>`;
}

/** @param {{ byHand: boolean, toggle: () => void }} props */
function HandButton({ byHand, toggle }) {
  return html`
    <button
      type="button" class="btn btn--quiet btn--icon tray__hand" title="Enter real dice"
      aria-label="Enter real dice" aria-pressed=${byHand} onClick=${toggle}
    ><${Icon} name="hand" /></button>`;
}

/** @param {ClientEvents["dice_roll"] | null} report */
function reportWords(report) {
  return report === null ? "Report" : `Report ${report.result}`.replace("-", "−");
}
