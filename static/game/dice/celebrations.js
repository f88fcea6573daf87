/**
 * Which of the rolls that come in are celebrated.
 *
 * @import { Player } from "../client/types.d.ts"
 * @import { Roll, VeiledRoll } from "../client/protocol.d.ts"
 * @import { Line, Subjects } from "../table/types.d.ts"
 * @import { Critical } from "./criticals.js"
 */

import { nameOf } from "../ui/names.js";
import { criticalOf } from "./criticals.js";
import { seenBy } from "./rolls.js";

/**
 * @typedef {Critical & { key: string, name: string, secret: boolean }} Celebration `key` of the line that it is in;
 *   `secret`: not everybody sees it
 */

/**
 * What to celebrate of a line that has just come; undefined for most.
 *
 * @param {Line} line
 * @param {Player | null} me who sat through what they see revealed has had their moment
 * @param {Subjects} subjects
 * @returns {Celebration | undefined}
 */
export function celebrationOf({ key, frame }, me, { told }) {
  const news = told[frame.event]?.(frame.data);
  if (news === undefined || (me !== null && news.knew?.(me))) return undefined;
  for (const roll of /** @type {(Roll | VeiledRoll)[]} */ (news.rolls)) {
    const critical = "result" in roll ? criticalOf(roll) : undefined;
    if (critical !== undefined && "result" in roll)
      return { ...critical, key, name: nameOf(news.roller), secret: seenBy(roll) !== "" };
  }
  return undefined;
}
