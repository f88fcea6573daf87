/**
 * A session's chat by itself: who is here, what was said and rolled, and the means to say and roll more.
 *
 * @import { UseGameSocketOptions } from "./use-game-socket.js"
 */

import { useConnection } from "../table/connection.js";
import { AtTable, Slot } from "../table/seat.js";
import { html } from "../ui/html.js";
import { HOME, panels } from "./panels.js";
import { Players } from "./players.js";
import { SayAndRoll } from "./say-and-roll.js";
import { LinkState } from "./top-bar.js";
import { useGameSocket } from "./use-game-socket.js";
import { useAtEnd } from "./use-reading.js";
import { useSeat } from "./use-seat.js";

const [home] = panels;

/**
 * @param {UseGameSocketOptions & { role: string, children?: unknown }} props `role` is what the page knows before the
 *   server says it; `children` stand below
 */
export function GameChat({ role, children, ...options }) {
  const { userId, sessionId, characterId = null } = options;
  const table = useGameSocket(options);
  const connection = useConnection(table.status, table.state.missed);
  const [atEnd, lookAtEnd] = useAtEnd(table);
  const seat = useSeat({
    ...ALONE,
    table,
    userId,
    role,
    characterId,
    place: { sessionId: String(sessionId), reports: "" },
    atEnd,
    lookAtEnd,
  });
  return html`
    <${AtTable} seat=${seat}>
      <section class="chat" data-role=${seat.role}>
        <${LinkState} connection=${connection} />
        <${Players} players=${seat.state.players} reconnecting=${seat.state.reconnecting} me=${userId} />
        <div class="panel">${home && html`<${home.view} seat=${seat} own=${seat.owns[HOME]} />`}</div>
        <${Slot} name="narration" />
        <${SayAndRoll} seat=${seat} />
        <${Slot} name="sheets" />
        ${children}
      </section>
    <//>`;
}

/** What there is only on the table's page. */
const ALONE = {
  phone: false,
  cast: [],
  characters: [],
  playAs: () => {},
  panel: HOME,
  show: () => {},
  unread: 0,
  newAfter: null,
};
