/**
 * Which of the rolls that come in are celebrated.
 *
 * @import { Critical } from "./criticals.js"
 * @import { Line, Player, Roll, ServerFrame, VeiledRoll } from "../client/types.d.ts"
 */

import { nameOf } from "../table/describe.js";
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
 * @returns {Celebration | undefined}
 */
export function celebrationOf({ key, frame }, me) {
  const told = rolledIn(frame, me);
  for (const roll of told?.rolls ?? []) {
    const critical = "result" in roll ? criticalOf(roll) : undefined;
    if (told !== null && critical !== undefined)
      return { ...critical, key, name: nameOf(told.roller), secret: seenBy(roll) !== "" };
  }
  return undefined;
}

/**
 * The rolls whose outcome a frame is the first to tell.
 *
 * @param {ServerFrame} frame
 * @param {Player | null} me
 * @returns {{ roller: Player, rolls: (Roll | VeiledRoll)[] } | null}
 */
function rolledIn({ event, data }, me) {
  switch (event) {
    case "dice_roll":
      return { roller: data.player, rolls: [data.roll] };
    case "chat_message":
      return { roller: data.player, rolls: data.rolls ?? [] };
    case "roll_revealed":
      return { roller: data.roller, rolls: knew(me, data.roller, data.roll) ? [] : [data.roll] };
    default:
      return null;
  }
}

/**
 * Whether one saw a hidden roll before it was revealed.
 *
 * @param {Player | null} me
 * @param {Player} roller
 * @param {Roll} roll
 */
function knew(me, roller, { visibility }) {
  if (me === null) return false;
  return me.user_id === roller.user_id
    ? visibility !== "blind" || me.is_dm
    : me.is_dm && visibility !== "self";
}
