/** @import { CombatSeat } from "./commands.js" */
/** @import { Own } from "./use-fight.js" */

import { html } from "../ui/html.js";
import { Strip } from "./fighters.js";
import { TurnBanner } from "./turn-banner.js";

/**
 * Who fights, and whose turn it is.
 *
 * @param {{ seat: CombatSeat, own: Own }} props
 */
export function OnStage({ seat, own: { fight, step } }) {
  const { state, cast } = seat;
  const { combatants } = fight;
  return html`
    ${combatants.length > 0 && html`<${Strip} combatants=${combatants} players=${state.players} cast=${cast} />`}
    ${!state.ended && html`<${TurnBanner} turn=${state.turn} fight=${fight} me=${state.me} step=${step} />`}`;
}
