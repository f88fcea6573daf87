/** @import { Figure } from "../ui/sigils.js" */
/** @import { Player } from "../client/types.d.ts" */
/** @import { Seat as AtTable } from "../table/types.d.ts" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { nameOf, personOf } from "../ui/names.js";
import { Seat } from "../ui/sigil.js";

/**
 * Who plays whom: those who are here as they play now, then the campaign's other characters.
 *
 * @param {{ seat: AtTable }} props
 */
export function CharactersPanel({ seat: { state, cast, userId, place } }) {
  const { players } = state;
  const played = players.filter(({ character_id }) => character_id !== null);
  const others = cast.filter(
    ({ character_id }) => !played.some((player) => player.character_id === character_id),
  );
  const shown = [...played, ...others].map((figure) => {
    const [mine, now] = [figure.user_id === userId, stateOf(figure, players)];
    return html`<${Played} key=${figure.character_id} figure=${figure} mine=${mine} state=${now} />`;
  });
  return html`
    <div class="panel__scroll" tabindex="0">
      ${shown.length === 0 ? html`<${Nobody} />` : html`<ul class="list list--tight cast-list">${shown}</ul>`}
      <a class="btn" href=${place.campaignUrl}><${Icon} name="pencil" />Characters of the campaign</a>
    </div>`;
}

function Nobody() {
  return html`
    <div class="empty">
      <${Icon} name="person" />
      <h3>No characters yet</h3>
      <p>Create one on the campaign’s page, then join the table again to play it.</p>
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
