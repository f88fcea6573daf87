/** @import { Formula } from "./formula.js" */
/** @import { Thrown } from "./physical-dice.js" */

import { useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Face, Icon } from "../ui/icon.js";
import { diceOf, faceOf, isFull } from "./physical-dice.js";

/** Dice with more faces are only typed. */
const MOST_FACES = 20;

/**
 * Where one says what real dice showed: a field for each, and for the one whose turn it is its faces to tap.
 *
 * @param {{ formula: Formula | null, thrown: Thrown, setThrown: (thrown: Thrown) => void, missing: boolean }} props
 *   `missing`: one wanted to report, and something was missing
 */
export function PhysicalDiceEntry({ formula, thrown, setThrown, missing }) {
  const dice = diceOf(formula);
  if (dice === null) return html`<${Listed} thrown=${thrown} setThrown=${setThrown} missing=${missing} />`;
  return html`<${Dice} dice=${dice} thrown=${thrown} setThrown=${setThrown} missing=${missing} />`;
}

/** @param {{ dice: number[], thrown: Thrown, setThrown: (thrown: Thrown) => void, missing: boolean }} props */
function Dice({ dice, thrown: { faces, total }, setThrown, missing }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const [touched, setTouched] = useState(/** @type {number | null} */ (null));
  const open = dice.findIndex((sides, index) => faceOf(faces[index], sides) === null);
  const current = touched !== null && touched < dice.length ? touched : Math.max(open, 0);
  const sides = dice[current] ?? 0;
  const set = (/** @type {number} */ index, /** @type {string} */ text) =>
    setThrown({ faces: dice.map((_, at) => (at === index ? text : (faces[at] ?? ""))), total });
  const type =
    (/** @type {number} */ index) =>
    (/** @type {any} */ { target }) => {
      const text = target.value.trim();
      set(index, text);
      if (isFull(text, dice[index] ?? 0)) list.current?.querySelectorAll("input")[index + 1]?.focus();
    };
  const tap = (/** @type {number} */ face) => {
    set(current, String(face));
    const next = dice.findIndex((other, at) => at !== current && faceOf(faces[at], other) === null);
    setTouched(next === -1 ? current : next);
  };
  const wrong = dice.find(
    (other, index) => (faces[index] ?? "") !== "" && faceOf(faces[index], other) === null,
  );
  return html`
    <div class="thrown" role="group" aria-label="What the dice showed" ref=${list}>
      ${dice.map(
        (other, index) => html`
          <span key=${index} class="thrown__die" data-die=${other} data-current=${index === current ? "" : undefined}>
            <${Face} sides=${other} />
            <input type="text"
              value=${faces[index] ?? ""} placeholder=${`d${other}`} inputmode="numeric" autocomplete="off" maxlength="4"
              aria-label=${dice.length === 1 ? `The d${other} showed` : `Die ${index + 1}, a d${other}, showed`}
              aria-invalid=${(faces[index] ?? "") !== "" && faceOf(faces[index], other) === null ? "true" : undefined}
              onInput=${type(index)} onFocus=${() => setTouched(index)}
            />
          </span>`,
      )}
    </div>
    ${sides <= MOST_FACES && html`<${Faces} sides=${sides} chosen=${faceOf(faces[current], sides)} tap=${tap} />`}
    ${wrong !== undefined && html`<${Complaint}>${`A d${wrong} shows 1 to ${wrong}.`}<//>`}
    ${wrong === undefined && missing && html`<${Complaint}>Say what each die showed.<//>`}`;
}

/**
 * The faces of a die, for a finger or a mouse; the keyboard has its field.
 *
 * @param {{ sides: number, chosen: number | null, tap: (face: number) => void }} props
 */
function Faces({ sides, chosen, tap }) {
  return html`
    <div class="faces" role="group" aria-label=${`Faces of the d${sides}`}>
      ${Array.from({ length: sides }, (_, index) => index + 1).map(
        (face) =>
          html`<button key=${face} type="button" class="face" tabindex="-1" aria-pressed=${face === chosen} onClick=${() => tap(face)}>${face}</button>`,
      )}
    </div>`;
}

/**
 * For formulas that only the server can count: dice that explode, are rolled again, or are too many.
 *
 * @param {{ thrown: Thrown, setThrown: (thrown: Thrown) => void, missing: boolean }} props
 */
function Listed({ thrown: { faces, total }, setThrown, missing }) {
  return html`
    <div class="thrown thrown--list">
      <label class="field"><span class="label">Faces, in the order they fell</span>
        <input type="text" class="input" value=${faces.join(" ")} inputmode="text" autocomplete="off" placeholder="6 6 2 4" onInput=${(/** @type {any} */ { target }) => setThrown({ faces: target.value.split(" "), total })} />
      </label>
      <label class="field"><span class="label">Total</span>
        <input type="text" class="input" value=${total} inputmode="numeric" autocomplete="off" maxlength="14" onInput=${(/** @type {any} */ { target }) => setThrown({ faces, total: target.value })} />
      </label>
    </div>
    ${missing && html`<${Complaint}>Write the faces as numbers with spaces between, and what they come to.<//>`}`;
}

/** @param {{ children?: unknown }} props */
function Complaint({ children }) {
  return html`<p class="field__error" role="alert"><${Icon} name="warn" size="sm" />${children}</p>`;
}
