/** @import { Macro, Question } from "./macros.js" */

import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { useDialog } from "../ui/use-dialog.js";
import { questionsOf } from "./macros.js";

/**
 * What a macro asks before it is sent.
 *
 * @param {{ macro: Macro, answer: (answers: Map<string, string> | null) => void }} props
 */
export function MacroQuestions({ macro, answer }) {
  const given = useRef(/** @type {Map<string, string> | null} */ (null));
  const dialog = useDialog(() => answer(given.current));
  useLayoutEffect(() => {
    const first = dialog.current?.querySelector("input, select");
    if (first instanceof HTMLInputElement) first.select();
  }, []);
  const questions = questionsOf(macro.text);
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    given.current = new Map(questions.map(({ label }, index) => [label, String(form.get(`answer${index}`))]));
    dialog.current?.close();
  };
  return html`
    <dialog class="dialog" ref=${dialog} aria-labelledby="asks-title">
      <form class="macro-form" onSubmit=${submit}>
        <h2 id="asks-title">${macro.name}</h2>
        ${questions.map(
          (question, index) => html`
            <label key=${question.label} class="field"><span class="label">${question.label}</span>
              <${Answer} question=${question} name=${`answer${index}`} />
            </label>`,
        )}
        <div class="row">
          <button type="button" class="btn push" onClick=${() => dialog.current?.close()}>Cancel</button>
          <button type="submit" class="btn btn--primary">Run</button>
        </div>
      </form>
    </dialog>`;
}

/** @param {{ question: Question, name: string }} props */
function Answer({ question: { label, initial, choices }, name }) {
  if (choices.length === 0)
    return html`
      <input
        type="text" class="input" name=${name} defaultValue=${initial}
        maxlength="200" autocomplete="off" spellcheck=${false}
      />`;
  return html`
    <span class="select">
      <select aria-label=${label} name=${name}>
        ${choices.map(([words, value]) => html`<option value=${value}>${words}</option>`)}
      </select>
      <${Icon} name="down" size="sm" />
    </span>`;
}
