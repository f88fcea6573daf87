/** @import { Command, Refused } from "../client/types.d.ts" */

import { actionWords } from "../table/describe.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

/** What can be written anew; a turn or a fight is set again where it was set. */
const EDITABLE = new Set(["chat_message", "player_action", "dice_roll", "dm_narration"]);

/** What a browser says for its player unasked. */
const UNSPOKEN = new Set(["seed_set", "fairness_rotate"]);

/**
 * What one said that the server has not answered yet, or gave back.
 *
 * @param {{
 *   pending: Command[],
 *   refused: Refused[],
 *   sendAgain: (refused: Refused) => void,
 *   dismiss: (refused: Refused) => void,
 *   edit: (refused: Refused) => void,
 * }} props
 */
export function Outgoing({ pending, refused, sendAgain, dismiss, edit }) {
  const spoken = pending.filter(({ event }) => !UNSPOKEN.has(event));
  if (spoken.length + refused.length === 0) return null;
  return html`
    <ul class="outgoing" aria-label="On the way">
      ${spoken.map(
        (command) => html`
          <li key=${command.id} data-pending=${command.state}>
            <div class="line"><p class="said">${said(command)}</p><${Mark} state=${command.state} /></div>
          </li>`,
      )}
      ${refused.map(
        (back) => html`
          <li key=${back.command.id} class="refused">
            <p class="said">${said(back.command)}</p>
            <p class="field__error" role="alert"><${Icon} name="warn" size="sm" />Not sent: ${back.message}</p>
            <div class="row row--wrap">
              ${EDITABLE.has(back.command.event) && html`<button type="button" class="btn btn--sm" onClick=${() => edit(back)}>Edit</button>`}
              <button type="button" class="btn btn--sm" onClick=${() => sendAgain(back)}>Send again</button>
              <button type="button" class="btn btn--sm btn--quiet" onClick=${() => dismiss(back)}>Dismiss</button>
            </div>
          </li>`,
      )}
    </ul>`;
}

/** @param {{ state: Command["state"] }} props */
function Mark({ state }) {
  const done = state === "acked";
  const words = done ? "Delivered" : "Waiting to be sent";
  return html`
    <span class="sent" data-state=${done ? undefined : "queued"} title=${words}>
      <${Icon} name=${done ? "tick" : "clock"} size="sm" /><span class="visually-hidden">${words}</span>
    </span>`;
}

/** @param {Command} command */
function said({ event, data }) {
  const { message, narration, formula, result, action_type, details, turn, combat } = /** @type {any} */ (
    data
  );
  if (event === "chat_message") return message;
  if (event === "dm_narration") return narration;
  if (event === "dice_roll") return result === undefined ? formula : `${formula}: ${result}, rolled by hand`;
  if (event === "table_draw") return "A draw from a table";
  if (event === "table_reset") return "A deck, put together again";
  if (event === "roll_reveal") return "A hidden roll, shown to everybody";
  if (event === "player_action") {
    const words = actionWords({ action_type, details });
    return words.map(({ text }) => text).join(" ");
  }
  if (event === "turn_change") return `Turn: ${turn.current_character_name ?? "nobody’s"}`;
  if (event === "seed_set") return "Your seed";
  if (event === "fairness_rotate") return "A new server seed";
  return combat.active ? "The fight, as you changed it" : "The end of the fight";
}
