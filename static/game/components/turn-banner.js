/** @import { Combat, Turn } from "../wire.d.ts" */

import { html } from "./html.js";

/** @param {{ turn: Turn | null, combat: Combat | null, ended: boolean }} props */
export function TurnBanner({ turn, combat, ended }) {
  const name = turn?.current_character_name;
  return html`
    ${ended && html`<p class="banner">This session has ended. It can be read.</p>`}
    ${combat?.active && html`<p class="banner" data-combat>Combat</p>`}
    ${name && html`<p class="banner" data-turn>${name}’s turn</p>`}`;
}
