/**
 * The table: stage, panels, and the means to speak and roll.
 *
 * @import { Character, Place, Seat } from "../table/types.d.ts"
 * @import { Figure } from "../ui/sigils.js"
 */

import { useState } from "preact/hooks";
import { subjects } from "../subjects.js";
import { useConnection } from "../table/connection.js";
import { useAnnouncements } from "../table/screen-reader.js";
import { AtTable, Slot } from "../table/seat.js";
import { countOf } from "../table/use-unread.js";
import { html } from "../ui/html.js";
import { focusFirst, useLetters } from "../ui/use-keys.js";
import { useMedia } from "../ui/use-media.js";
import { Closed } from "./closed.js";
import { Dock } from "./dock.js";
import { KeysSheet } from "./keys-sheet.js";
import { menuOf } from "./menu-items.js";
import { HOME } from "./panels.js";
import { Players } from "./players.js";
import { Side } from "./side.js";
import { Stage } from "./stage.js";
import { Toasts } from "./toasts.js";
import { TopBar } from "./top-bar.js";
import { useGameSocket } from "./use-game-socket.js";
import { useReading } from "./use-reading.js";
import { useSeat } from "./use-seat.js";
import { useTableKeys } from "./use-table-keys.js";
import { useTheme } from "./use-theme.js";

const PHONE = "(max-width: 47.99rem)";

/**
 * @typedef {{
 *   sessionId: number,
 *   userId: number,
 *   role: string,
 *   place: Place,
 *   characters: Character[],
 *   cast: Figure[],
 *   characterId: number | null,
 *   playAs: (id: number) => void,
 * }} Props `role` is what the page knows before the server says it; `cast`: the campaign’s characters
 */

/** @param {Props} props */
export function TablePage(props) {
  const { sessionId, userId, place, characterId } = props;
  const table = useGameSocket({ sessionId, userId, characterId });
  const [panel, show] = useState(HOME);
  const phone = useMedia(PHONE);
  const inView = panel === HOME || (!phone && panel === "more");
  const reading = useReading(table, userId, inView);
  const seat = useSeat({ ...props, table, panel, show, phone, ...reading });
  const letters = useLetters();
  const [keysShown, setKeysShown] = useState(false);
  const showKeys = () => setKeysShown(true);
  useTableKeys(seat, letters.act, showKeys);
  const theme = useTheme({ url: place.themeUrl ?? "", csrf: place.csrf ?? "" });
  const connection = useConnection(table.status, table.state.missed);
  const heard = useAnnouncements(table.state, userId, subjects);
  if (table.status.phase === "stopped")
    return html`<${Closed} code=${table.status.code} place=${place} connect=${table.connect} />`;
  const menu = menuOf(seat, theme, showKeys);
  return html`
    <${AtTable} seat=${seat}>
      <div
        class="table" data-panel=${panel} data-role=${seat.role}
        data-known=${seat.state.sessionId === null ? undefined : ""}
      >
        <a class="skip" href=${`#panel-${HOME}`}>Skip to the chat</a>
        <${TopBar} seat=${seat} connection=${connection} theme=${theme} menu=${menu} />
        <${Rail} seat=${seat} />
        <main class="table__main">
          <${Stage} seat=${seat} connection=${connection} />
          <${Side} seat=${seat} menu=${menu} />
        </main>
        <${Below} seat=${seat} heard=${heard} />
        <${Slot} name="sheets" />
        ${keysShown && html`<${KeysSheet} isDm=${seat.isDm} letters=${letters} close=${() => setKeysShown(false)} />`}
      </div>
    <//>`;
}

/** @param {{ seat: Seat }} props */
function Rail({ seat: { state, userId } }) {
  return html`
    <nav class="rail" aria-label="Players">
      <section class="rail__part rail__people" data-region="players" tabindex="-1">
        <${Players} players=${state.players} reconnecting=${state.reconnecting} me=${userId} />
      </section>
    </nav>`;
}

/**
 * A phone's dock, what lies over everything, and what is heard.
 *
 * @param {{ seat: Seat, heard: { id: number, words: string }[] }} props
 */
function Below({ seat, heard }) {
  const { table, state, panel, show, unread, phone } = seat;
  const toRefused = () => {
    show(HOME);
    setTimeout(() => focusFirst(".refused button"));
  };
  return html`
    <${Dock} panel=${panel} show=${show} unread=${unread > 0 ? countOf(unread) : ""} />
    ${phone && html`<${Slot} name="over" />`}
    <${Toasts} refused=${table.refused} errors=${state.errors} inChat=${panel === HOME} toChat=${toRefused} />
    <div class="visually-hidden" aria-live="polite" aria-relevant="additions">
      ${heard.map(({ id, words }) => html`<p key=${id}>${words}</p>`)}
    </div>`;
}
