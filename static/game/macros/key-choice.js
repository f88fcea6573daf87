/** @import { Place } from "./macros.js" */
/** @import { Macros } from "./use-macros.js" */
/** @import { Character } from "../table/types.d.ts" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { KEYS } from "./macros.js";

/**
 * A key, of the bar for all characters or of one character's; each says what lies on it now.
 *
 * @param {{
 *   label: string, macros: Macros, characters: Character[],
 *   where: (number | null)[], place: Place | undefined, choose: (place: Place | undefined) => void,
 * }} props `where`: the bars that are offered
 */
export function KeyChoice({ label, macros, characters, where, place, choose }) {
  const change = (/** @type {any} */ { target }) => {
    const [bar, key] = target.value.split(" ");
    choose(key === undefined ? undefined : { characterId: bar === "all" ? null : Number(bar), key });
  };
  const options = (/** @type {number | null} */ id) => {
    const slots = macros.bars.find((bar) => bar.character_id === id)?.slots ?? {};
    return KEYS.map((key) => {
      const chosen = place?.key === key && place.characterId === id;
      const lies = chosen ? undefined : macros.macros.find((macro) => macro.id === slots[key]);
      const words = lies ? `${key} (${lies.name})` : key;
      return html`<option key=${key} value=${`${id ?? "all"} ${key}`} selected=${chosen}>${words}</option>`;
    });
  };
  const nameOf = (/** @type {number | null} */ id) =>
    id === null ? "All your characters" : (characters.find((one) => one.id === id)?.name ?? "");
  const bars = where.map((id) => html`<optgroup key=${id} label=${nameOf(id)}>${options(id)}</optgroup>`);
  return html`
    <span class="select key-choice">
      <select aria-label=${label} onChange=${change}>
        <option value="" selected=${place === undefined}>No key</option>
        ${where.length === 1 && where[0] === null ? options(null) : bars}
      </select>
      <${Icon} name="down" size="sm" />
    </span>`;
}
