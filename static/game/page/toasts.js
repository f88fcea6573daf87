/** @import { Refused } from "../client/types.d.ts" */
/** @import { State } from "../table/types.d.ts" */

import { useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { focusOn } from "../ui/use-keys.js";

/** What a refusal that belongs to no command may say to a person; the others are between the machines. */
const TOLD = new Set(["forbidden", "not_found", "invalid", "conflict"]);

/**
 * What the server refused: commands given back while one does not look at the chat, where they wait to be edited, and
 * what stands nowhere else.
 *
 * @param {{ refused: Refused[], errors: State["errors"], inChat: boolean, toChat: () => void }} props
 */
export function Toasts({ refused, errors, inChat, toChat }) {
  const [read, setRead] = useState(/** @type {State["errors"][number] | undefined} */ (undefined));
  const [left, leave] = useState(/** @type {Refused | undefined} */ (undefined));
  const latest = refused.at(-1);
  const back = inChat || latest === left ? undefined : latest;
  const error = errors.findLast(({ id, code }) => id === undefined && TOLD.has(code));
  const forget = dismissed(() => leave(back));
  const done = dismissed(() => setRead(error));
  return html`
    <div class="toasts">
      ${back && html`<${Toast} title="Not sent" text=${back.message} does="Show" act=${toChat} close=${forget} />`}
      ${
        error !== undefined &&
        error !== read &&
        html`<${Toast} title="The server refused" text=${error.message} does="Dismiss" act=${done} />`
      }
    </div>`;
}

/** @param {() => void} close */
const dismissed = (close) => (/** @type {Event} */ event) => {
  focusOn(event);
  close();
};

/**
 * @param {{
 *   title: string, text: string, does: string, act: (event: Event) => void, close?: (event: Event) => void,
 * }} props
 */
function Toast({ title, text, does, act, close }) {
  return html`
    <div class="toast" role="alert" data-kind="error">
      <${Icon} name="warn" />
      <div><strong>${title}</strong><p>${text}</p></div>
      <button type="button" class="btn btn--sm" onClick=${act}>${does}</button>
      ${close && html`<${Dismiss} act=${close} />`}
    </div>`;
}

/** @param {{ act: (event: Event) => void }} props */
function Dismiss({ act }) {
  return html`
    <button
      type="button" class="btn btn--sm btn--icon btn--quiet" aria-label="Dismiss" onClick=${act}
    ><${Icon} name="x" size="sm" /></button>`;
}
