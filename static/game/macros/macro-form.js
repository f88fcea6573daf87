/** @import { Macro, Place } from "./macros.js" */
/** @import { Props } from "./macro-sheet.js" */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { KeyChoice } from "./key-choice.js";
import { barsFor, MAX_LINES, moved, placeOf } from "./macros.js";

/**
 * Where a macro is written.
 *
 * @param {Props & { macro: Macro | null, asked: string | undefined, leave: () => void }} props
 *   `asked`: the key that a new one is made for
 */
export function MacroForm({ macros, characters, me, isDm, macro, asked, leave }) {
  const own = macro === null || macro.owner_id === me;
  const first = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [name, setName] = useState(macro?.name ?? "");
  const [text, setText] = useState(macro?.text ?? "");
  const [shared, setShared] = useState(macro?.shared ?? false);
  const tie = own ? characters.find(({ id }) => id === macro?.character_id) : undefined;
  const [tied, setTied] = useState(tie?.id ?? null);
  const before = macro
    ? placeOf(macro.id, macros.bars, barsFor(tie?.id ?? null, macros.characterId))
    : undefined;
  const [place, setPlace] = useState(
    /** @type {Place | undefined} */ (before ?? firstFree(macros.slots, macro, asked)),
  );
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  useLayoutEffect(() => first.current?.focus(), []);
  const doing = async (/** @type {() => Promise<void>} */ act) => {
    setProblem("");
    setBusy(true);
    await act().then(leave, ({ message }) => setProblem(message));
    setBusy(false);
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    doing(async () => {
      const fields = { name, text, ...(isDm && { shared }), ...(own && { character_id: tied }) };
      const saved = await macros.save(macro?.id ?? null, fields);
      await macros.lay(moved(saved.id, before, place));
    });
  };
  const tieTo = (/** @type {any} */ { target }) => {
    const id = target.value === "" ? null : Number(target.value);
    setTied(id);
    // Its key goes along to the bar of whom it is for.
    setPlace(place && { characterId: id, key: place.key });
  };
  return html`
    <form class="macro-form" onSubmit=${submit}>
      <h2 id="macros-title">${macro === null ? "New macro" : "Edit macro"}</h2>
      <label class="field"><span class="label">Name</span>
        <input type="text" class="input" ref=${first} value=${name} required maxlength="40" autocomplete="off" placeholder="Longsword" onInput=${(/** @type {any} */ { target }) => setName(target.value)} />
      </label>
      <label class="field"><span class="label">What it sends</span>
        <textarea class="input" rows="3" required maxlength="2000" spellcheck=${false} placeholder="/roll 1d20+5 # Longsword" aria-describedby="macro-hint" value=${text} onInput=${(/** @type {any} */ { target }) => setText(target.value)}></textarea>
      </label>
      <p class="field__hint" id="macro-hint">As you would type it in the chat, at most ${MAX_LINES} lines. <code>?{Bonus|0}</code> asks you first, <code>?{Edge|Flat,1d20|Advantage,2d20kh1}</code> lets you choose.</p>
      <div class="macro-form__where">
        ${own && characters.length > 0 && html`<${For} characters=${characters} tied=${tied} change=${tieTo} />`}
        <div class="field"><span class="label">Key</span>
          <${KeyChoice} label="Key" macros=${macros} characters=${characters} where=${barsFor(tied, macros.characterId)} place=${place} choose=${setPlace} />
        </div>
      </div>
      ${isDm && html`<label class="check"><input type="checkbox" checked=${shared} onChange=${() => setShared(!shared)} />Everybody in the campaign may use it</label>`}
      ${problem !== "" && html`<p class="field__error" role="alert"><${Icon} name="warn" size="sm" />${problem}</p>`}
      <div class="row">
        ${macro !== null && html`<${Delete} busy=${busy} act=${() => doing(() => macros.remove(macro.id))} />`}
        <button type="button" class="btn push" onClick=${leave}>Cancel</button>
        <button type="submit" class="btn btn--primary" disabled=${busy}>Save</button>
      </div>
    </form>`;
}

/** @param {{ characters: Props["characters"], tied: number | null, change: (event: Event) => void }} props */
function For({ characters, tied, change }) {
  return html`
    <label class="field"><span class="label">For</span>
      <span class="select">
        <select aria-label="For" onChange=${change}>
          <option value="" selected=${tied === null}>All your characters</option>
          ${characters.map(({ id, name }) => html`<option key=${id} value=${id} selected=${id === tied}>${name}</option>`)}
        </select>
        <${Icon} name="down" size="sm" />
      </span>
    </label>`;
}

/**
 * Asks once more: what was deleted does not come back.
 *
 * @param {{ busy: boolean, act: () => void }} props
 */
function Delete({ busy, act }) {
  const [sure, setSure] = useState(false);
  return html`<button type="button" class="btn btn--danger" disabled=${busy} onClick=${sure ? act : () => setSure(true)}>${sure ? "Delete for good" : "Delete"}</button>`;
}

/**
 * The key that a new macro is offered: the one asked for, or the first that runs nothing.
 *
 * @param {Props["macros"]["slots"]} slots
 * @param {Macro | null} macro
 * @param {string | undefined} asked
 * @returns {Place | undefined}
 */
function firstFree(slots, macro, asked) {
  const key = asked ?? slots.find((slot) => slot.macro === undefined)?.key;
  return macro === null && key !== undefined ? { characterId: null, key } : undefined;
}
