/** @import { Desk } from "./use-drafts.js" */
/** @import { GameTable } from "../page/use-game-socket.js" */
/** @import { Refused } from "../client/types.d.ts" */

import { useMemo } from "preact/hooks";
import { Revealing } from "../dice/reveal.js";
import { Log } from "../table/log.js";
import { rowsOf } from "../table/rows.js";
import { countOf } from "../table/use-unread.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Outgoing } from "./outgoing.js";

/**
 * The log with what is on the way, and the way back to its newest line.
 *
 * @param {{
 *   table: GameTable,
 *   me: number,
 *   desk: Desk,
 *   atEnd: boolean,
 *   lookAtEnd: (atEnd: boolean) => void,
 *   unread: number,
 *   newAfter: number | null,
 *   edited?: (event: string) => void,
 * }} props `edited` is told what is being written anew
 */
export function ChatPanel({ table, me, desk, atEnd, lookAtEnd, unread, newAfter, edited }) {
  const { reading, pending, refused, state } = table;
  const rows = useMemo(() => rowsOf(reading.lines, newAfter), [reading.lines, newAfter]);
  const edit = (/** @type {Refused} */ back) => {
    desk.takeBack(back, state.me?.role === "dm");
    table.dismiss(back);
    edited?.(back.command.event);
  };
  const part = state.me?.role ?? "spectator";
  const mayReveal = part !== "spectator" && !state.ended;
  const revealing = useMemo(
    () => (mayReveal ? { reveal: table.revealRoll, isDm: part === "dm" } : null),
    [mayReveal, part, table.revealRoll],
  );
  const silent = state.sessionId !== null && rows.length + pending.length + refused.length === 0;
  return html`
    ${silent && html`<${Silence} />`}
    <${Revealing.Provider} value=${revealing}><${Log}
      rows=${rows} me=${me} before=${reading.before} after=${reading.after} loadEarlier=${table.loadEarlier} loadLater=${table.loadLater}
      atEnd=${atEnd} lookAtEnd=${lookAtEnd} silent=${silent || state.sessionId === null}
    >
      <${Outgoing} pending=${pending} refused=${refused} sendAgain=${table.sendAgain} dismiss=${table.dismiss} edit=${edit} />
    <//><//>
    ${
      !atEnd &&
      html`<button type="button" class="btn newer" onClick=${() => lookAtEnd(true)}>
        <${Icon} name="down" />${unread > 0 ? `${countOf(unread)} new` : "Newest"}
      </button>`
    }`;
}

function Silence() {
  return html`
    <div class="empty">
      <${Icon} name="chat" />
      <h3>No words yet</h3>
      <p>Say hello, or roll something. All of it is kept from the first word.</p>
    </div>`;
}
