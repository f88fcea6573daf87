/** @import { Player } from "../client/types.d.ts" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { personOf } from "../ui/names.js";
import { Seat } from "../ui/sigil.js";

/** @param {{ players: Player[], reconnecting: number[], me: number }} props */
export function Players({ players, reconnecting, me }) {
  return html`
    <h2 class="rail__title">At the table <span class="num">${players.length}</span></h2>
    <ul aria-label="At the table">
      ${inOrder(players).map((player) => {
        const isCut = reconnecting.includes(player.user_id);
        const mine = player.user_id === me;
        return html`<${Person} key=${player.user_id} player=${player} mine=${mine} isCut=${isCut} />`;
      })}
    </ul>`;
}

/**
 * The DM first, those who watch last, and within that by name.
 *
 * @param {Player[]} players
 */
export function inOrder(players) {
  const rank = { dm: 0, player: 1, spectator: 2 };
  return players.toSorted(
    (one, other) => rank[one.role] - rank[other.role] || personOf(one).localeCompare(personOf(other)),
  );
}

/** @param {{ player: Player, mine: boolean, isCut: boolean }} props */
function Person({ player, mine, isCut }) {
  const { character_name, role } = player;
  const name = personOf(player);
  return html`
    <li class="entry" title=${character_name === null ? name : `${name}, ${character_name}`}>
      <${Seat} player=${player} size="sm" reconnecting=${isCut} />
      <span class="entry__text">
        <b>${name}</b>
        <small>
          ${role === "dm" && html`<span class="badge" data-role="dm"><${Icon} name="lantern" size="sm" />DM</span> `}
          ${role === "spectator" && html`<span class="badge"><${Icon} name="eye" size="sm" />Spectator</span> `}
          ${character_name}${mine && html`<span class="quiet"> (you)</span>`}
          ${isCut && html`<span class="quiet"> reconnecting</span>`}
        </small>
      </span>
    </li>`;
}
