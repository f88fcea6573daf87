/** @import { Place } from "./top-bar.js" */
/** @import { Player } from "../client/types.d.ts" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Players } from "./players.js";

/**
 * What a phone has no room for elsewhere.
 *
 * @param {{
 *   players: Player[], me: number, place: Place, dark: boolean,
 *   toStage: () => void, switchTheme: () => void, showKeys: () => void, endSession: (() => void) | null,
 * }} props
 */
export function MorePanel({ players, me, place, dark, toStage, switchTheme, showKeys, endSession }) {
  return html`
    <div class="panel__scroll" tabindex="0">
      <ul class="list list--tight">
        <li><button type="button" class="entry" onClick=${toStage}><${Icon} name="scene" /><b>Scene and words of the DM</b></button></li>
        <li><button type="button" class="entry" onClick=${switchTheme}><${Icon} name=${dark ? "sun" : "moon"} /><b>${dark ? "Light" : "Dark"}</b></button></li>
        <li><button type="button" class="entry" onClick=${showKeys}><${Icon} name="keyboard" /><b>Keys</b></button></li>
        <li><a class="entry" href=${place.campaignUrl}><${Icon} name="people" /><b>The campaign</b></a></li>
        <li><a class="entry" href=${place.luckUrl}><${Icon} name="star" /><b>Luck</b></a></li>
        ${endSession && html`<li><button type="button" class="entry" onClick=${endSession}><${Icon} name="lock" /><b>End the session</b></button></li>`}
        <li><a class="entry" href=${place.lobbyUrl}><${Icon} name="door" /><b>Leave the table</b></a></li>
      </ul>
      <section class="section" data-region="players" tabindex="-1"><${Players} players=${players} me=${me} /></section>
    </div>`;
}
