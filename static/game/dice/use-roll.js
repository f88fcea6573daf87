/**
 * The roll that stands in the tray, and making it.
 *
 * @import { DiceSeat } from "./commands.js"
 * @import { Thrown } from "./physical-dice.js"
 * @import { Tray } from "./use-tray.js"
 */

import { useState } from "preact/hooks";
import { parse } from "./formula.js";
import { NOTHING_THROWN, reportOf } from "./physical-dice.js";
import { seenAs } from "./visibility-choice.js";

/** What is rolled where nothing was chosen. */
const PLAIN = "1d20";

/**
 * @param {DiceSeat} seat
 * @param {Tray} tray
 */
export function useRoll({ table, place, lookAtEnd }, tray) {
  const { formula, thrown, setThrown } = tray;
  const [missing, setMissing] = useState(false);
  const mayReport = place.reports !== undefined;
  const byHand = mayReport && tray.byHand;
  const visibility = seenAs(tray.visibility, byHand);
  const text = formula.trim() === "" ? PLAIN : formula;
  const meant = parse(text);
  const report = byHand ? reportOf(text, meant, thrown) : null;
  const incomplete = byHand && report === null;
  return {
    /** Whether the campaign takes what real dice showed. */
    mayReport,
    byHand,
    visibility,
    meant,
    report,
    /** One wanted to report, and something was missing. */
    missing: missing && incomplete,
    roll: () => {
      setMissing(incomplete);
      if (incomplete) return;
      const said = report ?? { formula: text };
      table.sendDiceRoll(visibility === "public" ? said : { ...said, visibility });
      lookAtEnd(true);
      setThrown(NOTHING_THROWN);
    },
    show: (/** @type {Thrown} */ to) => {
      setMissing(false);
      setThrown(to);
    },
    toggle: () => {
      setMissing(false);
      tray.setByHand(!tray.byHand);
    },
  };
}
