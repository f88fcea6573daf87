/** @import { Connection } from "../table/connection.js" */
/** @import { Player } from "../client/types.d.ts" */

import { personOf } from "../table/describe.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Menu } from "../ui/menu.js";
import { Seat } from "../ui/sigil.js";
import { inOrder } from "./players.js";

const ICONS = { connected: "on", "caught-up": "tick", reconnecting: "retry", lost: "warn" };
/** Faces in the bar; the list has them all. */
const MOST = 6;

/**
 * What the page knows of where it is.
 *
 * @typedef {{ campaign: string, session: string, lobbyUrl: string, campaignUrl: string, luckUrl: string, endUrl: string }} Place
 */

/**
 * @param {{
 *   place: Place,
 *   connection: Connection,
 *   players: Player[],
 *   ended: boolean,
 *   dark: boolean,
 *   switchTheme: () => void,
 *   showKeys: () => void,
 *   endSession: (() => void) | null,
 * }} props `endSession` only for those who may
 */
export function TopBar({ place, connection, players, ended, dark, switchTheme, showKeys, endSession }) {
  return html`
    <header class="bar">
      <a class="brand" href=${place.lobbyUrl} aria-label="RollScape, your campaigns"><${Icon} name="logo" /></a>
      <div class="where"><a href=${place.campaignUrl}>${place.campaign}</a><h1>${place.session}</h1></div>
      ${ended && html`<span class="badge"><${Icon} name="lock" size="sm" />Ended</span>`}
      <${LinkState} connection=${connection} />
      <ul class="seats" aria-label="Who is here">
        ${inOrder(players)
          .slice(0, MOST)
          .map(
            (player) =>
              html`<li key=${player.user_id} title=${personOf(player)}><${Seat} player=${player} size="sm" /><span class="visually-hidden">${personOf(player)}</span></li>`,
          )}
        ${players.length > MOST && html`<li class="quiet">and ${players.length - MOST} more</li>`}
      </ul>
      <div class="row bar__tools">
        <button type="button" class="btn btn--quiet btn--icon" data-theme-toggle aria-label=${dark ? "Switch to light" : "Switch to dark"} onClick=${switchTheme}>
          <${Icon} name=${dark ? "sun" : "moon"} />
        </button>
        <${Menu} place=${place} showKeys=${showKeys} switchTheme=${switchTheme} dark=${dark} endSession=${endSession} />
      </div>
    </header>`;
}

/** @param {{ connection: Connection }} props */
export function LinkState({ connection: { state, words } }) {
  return html`
    <p class="link-state push" role="status" data-state=${state}>
      ${words !== "" && html`<${Icon} name=${ICONS[state]} />${words}`}
    </p>`;
}
