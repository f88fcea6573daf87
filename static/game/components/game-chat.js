/**
 * A session's table: who is here, what was said and rolled, and the means to say and roll more.
 *
 * @import { UseGameSocketOptions } from "../use-game-socket.js"
 */

import { useGameSocket } from "../use-game-socket.js";
import { Composer } from "./composer.js";
import { DiceBar } from "./dice-bar.js";
import { DmPanel } from "./dm-panel.js";
import { html } from "./html.js";
import { Log } from "./log.js";
import { Outgoing } from "./outgoing.js";
import { Players } from "./players.js";
import { StatusLine } from "./status-line.js";
import { TurnBanner } from "./turn-banner.js";

/**
 * `role` is what the page knows before the server says it; `signIn` is where to go when the token is refused.
 *
 * @param {UseGameSocketOptions & { role: string, signIn?: string }} props
 */
export function GameChat({ role, signIn, ...options }) {
  const table = useGameSocket(options);
  const { state } = table;
  const part = state.me?.role ?? role;
  return html`
    <section class="chat" data-role=${part}>
      <header class="chat__top">
        <${StatusLine} status=${table.status} missed=${state.missed} signIn=${signIn} connect=${table.connect} />
        <${TurnBanner} turn=${state.turn} combat=${state.combat} ended=${state.ended} />
      </header>
      <div class="chat__log">
        <div>
          <${Log} log=${state.log} before=${state.before} loadEarlier=${table.loadEarlier} />
          <${Outgoing} pending=${table.pending} refused=${table.refused} sendAgain=${table.sendAgain} dismiss=${table.dismiss} />
        </div>
      </div>
      <aside class="chat__side">
        <${Players} players=${state.players} me=${options.userId} />
        ${part === "dm" && html`<${DmPanel} table=${table} />`}
      </aside>
      ${
        part === "spectator"
          ? html`<p class="chat__say quiet">You are watching: only players can speak.</p>`
          : html`<div class="chat__say"><${DiceBar} roll=${table.sendDiceRoll} /><${Composer} table=${table} /></div>`
      }
    </section>`;
}
