/** @import { Macro, Place } from "./macros.js" */
/** @import { Props } from "./macro-sheet.js" */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Problem } from "../ui/problem.js";
import { KeyChoice } from "./key-choice.js";
import { barsFor, MAX_LINES, moved, placeOf } from "./macros.js";

/**
 * Where a macro is written.
 *
 * @typedef {Props & { macro: Macro | null, asked: string | undefined, leave: () => void }} FormProps `asked`: the key
 *   that a new one is made for
 * @param {FormProps} props
 */
export function MacroForm(props) {
  const { macros, characters, isDm, macro, leave } = props;
  const first = useRef(/** @type {HTMLInputElement | null} */ (null));
  const { fields, own, place, setPlace, tieTo, busy, problem, save, remove } = useForm(props);
  const { name, text, shared, tied } = fields;
  useLayoutEffect(() => first.current?.focus(), []);
  return html`
    <form class="macro-form" onSubmit=${save}>
      <h2 id="macros-title">${macro === null ? "New macro" : "Edit macro"}</h2>
      <label class="field"><span class="label">Name</span>
        <input
          type="text" class="input" ref=${first} required maxlength="40" autocomplete="off" placeholder="Longsword"
          value=${name.value} onInput=${(/** @type {any} */ { target }) => name.set(target.value)}
        />
      </label>
      <${Text} text=${text.value} setText=${text.set} />
      <div class="macro-form__where">
        ${own && characters.length > 0 && html`<${For} characters=${characters} tied=${tied.value} change=${tieTo} />`}
        <div class="field"><span class="label">Key</span>
          <${KeyChoice}
            label="Key" macros=${macros} characters=${characters} place=${place} choose=${setPlace}
            where=${barsFor(tied.value, macros.characterId)}
          />
        </div>
      </div>
      ${isDm && html`<${Shared} shared=${shared.value} setShared=${shared.set} />`}
      ${problem !== "" && html`<${Problem}>${problem}<//>`}
      <div class="row">
        ${macro !== null && html`<${Delete} busy=${busy} act=${remove} />`}
        <button type="button" class="btn push" onClick=${leave}>Cancel</button>
        <button type="submit" class="btn btn--primary" disabled=${busy}>Save</button>
      </div>
    </form>`;
}

/**
 * What is being written, and saving it.
 *
 * @param {FormProps} props
 */
function useForm({ macros, characters, me, isDm, macro, asked, leave }) {
  const own = macro === null || macro.owner_id === me;
  const tie = own ? characters.find(({ id }) => id === macro?.character_id) : undefined;
  const fields = {
    name: useField(macro?.name ?? ""),
    text: useField(macro?.text ?? ""),
    shared: useField(macro?.shared ?? false),
    tied: useField(tie?.id ?? null),
  };
  const before = macro
    ? placeOf(macro.id, macros.bars, barsFor(tie?.id ?? null, macros.characterId))
    : undefined;
  const [place, setPlace] = useState(
    /** @type {Place | undefined} */ (before ?? firstFree(macros.slots, macro, asked)),
  );
  const { busy, problem, doing } = useDoing(leave);
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    const { name, text, shared, tied } = fields;
    const shares = isDm && { shared: shared.value };
    const ties = own && { character_id: tied.value };
    doing(async () => {
      const saved = await macros.save(macro?.id ?? null, {
        name: name.value,
        text: text.value,
        ...shares,
        ...ties,
      });
      await macros.lay(moved(saved.id, before, place));
    });
  };
  const tieTo = (/** @type {any} */ { target }) => {
    const id = target.value === "" ? null : Number(target.value);
    fields.tied.set(id);
    // Its key goes along to the bar of whom it is for.
    setPlace(place && { characterId: id, key: place.key });
  };
  const remove = () => macro && doing(() => macros.remove(macro.id));
  return { fields, own, place, setPlace, tieTo, busy, problem, save, remove };
}

/**
 * @template T
 * @param {T} initial
 */
function useField(initial) {
  const [value, set] = useState(initial);
  return { value, set };
}

/**
 * One thing at a time, and what went wrong with it.
 *
 * @param {() => void} done
 */
function useDoing(done) {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const doing = async (/** @type {() => Promise<void>} */ act) => {
    setProblem("");
    setBusy(true);
    await act().then(done, ({ message }) => setProblem(message));
    setBusy(false);
  };
  return { busy, problem, doing };
}

/** @param {{ text: string, setText: (text: string) => void }} props */
function Text({ text, setText }) {
  return html`
    <label class="field"><span class="label">What it sends</span>
      <textarea
        class="input" rows="3" required maxlength="2000" spellcheck=${false} placeholder="/roll 1d20+5 # Longsword"
        aria-describedby="macro-hint"
        value=${text} onInput=${(/** @type {any} */ { target }) => setText(target.value)}
      ></textarea>
    </label>
    <p class="field__hint" id="macro-hint">
      As you would type it in the chat, at most ${MAX_LINES} lines. <code>?{Bonus|0}</code> asks you first,${" "}
      <code>?{Edge|Flat,1d20|Advantage,2d20kh1}</code> lets you choose.
    </p>`;
}

/** @param {{ shared: boolean, setShared: (shared: boolean) => void }} props */
function Shared({ shared, setShared }) {
  return html`
    <label class="check">
      <input type="checkbox" checked=${shared} onChange=${() => setShared(!shared)} />
      Everybody in the campaign may use it
    </label>`;
}

/** @param {{ characters: Props["characters"], tied: number | null, change: (event: Event) => void }} props */
function For({ characters, tied, change }) {
  return html`
    <label class="field"><span class="label">For</span>
      <span class="select">
        <select aria-label="For" onChange=${change}>
          <option value="" selected=${tied === null}>All your characters</option>
          ${characters.map(
            ({ id, name }) => html`<option key=${id} value=${id} selected=${id === tied}>${name}</option>`,
          )}
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
  const press = sure ? act : () => setSure(true);
  return html`
    <button
      type="button" class="btn btn--danger" disabled=${busy} onClick=${press}
    >${sure ? "Delete for good" : "Delete"}</button>`;
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
