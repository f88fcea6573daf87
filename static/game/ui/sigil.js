/** @import { Figure } from "./sigils.js" */

import { html } from "./html.js";
import { nameOf } from "./names.js";
import { sigilOf, sigilOfName } from "./sigils.js";

/** @param {{ player: Figure, size?: "sm" | "lg" }} props */
export function Sigil({ player, size }) {
  const { colour, device, initial } = sigilOf(player);
  const names = size ? `sigil sigil--${size}` : "sigil";
  return html`<span class=${names} data-player=${colour} data-device=${device} aria-hidden="true">${initial}</span>`;
}

/**
 * The mark of a name in the initiative order: its player's, here or away, or a creature's.
 *
 * @param {{ name: string, player: Figure | undefined, away: boolean }} props
 */
export function SigilOfName({ name, player, away }) {
  if (player !== undefined)
    return away ? html`<${Seat} player=${player} away />` : html`<${Sigil} player=${player} />`;
  const { device, initial } = sigilOfName(name);
  return html`<span class="sigil sigil--foe" data-device=${device} aria-hidden="true">${initial}</span>`;
}

/**
 * Who plays a name.
 *
 * @template {Figure} Someone
 * @param {string} name
 * @param {Someone[]} figures
 */
export function playing(name, figures) {
  return figures.find((figure) => nameOf(figure) === name);
}

/**
 * A sigil with the mark that says whether somebody is here.
 *
 * @param {{ player: Figure, size?: "sm" | "lg", away?: boolean, reconnecting?: boolean }} props `reconnecting`: their
 *   line is cut, and they may come back
 */
export function Seat({ player, size, away = false, reconnecting = false }) {
  const line = reconnecting ? "reconnecting" : "here";
  const told = away ? "Away: " : reconnecting && "Reconnecting: ";
  return html`
    <span class="seat">
      <${Sigil} player=${player} size=${size} />
      <span class="presence" data-state=${away ? "offline" : line}></span>
      ${told && html`<span class="visually-hidden">${told}</span>`}
    </span>`;
}
