/** @import { Visibility } from "./use-tray.js" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

/** @type {[Visibility, string][]} */
const CHOICES = [
  ["public", "Everybody"],
  ["dm", "You and the DM"],
  ["blind", "The DM only (blind)"],
  ["self", "Only you"],
];

/**
 * How a roll is made: dice rolled by hand can't be blind.
 *
 * @param {Visibility} chosen
 * @param {boolean} byHand
 */
export function seenAs(chosen, byHand) {
  return byHand && chosen === "blind" ? "dm" : chosen;
}

/**
 * Who sees the next roll.
 *
 * @param {{ visibility: Visibility, byHand: boolean, choose: (visibility: Visibility) => void }} props
 */
export function VisibilityChoice({ visibility, byHand, choose }) {
  const choices = CHOICES.filter(([name]) => seenAs(name, byHand) === name);
  return html`
    <label class="tray__seen" data-secret=${visibility !== "public" || undefined}>
      <${Icon} name=${visibility === "public" ? "eye" : "eye-off"} size="sm" />Seen by
      <span class="select select--bare">
        <select onChange=${(/** @type {any} */ { target }) => choose(target.value)}>
          ${choices.map(
            ([name, label]) =>
              html`<option key=${name} value=${name} selected=${name === visibility}>${label}</option>`,
          )}
        </select>
        <${Icon} name="down" size="sm" />
      </span>
    </label>`;
}
