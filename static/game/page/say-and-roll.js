/** @import { Desk } from "../chat/use-drafts.js" */
/** @import { GameTable } from "./use-game-socket.js" */

import { Composer } from "../chat/composer.js";
import { DiceTray } from "../dice/dice-tray.js";
import { TableDraw } from "../roll-tables/draw-dialog.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

/** @typedef {{ id: number, name: string }} Character */

/**
 * Where one writes and rolls; for those who may.
 *
 * @param {{ table: GameTable, desk: Desk, role: string, mayReport: boolean, campaignUrl?: string, sent: () => void, hotbar: unknown, children?: unknown }} props `sent` is
 *   called with every line; `campaignUrl`: where there is such a page
 */
export function SayAndRoll({ table, desk, role, mayReport, campaignUrl, sent, hotbar, children }) {
  if (table.state.ended)
    return html`<${Aside} icon="lock"><span>This session has ended. It can be read, and takes no new lines.${role === "dm" && campaignUrl && html` <a href=${campaignUrl}>Reopen it on the campaign’s page.</a>`}</span><//>`;
  if (role === "spectator")
    return html`<${Aside} icon="eye">You are watching: only players can speak and roll.<//>`;
  /**
   * @template {unknown[]} T
   * @param {(...said: T) => void} send
   */
  const then =
    (send) =>
    (/** @type {T} */ ...said) => {
      send(...said);
      sent();
    };
  return html`
    <section class="composer" data-region="composer" aria-label="Write and roll">
      <${Composer} desk=${desk} say=${then(table.sendChatMessage)} act=${then(table.sendPlayerAction)} roll=${then(table.sendDiceRoll)}>${children}<//>
      ${hotbar}
      <${DiceTray} desk=${desk} mayReport=${mayReport} roll=${then(table.sendDiceRoll)} fetchPreview=${table.fetchPreview}>
        <${TableDraw} table=${table} desk=${desk} isDm=${role === "dm"} campaignUrl=${campaignUrl} sent=${sent} />
      <//>
    </section>`;
}

/** @param {{ icon: string, children?: unknown }} props */
function Aside({ icon, children }) {
  return html`<p class="composer aside" data-region="composer" tabindex="-1"><${Icon} name=${icon} />${children}</p>`;
}

/**
 * Which of one's characters speaks, or oneself.
 *
 * @param {{ desk: Desk, characters: Character[], characterId: number | null, choose: (id: number) => void }} props
 */
export function SpeakingAs({ desk, characters, characterId, choose }) {
  if (characters.length === 0) return null;
  const change = (/** @type {any} */ { target: { value } }) => {
    desk.setAside(value === "");
    if (value !== "") choose(Number(value));
  };
  return html`
    <div class="say__as">
      <label>Speaking as
        <span class="select select--bare">
          <select onChange=${change}>
            ${characters.map(({ id, name }) => html`<option key=${id} value=${id} selected=${!desk.aside && id === characterId}>${name}</option>`)}
            <option value="" selected=${desk.aside || characterId === null}>Yourself (out of character)</option>
          </select>
          <${Icon} name="down" size="sm" />
        </span>
      </label>
    </div>`;
}
