/** @import { Preview } from "./preview.js" */
/** @import { Desk } from "../chat/use-drafts.js" */
/** @import { ClientEvents } from "../client/types.d.ts" */

import { useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { edgeOf, parse, withDie, withEdge, withModifier } from "./formula.js";
import { OddsChart } from "./odds-chart.js";
import { NOTHING_THROWN, reportOf } from "./physical-dice.js";
import { PhysicalDiceEntry } from "./physical-dice-entry.js";
import { usePreview } from "./use-preview.js";
import { seenAs, VisibilityChoice } from "./visibility-choice.js";

const SIDES = [4, 6, 8, 10, 12, 20, 100];
/** @type {["dis" | "flat" | "adv", string][]} */
const EDGES = [
  ["dis", "Dis"],
  ["flat", "Flat"],
  ["adv", "Adv"],
];
const LONG_PRESS_MS = 500;

/** @typedef {(formula: string, signal: AbortSignal) => Promise<Preview | null>} FetchPreview */

/** What is rolled where nothing was chosen. */
const PLAIN = "1d20";

/**
 * @param {{
 *   desk: Desk,
 *   mayReport: boolean,
 *   roll: (roll: ClientEvents["dice_roll"]) => void,
 *   fetchPreview: FetchPreview,
 *   children?: unknown,
 * }} props `mayReport`: the campaign takes what real dice showed
 */
export function DiceTray({ desk, mayReport, roll, fetchPreview, children }) {
  const { formula, setFormula, thrown, setThrown } = desk;
  const [missing, setMissing] = useState(false);
  const byHand = mayReport && desk.byHand;
  const visibility = seenAs(desk.visibility, byHand);
  const simple = parse(formula);
  const modifier = simple?.constant ?? 0;
  const edge = edgeOf(simple);
  const meant = formula.trim() === "" ? PLAIN : formula;
  const report = byHand ? reportOf(meant, parse(meant), thrown) : null;
  const turn = (/** @type {"adv" | "dis"} */ to) => setFormula(withEdge(formula, edge === to ? "flat" : to));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setMissing(byHand && report === null);
    if (byHand && report === null) return;
    const said = report ?? { formula: meant };
    roll(visibility === "public" ? said : { ...said, visibility });
    setThrown(NOTHING_THROWN);
  };
  const show = (/** @type {typeof thrown} */ to) => {
    setMissing(false);
    setThrown(to);
  };
  const toggle = () => {
    setMissing(false);
    desk.setByHand(!desk.byHand);
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (
      /** @type {Element} */ (event.target).matches("input:not([type=radio])") ||
      event.ctrlKey ||
      event.altKey
    )
      return;
    if (event.key === "a") turn("adv");
    else if (event.key === "d") turn("dis");
    else return;
    event.preventDefault();
  };
  return html`
    <form class="tray" aria-label="Dice tray" onSubmit=${submit} onKeyDown=${press}>
      <div class="tray__dice" role="group" aria-label="Add a die" onKeyDown=${walk}>
        ${SIDES.map((sides) => {
          const count = simple?.dice.find((term) => term.sides === sides && term.sign === 1)?.count ?? 0;
          const change = (/** @type {1 | -1} */ by) => setFormula(withDie(formula, sides, by));
          return html`<${DieButton} key=${sides} sides=${sides} count=${count} change=${change} />`;
        })}
        <button type="button" class="die-btn tray__clear" onClick=${() => setFormula("")}><${Icon} name="x" />Clear</button>
      </div>
      <div class="tray__mods">
        <${Modifier} value=${modifier} change=${(/** @type {number} */ to) => setFormula(withModifier(formula, to))} />
        <fieldset class="segmented">
          <legend class="visually-hidden">Advantage</legend>
          ${EDGES.map(([name, label]) => html`<label key=${name}><input type="radio" name="edge" checked=${edge === name} onChange=${() => setFormula(withEdge(formula, name))} />${label}</label>`)}
        </fieldset>
        <button type="button" class="btn btn--quiet tray__empty" onClick=${() => setFormula("")} disabled=${formula === ""}>Clear</button>
        ${mayReport && html`<button type="button" class="btn btn--quiet btn--icon tray__hand" title="Dice thrown by hand" aria-label="Dice thrown by hand" aria-pressed=${byHand} onClick=${toggle}><${Icon} name="hand" /></button>`}
      </div>
      ${byHand && html`<${PhysicalDiceEntry} formula=${parse(meant)} thrown=${thrown} setThrown=${show} missing=${missing && report === null} />`}
      <div class="tray__roll">
        <${FormulaField} formula=${formula} setFormula=${setFormula} fetchPreview=${fetchPreview} />
        <button type="submit" class="btn btn--primary"><${Icon} name=${byHand ? "hand" : "d20"} />${byHand ? reportWords(report) : "Roll"}</button>
      </div>
      <div class="tray__foot"><${VisibilityChoice} visibility=${visibility} byHand=${byHand} choose=${desk.setVisibility} />${children}</div>
    </form>`;
}

