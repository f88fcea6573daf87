/** @import { Refused } from "../wire.d.ts" */

import { html } from "./html.js";
import { Icon } from "./icon.js";

/**
 * What the server gave back while one was not looking at the chat, where it waits to be edited.
 *
 * @param {{ refused: Refused[], toChat: () => void }} props
 */
export function RefusalToast({ refused, toChat }) {
  const last = refused.at(-1);
  if (last === undefined) return null;
  return html`
    <div class="toasts">
      <div class="toast" role="alert" data-kind="error">
        <${Icon} name="warn" />
        <div><strong>Not sent</strong><p>${last.message}</p></div>
        <button type="button" class="btn btn--sm" onClick=${toChat}>Show</button>
      </div>
    </div>`;
}
