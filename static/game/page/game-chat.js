/**
 * A session's chat by itself: who is here, what was said and rolled, and the means to say and roll more.
 *
 * @import { UseGameSocketOptions } from "./use-game-socket.js"
 */

import { useState } from "preact/hooks";
import { ChatPanel } from "../chat/chat-panel.js";
import { useDesk } from "../chat/use-drafts.js";
import { useConnection } from "../table/connection.js";
import { html } from "../ui/html.js";
import { Players } from "./players.js";
import { SayAndRoll } from "./say-and-roll.js";
import { Narrate } from "./stage.js";
import { LinkState } from "./top-bar.js";
import { useGameSocket } from "./use-game-socket.js";

/** @param {UseGameSocketOptions & { role: string }} props `role` is what the page knows before the server says it */
export function GameChat({ role, ...options }) {
  const table = useGameSocket(options);
  const { state, status } = table;
  const [atEnd, setAtEnd] = useState(true);
  const desk = useDesk(options.sessionId, options.userId);
  const connection = useConnection(status, state.missed);
  const lookAtEnd = (/** @type {boolean} */ end) => {
    table.lookAtEnd(end);
    if (end) table.toNewest();
    setAtEnd(end);
  };
  const part = state.me?.role ?? role;
  return html`
    <section class="chat" data-role=${part}>
      <${LinkState} connection=${connection} />
      <${Players} players=${state.players} me=${options.userId} />
      <div class="panel">
        <${ChatPanel} table=${table} me=${options.userId} desk=${desk} atEnd=${atEnd} lookAtEnd=${lookAtEnd} unread=${0} newAfter=${null} />
      </div>
      ${part === "dm" && html`<${Narrate} narrate=${table.sendDMNarration} text=${desk.narration} setText=${desk.setNarration} />`}
      <${SayAndRoll} table=${table} desk=${desk} role=${part} mayReport=${true} sent=${() => lookAtEnd(true)} />
    </section>`;
}
