/** @import { Player } from "../client/types.d.ts" */
/** @import { Connection } from "../table/connection.js" */
/** @import { Seat as AtTable } from "../table/types.d.ts" */
/** @import { Item } from "../ui/menu.js" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Menu } from "../ui/menu.js";
import { personOf } from "../ui/names.js";
import { Seat } from "../ui/sigil.js";
import { inOrder } from "./players.js";

const ICONS = { connected: "on", "caught-up": "tick", reconnecting: "retry", lost: "warn" };
/** Faces in the bar; the list has them all. */
const MOST = 6;

/**
 * @param {{
 *   seat: AtTable,
 *   connection: Connection,
 *   theme: [dark: boolean, toggle: () => void],
 *   menu: { page: Item[], campaign: Item[], leaving: Item[] },
 * }} props
 */
export function TopBar({ seat: { place, state }, connection, theme: [dark, switchTheme], menu }) {
  const { page, campaign, leaving } = menu;
  return html`
    <header class="bar">
      <a class="brand" href=${place.lobbyUrl} aria-label="RollScape, your campaigns"><${Icon} name="logo" /></a>
      <div class="where"><a href=${place.campaignUrl}>${place.campaign}</a><h1>${place.session}</h1></div>
      ${state.ended && html`<span class="badge"><${Icon} name="lock" size="sm" />Ended</span>`}
      <${LinkState} connection=${connection} />
      <${Faces} players=${state.players} reconnecting=${state.reconnecting} />
      <div class="row bar__tools">
        <button
          type="button" class="btn btn--quiet btn--icon" data-theme-toggle
          aria-label=${dark ? "Switch to light theme" : "Switch to dark theme"} onClick=${switchTheme}
        >
          <${Icon} name=${dark ? "sun" : "moon"} />
        </button>
        <${Menu} name="Session menu" label="Session" groups=${[page, campaign, leaving]} />
      </div>
    </header>`;
}

/** @param {{ players: Player[], reconnecting: number[] }} props */
function Faces({ players, reconnecting }) {
  return html`
    <ul class="seats" aria-label="Who is here">
      ${inOrder(players)
        .slice(0, MOST)
        .map((player) => {
          const isCut = reconnecting.includes(player.user_id);
          return html`<${Face} key=${player.user_id} player=${player} isCut=${isCut} />`;
        })}
      ${players.length > MOST && html`<li class="quiet">and ${players.length - MOST} more</li>`}
    </ul>`;
}

/** @param {{ player: Player, isCut: boolean }} props */
function Face({ player, isCut }) {
  const name = personOf(player);
  const title = isCut ? `${name}, reconnecting` : name;
  return html`
    <li title=${title}>
      <${Seat} player=${player} size="sm" reconnecting=${isCut} /><span class="visually-hidden">${name}</span>
    </li>`;
}

/** @param {{ connection: Connection }} props */
export function LinkState({ connection: { state, words } }) {
  return html`
    <p class="link-state push" role="status" data-state=${state}>
      ${words !== "" && html`<${Icon} name=${ICONS[state]} />${words}`}
    </p>`;
}
