/** @import { Macro, Place } from "./macros.js" */
/** @import { Macros, Sheet } from "./use-macros.js" */
/** @import { Character, Seat } from "../table/types.d.ts" */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Problem } from "../ui/problem.js";
import { useDialog } from "../ui/use-dialog.js";
import { focusFirst } from "../ui/use-keys.js";
import { KeyChoice } from "./key-choice.js";
import { MacroForm } from "./macro-form.js";
import { MacroQuestions } from "./macro-questions.js";
import { barsFor, moved, placeOf } from "./macros.js";

/** @typedef {{ macros: Macros, characters: Character[], me: number, isDm: boolean }} Props `characters`: own */

/**
 * Where macros are kept, and what one of them asks.
 *
 * @param {{ seat: Seat, own: Macros }} props
 */
export function MacroDialogs({ seat: { characters, userId, isDm }, own }) {
  const { sheet, asking, answer } = own;
  const props = { macros: own, characters, me: userId, isDm };
  return html`
    ${sheet && html`<${MacroSheet} sheet=${sheet} ...${props} />`}
    ${asking && html`<${MacroQuestions} macro=${asking} answer=${answer} />`}`;
}

/**
 * The user's macros and the shared ones, with their keys; or one of them, in a form.
 *
 * @param {Props & { sheet: Sheet }} props
 */
function MacroSheet({ sheet, ...props }) {
  const { open } = props.macros;
  // Where one came straight to the form, leaving it leaves the sheet.
  const [straight] = useState(sheet.form);
  useEffect(props.macros.reload, []);
  const dialog = useDialog(() => {
    open(null);
    // The first macro takes the place of the button that led here, the last one gives it back.
    if (document.activeElement === document.body) focusFirst(".hotbar button:not([tabindex='-1'])");
  });
  const close = () => dialog.current?.close();
  const leave = straight ? close : () => open({ form: false });
  return html`
    <dialog class="dialog macros" ref=${dialog} aria-labelledby="macros-title">
      ${
        sheet.form
          ? html`<${MacroForm} ...${props} macro=${sheet.macro} asked=${sheet.key} leave=${leave} />`
          : html`<${List} ...${props} close=${close} />`
      }
    </dialog>`;
}

/** @param {Props & { close: () => void }} props */
function List({ close, ...props }) {
  const { macros, open } = props.macros;
  const first = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => first.current?.focus(), []);
  const make = () => open({ form: true, macro: null, key: undefined });
  return html`
    <div class="row">
      <h2 id="macros-title">Macros</h2>
      <button
        type="button" class="btn btn--primary push" ref=${first} onClick=${make}
      ><${Icon} name="plus" />New macro</button>
      <button type="button" class="btn" onClick=${close}>Close</button>
    </div>
    ${
      macros.length === 0
        ? html`<${Nothing} />`
        : html`
          <ul class="list macros__list">
            ${macros.map((macro) => html`<${Row} key=${macro.id} ...${props} macro=${macro} />`)}
          </ul>`
    }`;
}

function Nothing() {
  return html`
    <div class="empty">
      <${Icon} name="keyboard" />
      <h3>No macros yet</h3>
      <p>Save what you roll or say often, put it on a key from 1 to 0, and press that key.</p>
    </div>`;
}

/** @param {Props & { macro: Macro }} props */
function Row({ macros, characters, me, isDm, macro }) {
  const [problem, setProblem] = useState("");
  const own = macro.owner_id === me;
  const tied = own ? characters.find(({ id }) => id === macro.character_id) : undefined;
  const where = barsFor(tied?.id ?? null, macros.characterId);
  const from = placeOf(macro.id, macros.bars, where);
  const lay = (/** @type {Place | undefined} */ to) => {
    setProblem("");
    macros.lay(moved(macro.id, from, to)).catch(({ message }) => setProblem(message));
  };
  const edit = () => macros.open({ form: true, macro, key: undefined });
  return html`
    <li>
      <div class="list__main">
        <b>${macro.name}</b>${" "}
        ${tied && html`<span class="badge">${tied.name}</span>`}
        ${macro.shared && html`<span class="badge">${own ? "Shared" : "Shared with you"}</span>`}
        <p class="macros__text">${macro.text}</p>
        ${problem !== "" && html`<${Problem}>${problem}<//>`}
      </div>
      <${KeyChoice}
        label=${`Key for ${macro.name}`} macros=${macros} characters=${characters}
        where=${where} place=${from} choose=${lay}
      />
      ${(own || isDm) && html`<${Edit} name=${macro.name} act=${edit} />`}
    </li>`;
}

/** @param {{ name: string, act: () => void }} props */
function Edit({ name, act }) {
  return html`
    <button
      type="button" class="btn btn--quiet btn--icon" aria-label=${`Edit ${name}`} onClick=${act}
    ><${Icon} name="pencil" /></button>`;
}
