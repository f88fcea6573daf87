/**
 * The table: stage, panels, and the means to speak and roll.
 *
 * @import { Keeper } from "../macros/client.js"
 * @import { Figure } from "../ui/sigils.js"
 * @import { Doubted } from "../dice/fairness/proof.js"
 * @import { Character } from "./say-and-roll.js"
 * @import { Place } from "./top-bar.js"
 * @import { GameTable } from "./use-game-socket.js"
 */

import { useEffect, useMemo, useState } from "preact/hooks";
import { speak } from "../chat/commands.js";
import { useDesk } from "../chat/use-drafts.js";
import { fightOf, stepped } from "../combat/combat.js";
import { Celebrating, Celebration } from "../dice/celebration.js";
import { ProofSheet, Proofs } from "../dice/fairness/proof.js";
import { useCelebration } from "../dice/use-celebration.js";
import { Hotbar } from "../macros/hotbar.js";
import { MacroQuestions } from "../macros/macro-questions.js";
import { MacroSheet } from "../macros/macro-sheet.js";
import { useMacros } from "../macros/use-macros.js";
import { EndSession } from "../sessions/end-session.js";
import { useConnection } from "../table/connection.js";
import { nameOf } from "../table/describe.js";
import { useAnnouncements } from "../table/screen-reader.js";
import { countOf, useUnread, useVisible } from "../table/use-unread.js";
import { html } from "../ui/html.js";
import { chime } from "../ui/sounds.js";
import { currentTheme, switchTheme } from "../ui/theme.js";
import { focusFirst, focusNextRegion, useKeys, useLetters } from "../ui/use-keys.js";
import { Closed } from "./closed.js";
import { Dock } from "./dock.js";
import { KeysSheet } from "./keys-sheet.js";
import { Players } from "./players.js";
import { Side } from "./side.js";
import { Stage } from "./stage.js";
import { Toasts } from "./toasts.js";
import { TopBar } from "./top-bar.js";
import { useGameSocket } from "./use-game-socket.js";

const PHONE = "(max-width: 47.99rem)";
const TURN_TONE = 660;
const LINE_TONE = 440;

/**
 * @typedef {{
 *   sessionId: number,
 *   userId: number,
 *   role: string,
 *   place: Place,
 *   signInUrl: string,
 *   profile: { url: string, csrf: string },
 *   characters: Character[],
 *   cast: Figure[],
 *   characterId: number | null,
 *   playAs: (id: number) => void,
 *   mayReport: boolean,
 *   keeper: Keeper,
 * }} Props `role` is what the page knows before the server says it; `cast`: the
 *   campaign’s characters; `mayReport`: it takes rolls of real dice
 */

