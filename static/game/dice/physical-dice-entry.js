/** @import { Formula } from "./formula.js" */
/** @import { Thrown } from "./physical-dice.js" */

import { useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Face } from "../ui/icon.js";
import { Problem } from "../ui/problem.js";
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

/** @typedef {{ dice: number[], thrown: Thrown, setThrown: (thrown: Thrown) => void, missing: boolean }} DiceProps */

/** @param {DiceProps} props */
function Dice({ dice, thrown, setThrown, missing }) {
  const { faces } = thrown;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const [touched, setTouched] = useState(/** @type {number | null} */ (null));
  const open = dice.findIndex((sides, index) => faceOf(faces[index], sides) === null);
  const current = touched !== null && touched < dice.length ? touched : Math.max(open, 0);
  const sides = dice[current] ?? 0;
  const set = (/** @type {number} */ index, /** @type {string} */ text) =>
    setThrown({ ...thrown, faces: dice.map((_, at) => (at === index ? text : (faces[at] ?? ""))) });
  const type = (/** @type {number} */ index, /** @type {string} */ text) => {
    set(index, text);
    if (isFull(text, dice[index] ?? 0)) list.current?.querySelectorAll("input")[index + 1]?.focus();
  };
  const tap = (/** @type {number} */ face) => {
    set(current, String(face));
    const next = dice.findIndex((other, at) => at !== current && faceOf(faces[at], other) === null);
    setTouched(next === -1 ? current : next);
  };
  const wrong = dice.find((other, index) => isWrong(faces[index], other));
  return html`
    <div class="thrown" role="group" aria-label="What the dice showed" ref=${list}>
      ${dice.map((other, index) => {
        const name = dice.length === 1 ? `The d${other} showed` : `Die ${index + 1}, a d${other}, showed`;
        return html`
          <${FaceField}
            key=${index} sides=${other} name=${name} face=${faces[index] ?? ""} current=${index === current}
            type=${(/** @type {string} */ text) => type(index, text)} touch=${() => setTouched(index)}
          />`;
      })}
    </div>
    ${sides <= MOST_FACES && html`<${Faces} sides=${sides} chosen=${faceOf(faces[current], sides)} tap=${tap} />`}
    ${wrong !== undefined && html`<${Problem}>${`A d${wrong} shows 1 to ${wrong}.`}<//>`}
    ${wrong === undefined && missing && html`<${Problem}>Enter what each die showed.<//>`}`;
}

/**
 * @param {string | undefined} face
 * @param {number} sides
 */
function isWrong(face = "", sides) {
  return face !== "" && faceOf(face, sides) === null;
}

/**
 * @param {{
 *   sides: number, name: string, face: string, current: boolean, type: (text: string) => void, touch: () => void,
 * }} props
 */
function FaceField({ sides, name, face, current, type, touch }) {
  return html`
    <span class="thrown__die" data-die=${sides} data-current=${current ? "" : undefined}>
      <${Face} sides=${sides} />
      <input
        type="text" value=${face} placeholder=${`d${sides}`} inputmode="numeric" autocomplete="off" maxlength="4"
        aria-label=${name} aria-invalid=${isWrong(face, sides) ? "true" : undefined}
        onInput=${(/** @type {any} */ { target }) => type(target.value.trim())} onFocus=${touch}
      />
    </span>`;
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
        (face) => html`
          <button
            key=${face} type="button" class="face" tabindex="-1" aria-pressed=${face === chosen}
            onClick=${() => tap(face)}
          >${face}</button>`,
      )}
    </div>`;
}

/**
 * For formulas that only the server can count: dice that explode, are rolled again, or are too many.
 *
 * @param {{ thrown: Thrown, setThrown: (thrown: Thrown) => void, missing: boolean }} props
 */
function Listed({ thrown, setThrown, missing }) {
  const setFaces = (/** @type {any} */ { target }) =>
    setThrown({ ...thrown, faces: target.value.split(" ") });
  const setTotal = (/** @type {any} */ { target }) => setThrown({ ...thrown, total: target.value });
  const faces = thrown.faces.join(" ");
  return html`
    <div class="thrown thrown--list">
      <label class="field"><span class="label">Faces, in the order rolled</span>
        <input
          type="text" class="input" value=${faces} inputmode="text" autocomplete="off" placeholder="6 6 2 4"
          onInput=${setFaces}
        />
      </label>
      <label class="field"><span class="label">Total</span>
        <input
          type="text" class="input" value=${thrown.total} inputmode="numeric" autocomplete="off" maxlength="14"
          onInput=${setTotal}
        />
      </label>
    </div>
    ${missing && html`<${Problem}>Enter the faces as numbers with spaces between them, and the total.<//>`}`;
}
