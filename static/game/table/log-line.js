/** @import { Line, Player, ServerEvents } from "../client/types.d.ts" */

import { Component } from "preact";
import { ProofMark } from "../dice/fairness/proof.js";
import { partsOf } from "../dice/inline.js";
import { RevealButton } from "../dice/reveal.js";
import { InlineRoll, RollCard } from "../dice/roll-card.js";
import { DrawCard } from "../roll-tables/draw-card.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Sigil } from "../ui/sigil.js";
import { sigilOf } from "../ui/sigils.js";
import { actionWords, fightWords, nameOf, personOf, revealWords } from "./describe.js";
import { speakerOf, timeOf } from "./rows.js";

/** @typedef {{ line: Line, head: boolean, mine: boolean }} Props `head`: it names its speaker */

/** @extends {Component<Props>} */
export class LogLine extends Component {
  /**
   * A line never changes, and there may be hundreds.
   *
   * @override
   * @param {Props} next
   */
  shouldComponentUpdate(next) {
    const { line, head, mine } = this.props;
    return next.line !== line || next.head !== head || next.mine !== mine;
  }

  /** @override */
  render() {
    const { line, head, mine } = this.props;
    const { frame } = line;
    const spoken = Object.hasOwn(SPOKEN, frame.event) ? SPOKEN[frame.event] : undefined;
    const player = speakerOf(frame);
    if (spoken !== undefined && player !== undefined) {
      const said = spoken(/** @type {any} */ (frame.data), mine, frame.seq ?? 0);
      return html`<${Spoken} player=${player} time=${timeOf(frame)} head=${head}>${said}<//>`;
    }
    const told = Object.hasOwn(TOLD, frame.event) ? TOLD[frame.event] : undefined;
    return told?.(/** @type {any} */ (frame.data)) ?? null;
  }
}

/** @type {{ [event: string]: (data: any, mine: boolean, seq: number) => unknown }} */
const SPOKEN = {
  chat_message: (/** @type {ServerEvents["chat_message"]} */ said, mine, seq) => {
    const parts = partsOf(said).map((part) =>
      typeof part === "string" ? part : html`<${InlineRoll} roll=${part} />`,
    );
    const proof = said.rolls && html` <${ProofMark} rolls=${said.rolls} seq=${seq} />`;
    return html`<div class="line"><p class=${said.out_of_character ? "ooc" : "said"}>${parts}${proof}</p>${mine && html`<${Delivered} />`}</div>`;
  },
  dice_roll: (/** @type {ServerEvents["dice_roll"]} */ { player, roll }, mine, seq) => {
    const proof = html`<${ProofMark} rolls=${[roll]} seq=${seq} />`;
    return html`<${RollCard} roll=${roll} player=${player} mark=${proof}><${RevealButton} roll=${roll} seq=${seq} mine=${mine} /><//>`;
  },
  roll_revealed: (/** @type {ServerEvents["roll_revealed"]} */ { player, roller, roll, seq }) => {
    const proof = html`<${ProofMark} rolls=${[roll]} seq=${seq} />`;
    return html`
      <p class="action"><${Icon} name="eye" /><span>${revealWords(player, roller)}</span></p>
      <${RollCard} roll=${roll} player=${roller} mark=${proof} />`;
  },
  table_draw: (/** @type {ServerEvents["table_draw"]} */ { player, draw }, mine, seq) =>
    html`<${DrawCard} draw=${draw} player=${player} seq=${seq}><${RevealButton} roll=${draw} seq=${seq} mine=${mine} /><//>`,
  draw_revealed: (/** @type {ServerEvents["draw_revealed"]} */ { player, roller, draw, seq }) => html`
    <p class="action"><${Icon} name="eye" /><span>${revealWords(player, roller)}</span></p>
    <${DrawCard} draw=${draw} player=${roller} seq=${seq} />`,
  player_action: (/** @type {ServerEvents["player_action"]} */ { player, action }) =>
    html`<${ActionLine} player=${player} action=${action} />`,
};

