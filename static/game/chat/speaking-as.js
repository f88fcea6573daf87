/** @import { ChatSeat } from "./commands.js" */
/** @import { Drafts } from "./use-drafts.js" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

/**
 * Who speaks: one of the user's characters, or the user.
 *
 * @param {{ seat: ChatSeat, own: Drafts }} props
 */
export function SpeakingAs({ seat: { characters, characterId, playAs }, own: { aside, setAside } }) {
  if (characters.length === 0) return null;
  const change = (/** @type {any} */ { target: { value } }) => {
    setAside(value === "");
    if (value !== "") playAs(Number(value));
  };
  return html`
    <div class="say__as">
      <label>Speaking as
        <span class="select select--bare">
          <select onChange=${change}>
            ${characters.map(
              ({ id, name }) =>
                html`<option key=${id} value=${id} selected=${!aside && id === characterId}>${name}</option>`,
            )}
            <option value="" selected=${aside || characterId === null}>Yourself (out of character)</option>
          </select>
          <${Icon} name="down" size="sm" />
        </span>
      </label>
    </div>`;
}