/** @param {Props} props */
export function TablePage(props) {
  const { sessionId, userId, place, characterId } = props;
  const table = useGameSocket({ sessionId, userId, characterId });
  const { state } = table;
  const role = state.me?.role ?? props.role;
  const isDm = role === "dm";
  const [panel, show] = useState("chat");
  const [atEnd, setAtEnd] = useState(true);
  const [keysShown, showKeys] = useState(false);
  const [ending, setEnding] = useState(false);
  const [letters, setLetters] = useLetters();
  const [dark, toggle] = useTheme(props.profile);
  const phone = useMedia(PHONE);
  const desk = useDesk(sessionId, userId);
  const fight = useMemo(() => fightOf(state.combat, state.turn), [state.combat, state.turn]);
  const connection = useConnection(table.status, state.missed);
  const { unread, newAfter } = useUnread(
    state,
    userId,
    atEnd && (panel === "chat" || (!phone && panel === "more")),
  );
  const heard = useAnnouncements(state, userId);
  useSounds(table, unread);
  const celebration = useCelebration(state);

  const lookAtEnd = (/** @type {boolean} */ end) => {
    table.lookAtEnd(end);
    if (end) table.toNewest();
    setAtEnd(end);
  };
  const step = isDm && !state.ended ? stepper(table) : null;
  const toChat = () => {
    show("chat");
    setTimeout(() => focusFirst("[data-key=message]"));
  };
  const toRefused = () => {
    show("chat");
    setTimeout(() => focusFirst(".refused button"));
  };
  const toDice = () => {
    if (phone) show("dice");
    setTimeout(() => focusFirst("[data-key=formula]"));
  };
  const mayPlay = role !== "spectator" && !state.ended;
  const macros = useMacros(props.keeper, mayPlay, characterId, (line) => {
    const { sendChatMessage: say, sendPlayerAction: act, sendDiceRoll: roll } = table;
    const refused = speak(line, { say, act, roll, aside: desk.aside });
    if (refused === "") return lookAtEnd(true);
    desk.setSay(line);
    desk.setRefusal(refused);
    toChat();
  });
  useKeys(
    {
      ...macros.keys,
      "?": () => showKeys(true),
      F6: focusNextRegion,
      "Shift+C": toChat,
      r: toDice,
      m: isDm ? () => focusFirst("[data-key=narration]") : undefined,
      n: step ? () => step(1) : undefined,
      "Shift+N": step ? () => step(-1) : undefined,
      "Alt+1": () => show("chat"),
      "Alt+2": () => show("combat"),
      "Alt+3": () => show("characters"),
      "Alt+4": () => show("dice"),
    },
    letters,
  );

  const rotate = mayPlay ? table.sendFairnessRotate : null;
  const setSeed = rotate && table.sendSeedSet;
  const [doubted, doubt] = useState(/** @type {Doubted | null} */ (null));
  const proofs = useMemo(
    () => ({ fetchProof: table.fetchProof, rotate, setSeed, doubt }),
    [table.fetchProof, rotate],
  );
  if (table.status.phase === "stopped") {
    return html`<${Closed} code=${table.status.code} signInUrl=${props.signInUrl} lobbyUrl=${place.lobbyUrl} connect=${table.connect} />`;
  }
  const hotbar = mayPlay && html`<${Hotbar} macros=${macros} phone=${phone} />`;
  const endSession = isDm && !state.ended ? () => setEnding(true) : null;
  const look = { place, dark, switchTheme: toggle, showKeys: () => showKeys(true), endSession };
  return html`
    <${Proofs.Provider} value=${proofs}><${Celebrating.Provider} value=${celebration}><div class="table" data-panel=${panel} data-role=${role} data-known=${state.sessionId === null ? undefined : ""}>
      <a class="skip" href="#panel-chat">Skip to the chat</a>
      <${TopBar} ...${look} connection=${connection} players=${state.players} ended=${state.ended} />
      <nav class="rail" aria-label="Players">
        <section class="rail__part rail__people" data-region="players" tabindex="-1"><${Players} players=${state.players} me=${userId} /></section>
      </nav>
      <main class="table__main">
        <${Stage}
          state=${state} cast=${props.cast} fight=${fight} me=${state.me} connection=${connection} waiting=${table.pending.length} connect=${() => again(table)}
          step=${step} narrate=${isDm && !state.ended ? table.sendDMNarration : null} desk=${desk}
        >${!phone && html`<${Celebration} />${hotbar}`}<//>
        <${Side}
          ...${props} ...${look} table=${table} desk=${desk} fight=${fight} role=${role} panel=${panel} show=${show} phone=${phone} hotbar=${phone && hotbar}
          atEnd=${atEnd} lookAtEnd=${lookAtEnd} unread=${unread} newAfter=${newAfter}
        />
      </main>
      <${Dock} panel=${panel} show=${show} unread=${unread > 0 ? countOf(unread) : ""} />
      ${phone && html`<${Celebration} />`}
      <${Toasts} refused=${table.refused} errors=${state.errors} inChat=${panel === "chat"} toChat=${toRefused} />
      <div class="visually-hidden" aria-live="polite" aria-relevant="additions">${heard.map(({ id, words }) => html`<p key=${id}>${words}</p>`)}</div>
      ${doubted && html`<${ProofSheet} doubted=${doubted} proofs=${proofs} close=${() => doubt(null)} />`}
      ${macros.sheet && html`<${MacroSheet} sheet=${macros.sheet} macros=${macros} characters=${props.characters} me=${userId} isDm=${isDm} />`}
      ${macros.asking && html`<${MacroQuestions} macro=${macros.asking} answer=${macros.answer} />`}
      ${ending && html`<${EndSession} url=${place.endUrl} csrf=${props.profile.csrf} close=${() => setEnding(false)} />`}
      ${keysShown && html`<${KeysSheet} close=${() => showKeys(false)} isDm=${isDm} letters=${letters} setLetters=${setLetters} />`}
    </div><//><//>`;
}

/**
 * Try at once, instead of waiting for the next try.
 *
 * @param {GameTable} table
 */
function again(table) {
  table.disconnect();
  table.connect();
}

/**
 * Moves the turn on or back.
 *
 * @param {GameTable} table
 */
function stepper(table) {
  return (/** @type {1 | -1} */ by) => {
    const next = stepped(table.state.combat, table.state.turn, by);
    if (next === null) return;
    if (next.combat !== null) table.sendCombatUpdate(next.combat);
    table.sendTurnChange(next.turn);
  };
}

/**
 * @param {Props["profile"]} profile
 * @returns {[dark: boolean, toggle: () => void]}
 */
function useTheme(profile) {
  const [dark, setDark] = useState(currentTheme() === "dark");
  const light = useMedia("(prefers-color-scheme: light)");
  useEffect(() => setDark(currentTheme() === "dark"), [light]);
  const toggle = () => {
    switchTheme(profile);
    setDark(currentTheme() === "dark");
  };
  return [dark, toggle];
}

/** @param {string} query */
function useMedia(query) {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const look = () => setMatches(media.matches);
    media.addEventListener("change", look);
    return () => media.removeEventListener("change", look);
  }, [query]);
  return matches;
}

/**
 * A tone for one's own turn, and for a line while the page is out of view.
 *
 * @param {GameTable} table
 * @param {number} unread
 */
function useSounds({ state: { turn, me } }, unread) {
  const visible = useVisible();
  const mine = me !== null && turn?.current_character_name === nameOf(me);
  useEffect(() => {
    if (mine) chime(TURN_TONE);
  }, [mine]);
  useEffect(() => {
    if (!visible && unread > 0) chime(LINE_TONE);
  }, [unread]);
}
