/**
 * Words: what is said, told and done, with the log that they stand in.
 *
 * @import { ChatMessage } from "../client/protocol.d.ts"
 * @import { Subject } from "../table/types.d.ts"
 * @import { ChatSeat, Part, Sends } from "./commands.js"
 * @import { Drafts } from "./use-drafts.js"
 */

import { partsOf } from "../dice/inline.js";
import { marks } from "../dice/words.js";
import { nameOf, personOf } from "../ui/names.js";
import { focusFirst } from "../ui/use-keys.js";
import { actionLine } from "./actions.js";
import { ChatPanel } from "./chat-panel.js";
import { sends } from "./commands.js";
import { Composer } from "./composer.js";
import { Acted, Said } from "./lines.js";
import { LastWords, Narrate, Narrated } from "./narration.js";
import { slash } from "./slash.js";
import { drafts, useDrafts } from "./use-drafts.js";

/** @typedef {"chat_message" | "player_action" | "dm_narration"} Events */

/** @type {Subject<Events, Events, Part, Sends, Drafts>} */
export const chat = {
  name: "chat",
  state: {
    initial: { narration: null },
    restore: ({ narration }) => ({ narration: /** @type {any} */ (narration)?.data ?? null }),
  },
  reducers: {
    chat_message: null,
    player_action: null,
    dm_narration: (state, narration) => ({ ...state, narration }),
  },
  lines: {
    chat_message: { as: "speech", view: Said },
    player_action: { as: "speech", view: Acted },
    dm_narration: { as: "apart", view: Narrated },
  },
  icons: { chat_message: null, player_action: null, dm_narration: null },
  sentences: {
    chat_message: saidInWords,
    player_action: ({ player, action }) => `${nameOf(player)} ${actionLine(action)}`,
    dm_narration: ({ narration }) => `The DM narrates: ${narration}`,
  },
  counts: { chat_message: true, player_action: true, dm_narration: true },
  told: { chat_message: ({ player, rolls = [] }) => ({ roller: player, rolls }) },
  outgoing: {
    chat_message: ({ message }) => message,
    player_action: actionLine,
    dm_narration: ({ narration }) => narration,
  },
  drafts,
  sends,
  use: useDrafts,
  views: { scene: LastWords, narration: Narrate, say: Composer },
  panel: { label: "Chat", short: "Chat", icon: "chat", place: 1, view: ChatPanel },
  slash,
  speech: {
    say: (line, { table }, { aside }) => table.sendChatMessage(line, aside),
    giveBack: (line, why, seat, { setSay, setRefusal }) => {
      setSay(line);
      setRefusal(why);
      toChat(seat);
    },
  },
  hints: {
    dm: [
      "narrate",
      "Write below the stage to narrate (on a phone: More, Scene). Everybody sees it there and in the chat.",
    ],
    player: [
      "act",
      "Attack, Cast, Help and Search say what your character does, as in “Goblin with longsword”.",
    ],
  },
  keys: {
    help: [
      [["Enter"], "Send; Shift+Enter starts a new line"],
      [["↑"], "In an empty box: bring back your last line"],
      [["Esc"], "Leave the box; close a menu; clear the formula"],
      [["Shift+C"], "Go to the chat box"],
      [["M"], "Go to the narration", true],
    ],
    actions: (seat) => ({
      "Shift+C": () => toChat(seat),
      m: seat.isDm ? () => focusFirst("[data-key=narration]") : undefined,
    }),
  },
};

/** @param {ChatMessage} said */
function saidInWords(said) {
  const words = partsOf(said).map((part) =>
    typeof part === "string" ? part : `${part.formula}: ${part.result}${marks(part)}`,
  );
  const who = said.out_of_character ? `${personOf(said.player)}, out of character,` : nameOf(said.player);
  return `${who} says: ${words.join("")}`;
}

/** @param {ChatSeat} seat */
function toChat({ show }) {
  show("chat");
  setTimeout(() => focusFirst("[data-key=message]"));
}
