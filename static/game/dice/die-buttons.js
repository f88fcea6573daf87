/** @import { Formula } from "./formula.js" */

import { useRef } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { withDie } from "./formula.js";

const SIDES = [4, 6, 8, 10, 12, 20, 100];
const LONG_PRESS_MS = 500;

/**
 * A button for each die: it adds one, or with Shift or a long press takes one away.
 *
 * @param {{ formula: string, simple: Formula | null, setFormula: (formula: string) => void }} props
 */
export function DieButtons({ formula, simple, setFormula }) {
  return html`
    <div class="tray__dice" role="group" aria-label="Add a die" onKeyDown=${walk}>
      ${SIDES.map((sides) => {
        const count = simple?.dice.find((term) => term.sides === sides && term.sign === 1)?.count ?? 0;
        const change = (/** @type {1 | -1} */ by) => setFormula(withDie(formula, sides, by));
        return html`<${DieButton} key=${sides} sides=${sides} count=${count} change=${change} />`;
      })}
      <button
        type="button" class="die-btn tray__clear" onClick=${() => setFormula("")}
      ><${Icon} name="x" />Clear</button>
    </div>`;
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
      onPointerDown=${hold} onPointerUp=${release} onPointerLeave=${release}
      onContextMenu=${(/** @type {Event} */ event) => event.preventDefault()}
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
