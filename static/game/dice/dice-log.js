/** @import { GameTable } from "../page/use-game-socket.js" */
/** @import { Draw, VeiledDraw } from "../client/protocol.d.ts" */
/** @import { Line, Player, Roll, VeiledRoll } from "../client/types.d.ts" */

import { useState } from "preact/hooks";
import { nameOf } from "../table/describe.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Sigil } from "../ui/sigil.js";
import { criticalOf } from "./criticals.js";
import { Mark } from "./roll-card.js";
import { drawAsRoll, seenBy, shown } from "./rolls.js";
import { useRolls } from "./use-rolls.js";

/**
 * The rolls and the draws from roll tables, newest first, as far back as one asks.
 *
 * @param {{
 *   log: Line[], before: number | null, earlierRolls: GameTable["earlierRolls"], me: number, again: (formula: string) => void,
 *   children?: unknown,
 * }} props `before`: earlier lines than the log's stand below this seq
 */
export function DiceLog({ log, before, earlierRolls, me, again, children }) {
  const [mine, setMine] = useState(false);
  const known = useRolls(log, before, earlierRolls);
  const listed = known.rolls.filter(({ player }) => !mine || player.user_id === me);
  return html`
    <div class="panel__scroll" tabindex="0">
      <div class="rolls-head"><label class="check"><input type="checkbox" checked=${mine} onChange=${() => setMine(!mine)} />Only mine</label>${children}</div>
      ${listed.length === 0 && known.before === null && html`<div class="empty"><${Icon} name="d20" /><h3>No rolls yet</h3><p>Add dice below and press Roll; everybody sees what falls.</p></div>`}
      <ol class="rolls">${listed.map(({ key, player, ...what }) => ("roll" in what ? html`<${Row} key=${key} player=${player} roll=${what.roll} again=${again} />` : html`<${DrawRow} key=${key} player=${player} draw=${what.draw} />`))}</ol>
      ${known.before !== null && html`<${Earlier} state=${known.state} load=${known.load} />`}
    </div>`;
}

/** @param {{ state: "idle" | "loading" | "failed", load: () => void }} props */
function Earlier({ state, load }) {
  return html`
    <div class="row row--wrap">
      <button type="button" class="btn btn--sm" aria-disabled=${state === "loading"} onClick=${load}>${state === "loading" ? "Looking back…" : "Earlier rolls"}</button>
      ${state === "failed" && html`<p class="field__error" role="alert"><${Icon} name="warn" size="sm" />They could not be fetched.</p>`}
    </div>`;
}

/** @param {{ player: Player, roll: Roll | VeiledRoll, again: (formula: string) => void }} props */
function Row({ player, roll, again }) {
  return html`
    <li>
      <${Sigil} player=${player} size="sm" />
      <span class="rolls__what"><b>${nameOf(player)}</b><small>${roll.formula}</small></span>
      ${"result" in roll && html`<${Marks} roll=${roll} />`}
      <b class="rolls__total">${"result" in roll ? shown(roll.result) : html`<${Veiled} />`}</b>
      <button type="button" class="btn btn--quiet btn--sm btn--icon" aria-label=${`Take ${roll.formula} to the tray`} onClick=${() => again(roll.formula)}><${Icon} name="retry" size="sm" /></button>
    </li>`;
}

/**
 * A draw and what it was drawn with, the dice in its text too.
 *
 * @param {{ player: Player, draw: Draw | VeiledDraw }} props
 */
export function DrawRow({ player, draw }) {
  const told =
    "rows" in draw
      ? { ...drawAsRoll(draw), rolls: draw.rows.flatMap(({ rolls = [] }) => rolls) }
      : { formula: draw.table.name, result: null, rolls: [] };
  const inside = told.rolls.map(({ formula, result }) => `${formula} = ${shown(result)}`).join(", ");
  return html`
    <li>
      <${Sigil} player=${player} size="sm" />
      <span class="rolls__what"><b>${nameOf(player)}</b><small>${told.formula}</small>${inside && html`<small>${inside}</small>`}</span>
      <span class="rolls__marks"><${Hidden} words=${seenBy(draw)} /></span>
      <b class="rolls__total">${told.result ?? html`<${Veiled} />`}</b>
    </li>`;
}

function Veiled() {
  return html`<span title="Only the DM sees what fell">?</span>`;
}

/** @param {{ words: string }} props */
function Hidden({ words }) {
  if (words === "") return null;
  return html`<span class="badge" title=${words}><${Icon} name="eye-off" size="sm" /><span class="visually-hidden">${words}</span></span>`;
}

/** @param {{ roll: Roll }} props */
function Marks({ roll }) {
  const critical = criticalOf(roll);
  return html`
    <span class="rolls__marks" data-outcome=${critical?.outcome}>
      ${critical && html`<${Mark} critical=${critical} />`}
      ${roll.source === "reported" && html`<span class="badge" title="Rolled by hand"><${Icon} name="hand" size="sm" /><span class="visually-hidden">Rolled by hand</span></span>`}
      <${Hidden} words=${seenBy(roll)} />
    </span>`;
}
