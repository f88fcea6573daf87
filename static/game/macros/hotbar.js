/** @import { Macros } from "./use-macros.js" */

import { useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { swapped } from "./macros.js";

/**
 * What the keys 1 to 0 run: a press or a tap does too. One stop for the tab key, then the arrows.
 *
 * @param {{ macros: Macros, phone: boolean }} props
 */
export function Hotbar({ macros, phone }) {
  const { known, failed, slots, reload, open } = macros;
  const edit = () => open({ form: false });
  if (!known && failed)
    return html`<${Bare} words="Your macros could not be fetched." does="Try again" act=${reload} />`;
  if (!known) return html`<div class="hotbar" aria-hidden="true"></div>`;
  if (macros.macros.length === 0)
    return html`<${Bare} words="Keep what you roll often, and press a key for it." does="Make a macro" act=${() => open({ form: true, macro: null, key: "1" })} />`;
  if (slots.every(({ macro }) => macro === undefined))
    return html`<${Bare} words="Lay a macro on a key, 1 to 0." does="Macros" act=${edit} />`;
  return html`<${Keys} macros=${macros} phone=${phone} edit=${edit} />`;
}

/** @param {{ words: string, does: string, act: () => void }} props */
function Bare({ words, does, act }) {
  return html`<div class="hotbar hotbar--bare"><p>${words}</p><button type="button" class="btn btn--sm" onClick=${act}>${does}</button></div>`;
}

/** @param {{ macros: Macros, phone: boolean, edit: () => void }} props */
function Keys({ macros, phone, edit }) {
  const { slots, run, open, lay } = macros;
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const dragged = useRef(/** @type {number | null} */ (null));
  const [at, setAt] = useState(0);
  const [problem, setProblem] = useState("");
  const laid = (/** @type {import("./macros.js").Laying} */ laying) => {
    setProblem("");
    lay([laying]).catch(({ message }) => setProblem(message));
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: slots.length }[event.key];
    const slot = slots[at];
    if (to !== undefined)
      root.current?.querySelectorAll("button")[(to + slots.length + 1) % (slots.length + 1)]?.focus();
    else if ((event.key === "Delete" || event.key === "Backspace") && slot?.macro)
      laid({ characterId: slot.characterId, slots: { [slot.key]: null } });
    else return;
    event.preventDefault();
  };
  const drop = (/** @type {number} */ index) => (/** @type {DragEvent} */ event) => {
    const [from, to] = [slots[dragged.current ?? index], slots[index]];
    event.preventDefault();
    if (from && to && from !== to) laid(swapped(from, to));
  };
  const drag = (/** @type {number} */ index) => (/** @type {DragEvent} */ event) => {
    dragged.current = index;
    event.dataTransfer?.setData("text/plain", slots[index]?.macro?.text ?? "");
  };
  const over = (/** @type {DragEvent} */ event) => {
    if (dragged.current !== null) event.preventDefault();
  };
  return html`
    <div class="hotbar" role="toolbar" aria-label="Hotbar" ref=${root} onKeyDown=${press}>
      ${slots.map(({ key, macro }, index) => {
        const change = () => open(macro ? { form: false } : { form: true, macro: null, key });
        const menu = (/** @type {Event} */ event) => {
          event.preventDefault();
          change();
        };
        return html`
          <button
            key=${key} type="button" class="slot" data-empty=${macro ? undefined : ""} title=${macro?.text} tabindex=${at === index ? 0 : -1}
            draggable=${macro !== undefined && !phone} onFocus=${() => setAt(index)} onClick=${macro ? () => run(macro) : change}
            onContextMenu=${menu}
            onDragStart=${drag(index)} onDragOver=${over} onDrop=${drop(index)} onDragEnd=${() => (dragged.current = null)}
          ><kbd>${key}</kbd>${macro ? html`<span class="slot__name">${macro.name}</span>` : html`<span class="visually-hidden">empty</span>`}</button>`;
      })}
      <button type="button" class="btn btn--quiet btn--icon" aria-label="Macros" title="Macros" tabindex=${at === slots.length ? 0 : -1} onFocus=${() => setAt(slots.length)} onClick=${edit}><${Icon} name="pencil" /></button>
      ${problem !== "" && html`<p class="field__error" role="alert"><${Icon} name="warn" size="sm" />${problem}</p>`}
    </div>`;
}
