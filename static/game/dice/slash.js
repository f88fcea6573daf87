/**
 * `/roll 2d6 + 1 # for the goblin`, and the same for fewer eyes; without a formula it is a d20.
 *
 * @import { ClientEvents } from "../client/types.d.ts"
 * @import { DiceSeat } from "./commands.js"
 */

/** @type {{ [name: string]: NonNullable<ClientEvents["dice_roll"]["visibility"]> }} */
const VISIBILITY = { roll: "public", r: "public", gmroll: "dm", blindroll: "blind", selfroll: "self" };

export const slash = Object.fromEntries(
  Object.entries(VISIBILITY).map(([name, visibility]) => [
    name,
    (/** @type {string} */ words, /** @type {DiceSeat} */ { table }) => {
      if (/[\r\n]/.test(words))
        return "Not rolled: a formula stands on one line. Put each command on one of its own.";
      table.sendDiceRoll({ formula: words || "1d20", visibility });
      return undefined;
    },
  ]),
);
