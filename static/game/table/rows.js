/**
 * What the log shows, line by line: who speaks on, where a day begins, and what is new since the last visit.
 *
 * @import { Line, Player, ServerFrame } from "../client/types.d.ts"
 */

/** A speaker is named again after so long. */
const GROUP_MS = 5 * 60_000;
const SPOKEN = new Set([
  "chat_message",
  "dice_roll",
  "roll_revealed",
  "table_draw",
  "draw_revealed",
  "player_action",
]);
const WORTH_A_COUNT = new Set([...SPOKEN, "dm_narration"]);

/**
 * `head`: the line begins a group; a spoken one names its speaker, because somebody else was before, or long ago. `at` is the time of a day's
 * first line.
 *
 * @typedef {{ key: string, kind: "line", line: Line, head: boolean }
 *   | { key: string, kind: "day", at: string }
 *   | { key: string, kind: "new" }} Row
 */

/**
 * @param {Line[]} lines
 * @param {number | null} seen lines above this seq are new since the last visit; null: there is nothing new
 * @returns {Row[]}
 */
export function rowsOf(lines, seen) {
  /** @type {Row[]} */
  const rows = [];
  let group = NOBODY;
  let day = "";
  const firstNew = seen === null ? -1 : lines.findIndex(({ frame }) => (frame.seq ?? 0) > seen);
  let fight = "";
  for (const [index, line] of lines.entries()) {
    const now = fightIn(line.frame) ?? fight;
    const untold = (now === fight && line.frame.event === "combat_update") || isTurnOver(line.frame, now);
    fight = now;
    if (untold) continue;
    const at = timeOf(line.frame);
    const today = at === "" ? day : dayOf(at);
    // Where even the oldest line is new, the place is further up.
    const crossed = index > 0 && index === firstNew;
    if (crossed) rows.push({ key: "new", kind: "new" });
    if (today !== day && day !== "") rows.push({ key: `day-${today}`, kind: "day", at });
    if (crossed || today !== day) group = NOBODY;
    const next = groupOf(line.frame, group);
    rows.push({ key: line.key, kind: "line", line, head: next !== group });
    group = next;
    day = today;
  }
  return rows;
}

/**
 * How many lines of others came above a place in the log.
 *
 * @param {Line[]} lines
 * @param {number} seen
 * @param {number} me
 */
export function unreadIn(lines, seen, me) {
  return lines.filter(({ frame }) => {
    return (frame.seq ?? 0) > seen && WORTH_A_COUNT.has(frame.event) && speakerOf(frame)?.user_id !== me;
  }).length;
}

/**
 * Whose line it is, if anybody's.
 *
 * @param {ServerFrame} frame
 */
export function speakerOf({ data }) {
  return /** @type {{ player?: Player }} */ (data).player;
}

/**
 * When it was, RFC 3339; empty for what is not stored.
 *
 * @param {ServerFrame} frame
 */
export function timeOf({ data }) {
  return /** @type {{ timestamp?: string }} */ (data).timestamp ?? "";
}

const NOBODY = { who: "", since: 0 };
/** Comings, goings, turns: told one below the other. */
const NOTES = { who: "notes", since: 0 };

/**
 * The group that a line belongs to: the one before it, or its own.
 *
 * @param {ServerFrame} frame
 * @param {typeof NOBODY} group
 */
function groupOf(frame, group) {
  const player = speakerOf(frame);
  if (frame.event === "dm_narration") return { ...NOBODY };
  if (player === undefined || !SPOKEN.has(frame.event)) return group.who === NOTES.who ? group : NOTES;
  const who = `${player.user_id} ${player.character_id}`;
  const since = Date.parse(timeOf(frame));
  return who === group.who && since - group.since < GROUP_MS ? group : { who, since };
}

/**
 * What the log tells of a fight: whether there is one, and its round. Wounds and newcomers are on the stage.
 *
 * @param {ServerFrame} frame
 */
function fightIn(frame) {
  if (frame.event !== "combat_update") return undefined;
  const { active, round } = frame.data.combat;
  return active ? `round ${typeof round === "number" ? round : ""}` : "over";
}

/**
 * Whether a turn ended with its fight, which says so already.
 *
 * @param {ServerFrame} frame
 * @param {string} fight
 */
function isTurnOver(frame, fight) {
  return fight === "over" && frame.event === "turn_change" && frame.data.turn.current_character_name === null;
}

/** @param {string} at */
function dayOf(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
