/** @import { Player } from "../wire.d.ts" */

import { sigilOf, sigilOfName } from "../sigils.js";
import { nameOf } from "../words.js";
import { html } from "./html.js";

/** @param {{ player: Player, size?: "sm" | "lg" }} props */
export function Sigil({ player, size }) {
  const { colour, device, initial } = sigilOf(player);
  const names = size ? `sigil sigil--${size}` : "sigil";
  return html`<span class=${names} data-player=${colour} data-device=${device} aria-hidden="true">${initial}</span>`;
}

/**
 * The mark of a name in the order of turns: that of whoever plays it, or a creature's.
 *
 * @param {{ name: string, players: Player[] }} props
 */
export function SigilOfName({ name, players }) {
  const player = playing(name, players);
  if (player !== undefined) return html`<${Sigil} player=${player} />`;
  const { device, initial } = sigilOfName(name);
  return html`<span class="sigil sigil--foe" data-device=${device} aria-hidden="true">${initial}</span>`;
}

/**
 * Who at the table plays a name.
 *
 * @param {string} name
 * @param {Player[]} players
 */
export function playing(name, players) {
  return players.find((player) => nameOf(player) === name);
}

/**
 * A sigil with the dot that says somebody is here.
 *
 * @param {{ player: Player, size?: "sm" | "lg" }} props
 */
export function Seat({ player, size }) {
  return html`<span class="seat"><${Sigil} player=${player} size=${size} /><span class="presence" data-state="here"></span></span>`;
}
