/** @import { ClientEvents } from "../wire.d.ts" */

import { useState } from "preact/hooks";
import { html } from "./html.js";

const SIDES = [4, 6, 8, 10, 12, 20, 100];

/** @param {{ roll: (roll: ClientEvents["dice_roll"]) => void }} props */
export function DiceBar({ roll }) {
  const [formula, setFormula] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (formula.trim() !== "") roll({ formula });
  };
  return html`
    <form class="dice-bar" onSubmit=${submit}>
      ${SIDES.map((sides) => {
        return html`<button type="button" key=${sides} onClick=${() => roll({ formula: `1d${sides}` })}>d${sides}</button>`;
      })}
      <input
        aria-label="Formula" placeholder="2d20kh1 + 5" maxlength="500" autocomplete="off" spellcheck=${false}
        value=${formula} onInput=${(/** @type {any} */ { target }) => setFormula(target.value)}
      />
      <button class="primary">Roll</button>
    </form>`;
}
