/** @import { Refused } from "../client/types.d.ts" */
/** @import { ChatSeat } from "./commands.js" */

import { useMemo } from "preact/hooks";
import { Log } from "../table/log.js";
import { rowsOf } from "../table/rows.js";
import { subjectWith } from "../table/subject.js";
import { countOf } from "../table/use-unread.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Outgoing } from "./outgoing.js";

/**
 * The log with what is on the way, and the way back to its newest line.
 *
 * @param {{ seat: ChatSeat }} props
 */
export function ChatPanel({ seat }) {
  const { table, state, subjects, atEnd, lookAtEnd, newAfter } = seat;
  const { reading, pending, refused } = table;
  const begins = reading.before === null;
  const rows = useMemo(
    () => rowsOf(reading.lines, newAfter, subjects, begins),
    [reading.lines, newAfter, subjects, begins],
  );
  const known = state.sessionId !== null;
  const silent = known && rows.length + pending.length + refused.length === 0;
  return html`
    ${silent && html`<${Silence} />`}
    <${Log}
      rows=${rows} subjects=${subjects} me=${seat.userId} before=${reading.before} after=${reading.after}
      loadEarlier=${table.loadEarlier} loadLater=${table.loadLater}
      atEnd=${atEnd} lookAtEnd=${lookAtEnd} silent=${silent || !known}
    >
      <${Outgoing}
        subjects=${subjects} pending=${pending} refused=${refused} sendAgain=${table.sendAgain}
        dismiss=${table.dismiss} edit=${(/** @type {Refused} */ back) => takeBack(back, seat)}
      />
    <//>
    ${!atEnd && html`<${Newer} unread=${seat.unread} go=${() => lookAtEnd(true)} />`}`;
}

/**
 * Bring a refused command back to where it was written.
 *
 * @param {Refused} refused
 * @param {ChatSeat} seat
 */
function takeBack(refused, seat) {
  const { event, data } = refused.command;
  const subject = subjectWith(seat.subjects, "drafts", event);
  subject?.drafts[event]?.(data, seat.owns[subject.name], seat);
  seat.table.dismiss(refused);
}

/** @param {{ unread: number, go: () => void }} props */
function Newer({ unread, go }) {
  return html`
    <button type="button" class="btn newer" onClick=${go}>
      <${Icon} name="down" />${unread > 0 ? `${countOf(unread)} new` : "Newest"}
    </button>`;
}

function Silence() {
  return html`
    <div class="empty">
      <${Icon} name="chat" />
      <h3>Nothing here yet</h3>
      <p>Say hello, or roll something. Everything is saved.</p>
    </div>`;
}
