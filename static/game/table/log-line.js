/**
 * @import { Player } from "../client/types.d.ts"
 * @import { Line, Subjects } from "./types.d.ts"
 */

import { Component } from "preact";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { nameOf, personOf } from "../ui/names.js";
import { Sigil } from "../ui/sigil.js";
import { sigilOf } from "../ui/sigils.js";
import { Time } from "../ui/time.js";
import { speakerOf, timeOf } from "./rows.js";

/** @typedef {{ line: Line, head: boolean, mine: boolean, subjects: Subjects }} Props `head`: it names its speaker */

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

  /**
   * @override
   * @returns {any}
   */
  render() {
    const { line, head, mine, subjects } = this.props;
    const { frame } = line;
    const shown = subjects.lines[frame.event];
    if (!shown) return null;
    const seen = shown.view(frame.data, { mine, seq: frame.seq ?? 0 });
    const player = speakerOf(frame);
    if (shown.as === "speech")
      return player && html`<${Speech} player=${player} time=${timeOf(frame)} head=${head}>${seen}<//>`;
    if (shown.as === "apart") return seen;
    const icon = subjects.icons[frame.event];
    const name = typeof icon === "function" ? icon(frame.data) : icon;
    return html`<${Note} icon=${name} time=${timeOf(frame)}>${seen}<//>`;
  }
}

/** @param {{ player: Player, time: string, head: boolean, children?: unknown }} props */
function Speech({ player, time, head, children }) {
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

/** @param {{ icon: string, time: string, children?: unknown }} props */
function Note({ icon, time, children }) {
  const at = time && html`<${Time} at=${time} />`;
  return html`<p class="system"><${Icon} name=${icon} size="sm" />${children} ${at}</p>`;
}
