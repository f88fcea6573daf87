/** @import { Player } from "../wire.d.ts" */

import { html } from "./html.js";

const PARTS = { dm: "DM", spectator: "watching", player: "" };

/** @param {{ players: Player[], me: number }} props */
export function Players({ players, me }) {
  return html`
    <h2>At the table <span class="quiet">${players.length}</span></h2>
    <ul class="players" aria-label="At the table">
      ${players.map(
        (player) => html`
          <li key=${player.user_id} data-player=${(player.user_id % 8) + 1}>
            <b class="name">${player.character_name ?? player.username}</b>
            ${player.character_name && html`<span class="quiet">${player.username}</span>`}
            ${player.user_id === me && html`<span class="quiet">you</span>`}
            ${PARTS[player.role] && html`<span class="badge">${PARTS[player.role]}</span>`}
          </li>`,
      )}
    </ul>`;
}
