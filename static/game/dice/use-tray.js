/**
 * What is about to be rolled; what was refused comes back to it.
 *
 * @import { ClientEvents } from "../client/types.d.ts"
 * @import { Roll } from "../client/protocol.d.ts"
 * @import { DiceSeat } from "./commands.js"
 * @import { Own } from "./use-dice.js"
 */

import { createContext } from "preact";
import { useState } from "preact/hooks";
import { useDraft } from "../ui/use-draft.js";
import { NOTHING_THROWN } from "./physical-dice.js";

/** @typedef {Roll["visibility"]} Visibility */
/** @typedef {ReturnType<typeof useTray>} Tray */

/**
 * The tray of this seat: others ask it who is to see what they roll.
 *
 * @type {import("preact").Context<Tray>}
 */
export const TheTray = createContext(/** @type {any} */ (null));

export function useTray() {
  const [formula, setFormula] = useState("");
  const [thrown, setThrown] = useState(NOTHING_THROWN);
  const [visibility, setVisibility] = useState(/** @type {Visibility} */ ("public"));
  const [byHand, setByHand] = useDraft("by hand");
  return {
    formula,
    setFormula,
    visibility,
    setVisibility,
    thrown,
    setThrown,
    /** Whether one throws real dice. */
    byHand: byHand !== "",
    setByHand: (/** @type {boolean} */ on) => setByHand(on ? "on" : ""),
  };
}

/**
 * @param {ClientEvents["dice_roll"]} refused
 * @param {Own} own
 * @param {DiceSeat} seat
 */
export function takeBack({ formula, visibility = "public", rolls, result }, { tray }, seat) {
  tray.setFormula(formula);
  tray.setVisibility(visibility);
  tray.setByHand(rolls !== undefined);
  if (rolls !== undefined) tray.setThrown({ faces: rolls.map(String), total: String(result) });
  if (seat.phone) seat.show("dice");
}
