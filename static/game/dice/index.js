/**
 * Dice: rolled by the server or by hand, hidden and revealed, and proved.
 *
 * @import { Player } from "../client/types.d.ts"
 * @import { Roll } from "../client/protocol.d.ts"
 * @import { Subject } from "../table/types.d.ts"
 * @import { DiceSeat, Part, Sends } from "./commands.js"
 * @import { Own } from "./use-dice.js"
 */

import { inItsPlace } from "../table/state.js";
import { focusFirst } from "../ui/use-keys.js";
import { Celebration } from "./celebration.js";
import { sends } from "./commands.js";
import { DicePanel } from "./dice-log.js";
import { DiceTray } from "./dice-tray.js";
import { contributeSeed } from "./fairness/contribute-seed.js";
import { Doubts } from "./fairness/proof.js";
import { changedBy, contributed } from "./fairness/seeds.js";
import { Revealed, Rolled } from "./lines.js";
import { listedRoll } from "./listed-roll.js";
import { slash } from "./slash.js";
import { AroundDice, useDice } from "./use-dice.js";
import { takeBack } from "./use-tray.js";
import { revealedWords, rollWords } from "./words.js";

/** @typedef {"dice_roll" | "roll_revealed" | "fairness_commit" | "fairness_rotate" | "seed_set"} Events */
/** @typedef {"dice_roll" | "roll_reveal" | "fairness_rotate" | "seed_set"} Commands */

/** What happens to the seeds is seen where the dice are proved, and nowhere else. */
const SEEDS = { fairness_commit: null, fairness_rotate: null, seed_set: null };

/** @type {Subject<Events, Commands, Part, Sends, Own>} */
export const dice = {
  name: "dice",
  state: {
    initial: { fairness: undefined },
    restore: ({ fairness }) => ({ fairness }),
  },
  reducers: {
    dice_roll: null,
    roll_revealed: (state, { seq, roll, roller: player, rolled_at: timestamp }) => ({
      ...state,
      log: inItsPlace(state.log, { event: "dice_roll", data: { player, roll, timestamp }, seq }),
    }),
    fairness_commit: (state, { fairness }, frame) => changedBy(state, fairness, frame),
    fairness_rotate: (state, { fairness }, frame) => changedBy(state, fairness, frame),
    seed_set: (state, { player, seed }, { seq = 0 }) => ({
      ...state,
      fairness: contributed(state.fairness, { user_id: player.user_id, seed, seq }),
    }),
  },
  lines: {
    dice_roll: { as: "speech", view: Rolled },
    roll_revealed: { as: "speech", view: Revealed },
    ...SEEDS,
  },
  icons: { dice_roll: null, roll_revealed: null, ...SEEDS },
  sentences: { dice_roll: rollWords, roll_revealed: revealedWords, ...SEEDS },
  counts: { dice_roll: true, roll_revealed: true, ...SEEDS },
  surprises: ["dice_roll"],
  listed: {
    dice_roll: { row: ({ player, roll }) => listedRoll(player, roll) },
    roll_revealed: {
      row: ({ roller, roll, seq }) => ({ ...listedRoll(roller, roll), of: seq }),
      reveals: true,
    },
  },
  told: {
    dice_roll: ({ player, roll }) => ({ roller: player, rolls: [roll] }),
    roll_revealed: ({ roller, roll }) => ({ roller, rolls: [roll], knew: (me) => knew(me, roller, roll) }),
  },
  outgoing: {
    dice_roll: ({ formula, result }) =>
      result === undefined ? formula : `${formula}: ${result}, rolled by hand`,
    roll_reveal: () => "A hidden roll, revealed",
    // A browser says these for its player unasked.
    fairness_rotate: null,
    seed_set: null,
  },
  drafts: { dice_roll: takeBack, roll_reveal: null, fairness_rotate: null, seed_set: null },
  sends,
  attend: contributeSeed,
  use: useDice,
  around: AroundDice,
  views: { over: Celebration, roll: DiceTray, sheets: Doubts },
  panel: { label: "Dice log", short: "Dice", icon: "d20", place: 2, view: DicePanel },
  menu: ({ place }) => [{ icon: "star", label: "Luck", about: "campaign", href: place.luckUrl }],
  slash,
  hints: {
    player: [
      "tray",
      "Click a die to add it; Shift+click or a long press takes one away. Press ? for all keys.",
    ],
  },
  keys: {
    help: [
      [["R"], "Go to the dice formula; Enter rolls"],
      [["←", "→"], "Move along the dice, the tabs, the initiative order"],
      [["Backspace"], "On a die: take one away (Shift+click does too)"],
      [["A", "D"], "In the dice tray: advantage, disadvantage; again for neither"],
    ],
    actions: (seat) => ({ r: () => toFormula(seat) }),
  },
};

/** @param {DiceSeat} seat */
function toFormula({ phone, show }) {
  if (phone) show("dice");
  setTimeout(() => focusFirst("[data-key=formula]"));
}

/**
 * Whether one saw a hidden roll before it was revealed.
 *
 * @param {Player} me
 * @param {Player} roller
 * @param {Roll} roll
 */
function knew(me, roller, { visibility }) {
  if (me.user_id === roller.user_id) return visibility !== "blind" || me.is_dm;
  return me.is_dm && visibility !== "self";
}
