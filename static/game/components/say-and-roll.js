/** @import { Desk } from "../use-desk.js" */
/** @import { GameTable } from "../use-game-socket.js" */

import { Composer } from "./composer.js";
import { DiceTray } from "./dice-tray.js";
import { html } from "./html.js";
import { Icon } from "./icon.js";
import { TableDraw } from "./table-draw.js";

/** @typedef {{ id: number, name: string }} Character */

/**
 * Where one writes and rolls; for those who may.
 *
 * @param {{ table: GameTable, desk: Desk, role: string, mayReport: boolean, campaignUrl: string, sent: () => void, children?: unknown }} props `sent` is
 *   called with every line
 */
export function SayAndRoll({ table, desk, role, mayReport, campaignUrl, sent, children }) {
  if (table.state.ended)
    return html`<${Aside} icon="lock">This session has ended. It can be read, and takes no new lines.<//>`;
  if (role === "spectator")
    return html`<${Aside} icon="eye">You are watching: only players can speak and roll.<//>`;
  /**
   * @template T
   * @param {(said: T) => void} send
   */
  const then = (send) => (/** @type {T} */ said) => {
    send(said);
    sent();
  };
  return html`
    <section class="composer" data-region="composer" aria-label="Write and roll">
      <${Composer} desk=${desk} say=${then(table.sendChatMessage)} act=${then(table.sendPlayerAction)} roll=${then(table.sendDiceRoll)}>${children}<//>
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
 * Which of one's characters speaks.
 *
 * @param {{ characters: Character[], characterId: number | null, choose: (id: number) => void }} props
 */
export function SpeakingAs({ characters, characterId, choose }) {
  if (characters.length < 2) return null;
  return html`
    <div class="say__as">
      <label>Speaking as
        <span class="select select--bare">
          <select onChange=${(/** @type {any} */ { target }) => choose(Number(target.value))}>
            ${characters.map(({ id, name }) => html`<option key=${id} value=${id} selected=${id === characterId}>${name}</option>`)}
          </select>
          <${Icon} name="down" size="sm" />
        </span>
      </label>
    </div>`;
}