/** @type {{ [event: string]: (data: any) => unknown }} */
const TOLD = {
  dm_narration: (/** @type {ServerEvents["dm_narration"]} */ data) => html`<${Told} ...${data} />`,
  turn_change: (/** @type {ServerEvents["turn_change"]} */ { turn, timestamp }) => {
    const name = turn.current_character_name;
    return html`<${Note} icon="next" time=${timestamp}>${name === null ? "Nobody’s turn" : `${name}’s turn`}<//>`;
  },
  combat_update: (/** @type {ServerEvents["combat_update"]} */ { combat, timestamp }) => {
    return html`<${Note} icon="sword" time=${timestamp}>${fightWords(combat)}<//>`;
  },
  table_reset: (/** @type {ServerEvents["table_reset"]} */ { table, timestamp }) =>
    html`<${Note} icon="retry" time=${timestamp}>${table.name} is complete again<//>`,
  session_status: (/** @type {ServerEvents["session_status"]} */ { ended, timestamp }) => {
    const words = ended ? "The session has ended" : "The session is open again";
    return html`<${Note} icon=${ended ? "lock" : "enter"} time=${timestamp}>${words}<//>`;
  },
  player_joined: (/** @type {ServerEvents["player_joined"]} */ { player }) =>
    html`<${Note} icon="enter">${personOf(player)} joined<//>`,
  player_left: (/** @type {ServerEvents["player_left"]} */ { player }) =>
    html`<${Note} icon="door">${personOf(player)} left<//>`,
};

/** @param {{ player: Player, time: string, head: boolean, children?: unknown }} props */
function Spoken({ player, time, head, children }) {
  const name = nameOf(player);
  const { colour } = sigilOf(player);
  if (!head) {
    return html`
      <div class="msg msg--on" data-player=${colour}>
        <div class="msg__body"><span class="visually-hidden">${name}:</span>${children}</div>
      </div>`;
  }
  return html`
    <div class="msg" data-player=${colour}>
      <${Sigil} player=${player} />
      <div class="msg__body">
        <p class="msg__head">
          <b class="msg__name">${name}</b>
          ${player.character_name !== null && html`<span class="msg__who">${personOf(player)}</span>`}
          <${Time} at=${time} />
        </p>
        ${children}
      </div>
    </div>`;
}

/** @param {{ player: Player, action: ServerEvents["player_action"]["action"] }} props */
function ActionLine({ player, action }) {
  const words = actionWords(action);
  const icon =
    { attack: "sword", cast: "star", help: "heart", search: "search" }[action.action_type] ?? "replay";
  return html`
    <p class="action">
      <${Icon} name=${icon} />
      <span><b>${nameOf(player)}</b>${words.map(({ text, strong }) => [" ", strong ? html`<b>${text}</b>` : html`<span>${text}</span>`])}</span>
    </p>`;
}

/** @param {ServerEvents["dm_narration"]} props */
function Told({ player, narration, timestamp }) {
  return html`
    <div class="told">
      <p class="narration__by"><${Icon} name="lantern" size="sm" />${personOf(player)} narrates <${Time} at=${timestamp} /></p>
      <${Story} text=${narration} />
    </div>`;
}

/**
 * The DM's words, a paragraph for each that they wrote.
 *
 * @param {{ text: string }} props
 */
export function Story({ text }) {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  return html`<div class="narration">${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}</div>`;
}

/** @param {{ icon: string, time?: string, children?: unknown }} props */
function Note({ icon, time, children }) {
  return html`<p class="system"><${Icon} name=${icon} size="sm" />${children} ${time && html`<${Time} at=${time} />`}</p>`;
}

/**
 * The time of day, where one is.
 *
 * @param {{ at: string }} props
 */
export function Time({ at }) {
  const date = new Date(at);
  const hours = String(date.getHours()).padStart(2, "0");
  const minutes = String(date.getMinutes()).padStart(2, "0");
  return html`<time dateTime=${at} title=${date.toLocaleString()}>${hours}:${minutes}</time>`;
}

function Delivered() {
  return html`<span class="sent" title="Delivered"><${Icon} name="tick" size="sm" /><span class="visually-hidden">Delivered</span></span>`;
}
