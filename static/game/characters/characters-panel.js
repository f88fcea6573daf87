/** @import { Figure } from "../ui/sigils.js" */
/** @import { Player } from "../client/types.d.ts" */

import { nameOf, personOf } from "../table/describe.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Seat } from "../ui/sigil.js";

/**
 * Who plays whom: those who are here as they play now, then the campaign's other characters.
 *
 * @param {{ players: Player[], cast: Figure[], me: number, campaignUrl: string }} props
 */
export function CharactersPanel({ players, cast, me, campaignUrl }) {
  const played = players.filter(({ character_id }) => character_id !== null);
  const others = cast.filter(
    ({ character_id }) => !played.some((player) => player.character_id === character_id),
  );
  return html`
    <div class="panel__scroll" tabindex="0">
      ${
        played.length + others.length === 0
          ? html`<div class="empty"><${Icon} name="person" /><h3>Nobody has a character yet</h3><p>Make one on the campaign’s page, and sit down again to play it.</p></div>`
          : html`<ul class="list list--tight cast-list">
              ${[...played, ...others].map((figure) => html`<${Played} key=${figure.character_id} figure=${figure} mine=${figure.user_id === me} state=${stateOf(figure, players)} />`)}
            </ul>`
      }
      <a class="btn" href=${campaignUrl}><${Icon} name="pencil" />Characters of the campaign</a>
    </div>`;
}

/**
 * @param {Figure} figure
 * @param {Player[]} players
 * @returns {"played" | "waiting" | "away"} `waiting`: its player is here as somebody else
 */
function stateOf({ user_id, character_id }, players) {
  const player = players.find((other) => other.user_id === user_id);
  if (player === undefined) return "away";
  return player.character_id === character_id ? "played" : "waiting";
}

/** @param {{ figure: Figure, mine: boolean, state: ReturnType<typeof stateOf> }} props */
function Played({ figure, mine, state }) {
  const who = mine ? "you" : personOf(figure);
  const words = { played: `Played by ${who}`, waiting: `Belongs to ${who}`, away: `Belongs to ${who}, away` };
  return html`
    <li>
      <${Seat} player=${figure} size="lg" away=${state !== "played"} />
      <div class="list__main"><b class="list__title">${nameOf(figure)}</b><p>${words[state]}</p></div>
    </li>`;
}
