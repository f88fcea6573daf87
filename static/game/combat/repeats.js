/** @import { ServerFrame } from "../client/types.d.ts" */

/**
 * What the log tells of a fight: whether there is one, and its round. Wounds and newcomers are on the stage, and
 * the turn
 * that ends with the fight needs no word of its own.
 *
 * @returns {(frame: ServerFrame) => boolean}
 */
export function repeats() {
  let fight = "";
  return (frame) => {
    if (frame.event === "turn_change")
      return fight === "over" && frame.data.turn.current_character_name === null;
    if (frame.event !== "combat_update") return false;
    const { active, round } = frame.data.combat;
    const before = fight;
    fight = active ? `round ${typeof round === "number" ? round : ""}` : "over";
    return fight === before;
  };
}
