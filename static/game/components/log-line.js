/** @import { Line, Player, ServerEvents, ServerFrame } from "../wire.d.ts" */

import { Component } from "preact";
import { html } from "./html.js";
import { RollCard } from "./roll-card.js";

/** @extends {Component<{ line: Line }>} */
export class LogLine extends Component {
  /**
   * A line never changes, and there may be thousands.
   *
   * @override
   * @param {{ line: Line }} next
   */
  shouldComponentUpdate(next) {
    return next.line !== this.props.line;
  }

  /** @override */
  render() {
    const { frame } = this.props.line;
    const view = Object.hasOwn(views, frame.event) ? views[frame.event] : undefined;
    const { timestamp } = /** @type {{ timestamp?: string }} */ (frame.data);
    return html`
      <li class="line" data-event=${frame.event} data-player=${hue(frame)} data-seq=${frame.seq}>
        ${timestamp && html`<time dateTime=${timestamp} title=${timestamp}>${clock(timestamp)}</time>`}
        ${view?.(/** @type {any} */ (frame.data))}
      </li>`;
  }
}

/** @type {{ [event: string]: (data: any) => unknown }} */
const views = {
  chat_message: (/** @type {ServerEvents["chat_message"]} */ { player, message }) =>
    html`<${Name} player=${player} /> <span class="text">${message}</span>`,
  dice_roll: (/** @type {ServerEvents["dice_roll"]} */ { player, roll }) =>
    html`<${Name} player=${player} /> <${RollCard} roll=${roll} />`,
  dm_narration: (/** @type {ServerEvents["dm_narration"]} */ { narration }) =>
    html`<blockquote class="narration text">${narration}</blockquote>`,
  player_action: (/** @type {ServerEvents["player_action"]} */ { player, action }) =>
    html`<${Name} player=${player} /> <em class="text">${told(action)}</em>`,
  turn_change: (/** @type {ServerEvents["turn_change"]} */ { turn }) =>
    html`<span class="quiet">${turn.current_character_name === null ? "Nobody’s turn" : `${turn.current_character_name}’s turn`}</span>`,
  combat_update: (/** @type {ServerEvents["combat_update"]} */ { combat }) =>
    html`<span class="quiet">${combat.active ? "Combat is on" : "Combat is over"}</span>`,
  session_status: (/** @type {ServerEvents["session_status"]} */ { ended }) =>
    html`<span class="quiet">${ended ? "The session has ended" : "The session goes on"}</span>`,
  player_joined: (/** @type {ServerEvents["player_joined"]} */ { player }) =>
    html`<span class="quiet">${player.username} joined</span>`,
  player_left: (/** @type {ServerEvents["player_left"]} */ { player }) =>
    html`<span class="quiet">${player.username} left</span>`,
};

/** @param {{ player: Player }} props */
function Name({ player }) {
  const { username, character_name } = player;
  return html`<b class="name" title=${username}>${character_name ?? username}</b>`;
}

/**
 * An action in words: what this page's own composer described, or `attack (target: Goblin, weapon: Longsword)`.
 *
 * @param {ServerEvents["player_action"]["action"]} action
 */
function told({ action_type, details }) {
  if (typeof details.text === "string") return details.text;
  const words = Object.entries(details).map(([key, value]) => {
    return `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`;
  });
  return words.length === 0 ? action_type : `${action_type} (${words.join(", ")})`;
}

/**
 * The speaker's colour, 1 to 8.
 *
 * @param {ServerFrame} frame
 */
function hue({ data }) {
  const { player } = /** @type {{ player?: Player }} */ (data);
  return player && (player.user_id % 8) + 1;
}

/** @param {string} timestamp */
function clock(timestamp) {
  return new Date(timestamp).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
