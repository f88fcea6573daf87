/** @import { Player } from "../wire.d.ts" */

import { personOf } from "../words.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { Sigil } from "./sigil.js";

/**
 * Who plays whom.
 *
 * @param {{ players: Player[], me: number, campaignUrl: string }} props
 */
export function CharactersPanel({ players, me, campaignUrl }) {
  const played = players.filter(({ character_name }) => character_name !== null);
  return html`
    <div class="panel__scroll" tabindex="0">
      ${
        played.length === 0
          ? html`<div class="empty"><${Icon} name="person" /><h3>Nobody plays a character yet</h3><p>Characters are made on the campaign’s page. Sit down again to play one.</p></div>`
          : html`<ul class="list list--tight cast-list">
              ${played.map((player) => html`<${Played} key=${player.user_id} player=${player} mine=${player.user_id === me} />`)}
            </ul>`
      }
      <a class="btn" href=${campaignUrl}><${Icon} name="pencil" />Characters of the campaign</a>
    </div>`;
}

/** @param {{ player: Player, mine: boolean }} props */
function Played({ player, mine }) {
  return html`
    <li>
      <${Sigil} player=${player} size="lg" />
      <div class="list__main"><b class="list__title">${player.character_name}</b><p>Played by ${mine ? "you" : personOf(player)}</p></div>
    </li>`;
}