/** @param {ClientEvents["dice_roll"] | null} report */
function reportWords(report) {
  return report === null ? "Report" : `Report ${report.result}`.replace("-", "−");
}

/** @param {{ sides: number, count: number, change: (by: 1 | -1) => void }} props */
function DieButton({ sides, count, change }) {
  const held = useRef(/** @type {any} */ (undefined));
  const taken = useRef(false);
  const hold = () => {
    taken.current = false;
    held.current = setTimeout(() => {
      taken.current = true;
      change(-1);
    }, LONG_PRESS_MS);
  };
  const release = () => clearTimeout(held.current);
  const click = (/** @type {MouseEvent} */ event) => {
    if (!taken.current) change(event.shiftKey ? -1 : 1);
    taken.current = false;
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Backspace" || event.key === "Delete") change(-1);
  };
  return html`
    <button
      type="button" class="die-btn" data-count=${count || undefined} onClick=${click} onKeyDown=${press}
      onPointerDown=${hold} onPointerUp=${release} onPointerLeave=${release} onContextMenu=${(/** @type {Event} */ event) => event.preventDefault()}
    >
      <${Icon} name=${`d${sides}`} />d${sides}
      ${count > 0 && html`<span class="count">${count}<span class="visually-hidden"> chosen</span></span>`}
    </button>`;
}

/**
 * Left and right move along the dice.
 *
 * @param {KeyboardEvent} event
 */
function walk(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  const buttons = [.../** @type {Element} */ (event.currentTarget).querySelectorAll("button")];
  const now = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  buttons.at((now + step) % buttons.length)?.focus();
  event.preventDefault();
}

/** @param {{ value: number, change: (to: number) => void }} props */
function Modifier({ value, change }) {
  const input = (/** @type {any} */ { target }) => {
    const typed = Number.parseInt(target.value.replace("−", "-"), 10);
    change(Number.isNaN(typed) ? 0 : Math.max(-999, Math.min(999, typed)));
  };
  return html`
    <div class="stepper" role="group" aria-label="Modifier">
      <button type="button" aria-label="One less" onClick=${() => change(value - 1)}><${Icon} name="minus" size="sm" /></button>
      <input type="text" value=${value > 0 ? `+${value}` : `${value}`.replace("-", "−")} inputmode="numeric" aria-label="Added to the dice" onChange=${input} />
      <button type="button" aria-label="One more" onClick=${() => change(value + 1)}><${Icon} name="plus" size="sm" /></button>
    </div>`;
}

/** @param {{ formula: string, setFormula: (formula: string) => void, fetchPreview: FetchPreview }} props */
function FormulaField({ formula, setFormula, fetchPreview }) {
  const preview = usePreview(formula, fetchPreview);
  const refused = preview !== null && "words" in preview && preview.refused;
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    if (formula === "") /** @type {HTMLElement} */ (event.target).blur();
    setFormula("");
  };
  return html`
    <label class="formula" data-invalid=${refused ? "" : undefined}>
      <input type="text"
        aria-label="Formula" placeholder="1d20" maxlength="500" autocomplete="off" spellcheck=${false} data-key="formula"
        aria-describedby="formula-odds" value=${formula} onInput=${(/** @type {any} */ { target }) => setFormula(target.value)} onKeyDown=${press}
      />
      <span class="formula__odds" id="formula-odds" title=${preview !== null && "words" in preview ? preview.words : undefined}>${previewWords(formula, preview)}</span>
      ${preview !== null && "shape" in preview && html`<${OddsChart} shape=${preview.shape} />`}
    </label>`;
}

/**
 * @param {string} formula
 * @param {Preview | null} preview
 */
function previewWords(formula, preview) {
  if (preview === null) return parse(formula) === null ? "\u00a0" : "Add dice, or write a formula";
  if ("words" in preview) return preview.words;
  const minus = (/** @type {number} */ value) => String(value).replace("-", "−");
  return `${minus(preview.min)} to ${minus(preview.max)}, mean ${minus(Math.round(preview.mean * 10) / 10)}`;
}
