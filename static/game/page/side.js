/** @import { Fight } from "../combat/combat.js" */
/** @import { Desk } from "../chat/use-drafts.js" */
/** @import { GameTable } from "./use-game-socket.js" */
/** @import { Props as Page } from "./table-page.js" */

import { CharactersPanel } from "../characters/characters-panel.js";
import { ChatPanel } from "../chat/chat-panel.js";
import { CombatPanel } from "../combat/combat-panel.js";
import { DiceLog } from "../dice/dice-log.js";
import { FairDice } from "../dice/fairness/fair-dice.js";
import { countOf } from "../table/use-unread.js";
import { html } from "../ui/html.js";
import { Panel, Tabs } from "../ui/tabs.js";
import { Hint } from "./hint.js";
import { MorePanel } from "./more-panel.js";
import { SayAndRoll, SpeakingAs } from "./say-and-roll.js";

/**
 * The panels, one at a time, and below them where one writes and rolls.
 *
 * @param {Page & {
 *   table: GameTable, desk: Desk, fight: Fight, role: string, phone: boolean,
 *   panel: string, show: (panel: string) => void,
 *   atEnd: boolean, lookAtEnd: (atEnd: boolean) => void, unread: number, newAfter: number | null,
 *   hotbar: unknown, dark: boolean, switchTheme: () => void, showKeys: () => void, endSession: (() => void) | null,
 * }} props
 */
export function Side(props) {
  const { table, desk, fight, role, panel, show, phone, userId, place, unread } = props;
  const { state } = table;
  const shown = !phone && (panel === "more" || panel === "stage") ? "chat" : panel;
  const tabs = [
    ["chat", "Chat", unread > 0 ? countOf(unread) : ""],
    ["combat", "Combat", ""],
    ["characters", "Characters", ""],
    ["dice", "Dice log", ""],
  ];
  const edited = (/** @type {string} */ event) => {
    if (phone && event === "dice_roll") show("dice");
  };
  const sent = () => props.lookAtEnd(true);
  return html`
    <section class="side" data-region="panel" aria-label="Chat and tools">
      ${!phone && html`<${Tabs} tabs=${tabs} shown=${shown} show=${show} />`}
      <${Panel} name="chat" label="Chat" shown=${shown === "chat"} tabbed=${!phone}>
        <${ChatPanel} table=${table} me=${userId} desk=${desk} atEnd=${props.atEnd} lookAtEnd=${props.lookAtEnd} unread=${unread} newAfter=${props.newAfter} edited=${edited} />
      <//>
      <${Panel} name="combat" label="Combat" shown=${shown === "combat"} tabbed=${!phone}>
        <${CombatPanel} table=${table} fight=${fight} isDm=${role === "dm" && !state.ended} cast=${props.cast} />
      <//>
      <${Panel} name="characters" label="Characters" shown=${shown === "characters"} tabbed=${!phone}>
        <${CharactersPanel} players=${state.players} cast=${props.cast} me=${userId} campaignUrl=${place.campaignUrl} />
      <//>
      <${Panel} name="dice" label="Dice log" shown=${shown === "dice"} tabbed=${!phone}>
        <${DiceLog} key=${state.epoch} log=${state.log} before=${state.before} earlierRolls=${table.earlierRolls} me=${userId} again=${desk.setFormula}>
          <${FairDice} fairness=${state.fairness} players=${state.players} luckUrl=${place.luckUrl} />
        <//>
      <//>
      ${
        phone &&
        html`<${Panel} name="more" label="More" shown=${shown === "more"} tabbed=${!phone}>
          <${MorePanel} ...${props} players=${state.players} me=${userId} toStage=${() => show("stage")} />
        <//>`
      }
      ${shown === "chat" && !state.ended && html`<${Hint} role=${role} />`}
      <${SayAndRoll} table=${table} desk=${desk} role=${role} mayReport=${props.mayReport} campaignUrl=${place.campaignUrl} sent=${sent} hotbar=${props.hotbar}>
        <${SpeakingAs} desk=${desk} characters=${props.characters} characterId=${props.characterId} choose=${props.playAs} />
      <//>
    </section>`;
}
