/** @import { Command, Refused } from "../wire.d.ts" */

import { html } from "./html.js";

/**
 * What the player said that the server has not answered yet, or gave back.
 *
 * @param {{
 *   pending: Command[],
 *   refused: Refused[],
 *   sendAgain: (refused: Refused) => void,
 *   dismiss: (refused: Refused) => void,
 * }} props
 */
export function Outgoing({ pending, refused, sendAgain, dismiss }) {
  return html`
    <ul class="log outgoing" aria-label="On the way">
      ${refused.map(
        (back) => html`
          <li class="line" data-refused key=${back.command.id}>
            <span class="text">${words(back.command)}</span>
            <span class="reason" role="alert">Not sent: ${back.message}</span>
            <button type="button" onClick=${() => sendAgain(back)}>Send again</button>
            <button type="button" onClick=${() => dismiss(back)}>Dismiss</button>
          </li>`,
      )}
      ${pending.map(
        (command) => html`
          <li class="line" data-pending=${command.state} key=${command.id}>
            <span class="mark" role="img" aria-label=${command.state === "acked" ? "Delivered" : "Waiting"}>
              ${command.state === "acked" ? "✓" : "◷"}
            </span>
            <span class="text">${words(command)}</span>
          </li>`,
      )}
    </ul>`;
}

/** @param {Command} command */
function words({ event, data }) {
  const said =
    /** @type {{ message?: string, narration?: string, formula?: string, details?: { text?: string } }} */ (
      data
    );
  return said.message ?? said.narration ?? said.formula ?? said.details?.text ?? event.replaceAll("_", " ");
}
