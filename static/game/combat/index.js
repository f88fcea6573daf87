/**
 * Fights: who takes part, in which order, and whose turn it is.
 *
 * @import { Subject } from "../table/types.d.ts"
 * @import { Part, Sends } from "./commands.js"
 * @import { Own } from "./use-fight.js"
 */

import { CombatPanel } from "./combat-panel.js";
import { sends } from "./commands.js";
import { OnStage } from "./on-stage.js";
import { repeats } from "./repeats.js";
import { useFight } from "./use-fight.js";
import { fightWords, turnWords } from "./words.js";

/** @type {Subject<"turn_change" | "combat_update", "turn_change" | "combat_update", Part, Sends, Own>} */
export const combat = {
  name: "combat",
  state: {
    initial: { turn: null, combat: null },
    restore: ({ turn, combat }) => ({ turn, combat }),
  },
  reducers: {
    turn_change: (state, { turn }) => ({ ...state, turn }),
    combat_update: (state, { combat }) => ({ ...state, combat }),
  },
  lines: {
    turn_change: { as: "note", view: ({ turn }) => turnWords(turn) },
    combat_update: { as: "note", view: ({ combat }) => fightWords(combat) },
  },
  icons: { turn_change: "next", combat_update: "sword" },
  sentences: {
    turn_change: ({ turn }) => turnWords(turn),
    combat_update: ({ combat }) => fightWords(combat),
  },
  counts: { turn_change: null, combat_update: null },
  outgoing: {
    turn_change: ({ turn }) =>
      turn.current_character_name ? `Turn: ${turn.current_character_name}` : "Turn cleared",
    combat_update: ({ combat }) => (combat.active ? "Combat, as you changed it" : "The end of combat"),
  },
  // A turn or a fight is set again where it was set.
  drafts: { turn_change: null, combat_update: null },
  sends,
  repeats,
  use: useFight,
  views: { stage: OnStage },
  panel: { label: "Combat", short: "Combat", icon: "sword", place: 3, view: CombatPanel },
  hints: { dm: ["combat", "Combat has its own tab: start it there and add the combatants."] },
  keys: {
    help: [[["N", "Shift+N"], "Next and previous turn", true]],
    actions: (_, { step }) => ({
      n: step ? () => step(1) : undefined,
      "Shift+N": step ? () => step(-1) : undefined,
    }),
  },
};
