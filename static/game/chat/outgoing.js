/** @import { Command, Refused } from "../client/types.d.ts" */
/** @import { Subjects } from "../table/types.d.ts" */

import { subjectWith } from "../table/subject.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Problem } from "../ui/problem.js";

/**
 * What one said that the server has not answered yet, or gave back.
 *
 * @param {{
 *   subjects: Subjects,
 *   pending: Command[],
 *   refused: Refused[],
 *   sendAgain: (refused: Refused) => void,
 *   dismiss: (refused: Refused) => void,
 *   edit: (refused: Refused) => void,
 * }} props
 */
export function Outgoing({ subjects, pending, refused, sendAgain, dismiss, edit }) {
  // A browser says some things for its player unasked.
  const spoken = pending.filter(({ event }) => subjects.outgoing[event]);
  if (spoken.length + refused.length === 0) return null;
  return html`
    <ul class="outgoing" aria-label="On the way">
      ${spoken.map((command) => html`<${Waiting} key=${command.id} command=${command} subjects=${subjects} />`)}
      ${refused.map((back) => {
        const { event } = back.command;
        const mayEdit = Boolean(subjectWith(subjects, "drafts", event)?.drafts[event]);
        return html`
          <${GivenBack}
            key=${back.command.id} back=${back} words=${said(back.command, subjects)}
            edit=${mayEdit ? () => edit(back) : null} sendAgain=${() => sendAgain(back)} dismiss=${() => dismiss(back)}
          />`;
      })}
    </ul>`;
}

/** @param {{ command: Command, subjects: Subjects }} props */
function Waiting({ command, subjects }) {
  const { state } = command;
  const done = state === "acked";
  const words = done ? "Delivered" : "Waiting to be sent";
  return html`
    <li data-pending=${state}>
      <div class="line">
        <p class="said">${said(command, subjects)}</p>
        <span class="sent" data-state=${done ? undefined : "queued"} title=${words}>
          <${Icon} name=${done ? "tick" : "clock"} size="sm" /><span class="visually-hidden">${words}</span>
        </span>
      </div>
    </li>`;
}

/**
 * @param {{ back: Refused, words: string, edit: (() => void) | null, sendAgain: () => void, dismiss: () => void }}
 *   props
 *   `edit` only for what can be written anew
 */
function GivenBack({ back, words, edit, sendAgain, dismiss }) {
  return html`
    <li class="refused">
      <p class="said">${words}</p>
      <${Problem}>Not sent: ${back.message}<//>
      <div class="row row--wrap">
        ${edit && html`<button type="button" class="btn btn--sm" onClick=${edit}>Edit</button>`}
        <button type="button" class="btn btn--sm" onClick=${sendAgain}>Send again</button>
        <button type="button" class="btn btn--sm btn--quiet" onClick=${dismiss}>Dismiss</button>
      </div>
    </li>`;
}

/**
 * @param {Command} command
 * @param {Subjects} subjects
 * @returns {string}
 */
function said({ event, data }, { outgoing }) {
  return outgoing[event]?.(data) ?? "";
}
