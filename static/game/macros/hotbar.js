/** @import { Seat } from "../table/types.d.ts" */
/** @import { Laying, Slot } from "./macros.js" */
/** @import { Macros } from "./use-macros.js" */

import { useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Problem } from "../ui/problem.js";
import { swapped } from "./macros.js";

/**
 * What the keys 1 to 0 run: a press or a tap does too. One stop for the tab key, then the arrows.
 *
 * @param {{ seat: Seat, own: Macros }} props
 */
export function Hotbar({ seat, own }) {
  const { known, failed, slots, reload, open } = own;
  const edit = () => open({ form: false });
  const make = () => open({ form: true, macro: null, key: "1" });
  if (!seat.mayPlay) return null;
  if (!known && failed)
    return html`<${Bare} words="Your macros could not be loaded." does="Try again" act=${reload} />`;
  if (!known) return html`<div class="hotbar" aria-hidden="true"></div>`;
  if (own.macros.length === 0)
    return html`<${Bare} words="Save a roll you use often as a macro." does="Create a macro" act=${make} />`;
  if (slots.every(({ macro }) => macro === undefined))
    return html`<${Bare} words="Put a macro on a key, 1 to 0." does="Macros" act=${edit} />`;
  return html`<${Keys} macros=${own} phone=${seat.phone} edit=${edit} />`;
}

/** @param {{ words: string, does: string, act: () => void }} props */
function Bare({ words, does, act }) {
  return html`
    <div class="hotbar hotbar--bare">
      <p>${words}</p>
      <button type="button" class="btn btn--sm" onClick=${act}>${does}</button>
    </div>`;
}

/** @param {{ macros: Macros, phone: boolean, edit: () => void }} props */
function Keys({ macros, phone, edit }) {
  const { slots, run, open } = macros;
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const [at, setAt] = useState(0);
  const [problem, setProblem] = useState("");
  const laid = (/** @type {Laying} */ laying) => {
    setProblem("");
    macros.lay([laying]).catch(({ message }) => setProblem(message));
  };
  const dragging = useDragging(slots, laid);
  const press = (/** @type {KeyboardEvent} */ event) => {
    const buttons = root.current?.querySelectorAll("button");
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: slots.length }[event.key];
    const slot = slots[at];
    if (to !== undefined) buttons?.[(to + slots.length + 1) % (slots.length + 1)]?.focus();
    else if ((event.key === "Delete" || event.key === "Backspace") && slot?.macro)
      laid({ characterId: slot.characterId, slots: { [slot.key]: null } });
    else return;
    event.preventDefault();
  };
  return html`
    <div class="hotbar" role="toolbar" aria-label="Hotbar" ref=${root} onKeyDown=${press}>
      ${slots.map(
        (slot, index) => html`
          <${SlotButton}
            key=${slot.key} slot=${slot} stop=${at === index} focus=${() => setAt(index)} run=${run} open=${open}
            dragging=${dragging(index, slot.macro !== undefined && !phone)}
          />`,
      )}
      <button
        type="button" class="btn btn--quiet btn--icon" aria-label="Macros" title="Macros"
        tabindex=${at === slots.length ? 0 : -1} onFocus=${() => setAt(slots.length)} onClick=${edit}
      ><${Icon} name="pencil" /></button>
      ${problem !== "" && html`<${Problem}>${problem}<//>`}
    </div>`;
}

/**
 * @param {{
 *   slot: Slot, stop: boolean, dragging: object, focus: () => void, run: Macros["run"], open: Macros["open"],
 * }} props `stop`: the tab key stops here
 */
function SlotButton({ slot: { key, macro }, stop, dragging, focus, run, open }) {
  const change = () => open(macro ? { form: false } : { form: true, macro: null, key });
  const menu = (/** @type {Event} */ event) => {
    event.preventDefault();
    change();
  };
  const name = macro
    ? html`<span class="slot__name">${macro.name}</span>`
    : html`<span class="visually-hidden">empty</span>`;
  return html`
    <button
      type="button" class="slot" data-empty=${macro ? undefined : ""} title=${macro?.text} tabindex=${stop ? 0 : -1}
      onFocus=${focus} onClick=${macro ? () => run(macro) : change} onContextMenu=${menu} ...${dragging}
    ><kbd>${key}</kbd>${name}</button>`;
}

/**
 * A macro is dragged onto another key; the two change places.
 *
 * @param {Slot[]} slots
 * @param {(laying: Laying) => void} laid
 * @returns {(index: number, draggable: boolean) => object} what the button of a slot is given
 */
function useDragging(slots, laid) {
  const dragged = useRef(/** @type {number | null} */ (null));
  return (index, draggable) => ({
    draggable,
    onDragStart: (/** @type {DragEvent} */ event) => {
      dragged.current = index;
      event.dataTransfer?.setData("text/plain", slots[index]?.macro?.text ?? "");
    },
    onDragOver: (/** @type {DragEvent} */ event) => {
      if (dragged.current !== null) event.preventDefault();
    },
    onDrop: (/** @type {DragEvent} */ event) => {
      const [from, to] = [slots[dragged.current ?? index], slots[index]];
      event.preventDefault();
      if (from && to && from !== to) laid(swapped(from, to));
    },
    onDragEnd: () => {
      dragged.current = null;
    },
  });
}
