/**
 * What the log shows, line by line: who speaks on, where a day begins, and what is new since the last visit.
 *
 * @import { Player, ServerFrame } from "../client/types.d.ts"
 * @import { Line, Subjects } from "./types.d.ts"
 */

/** A speaker is named again after so long. */
const GROUP_MS = 5 * 60_000;

/**
 * `head`: the line begins a group; a spoken one names its speaker, because somebody else was before, or long ago.
 * `at` is the time of a day's
 * first line.
 *
 * @typedef {{ key: string, kind: "line", line: Line, head: boolean }
 *   | { key: string, kind: "day", at: string }
 *   | { key: string, kind: "new" }} Row
 */

/**
 * @param {Line[]} lines
 * @param {number | null} seen lines above this seq are new since the last visit; null: there is nothing new
 * @param {Subjects} subjects
 * @param {boolean} begins the log begins with them: only there the first day has its date, or it would move up each
 *   time that earlier lines come
 * @returns {Row[]}
 */
export function rowsOf(lines, seen, subjects, begins = true) {
  /** @type {Row[]} */
  const rows = [];
  let group = NOBODY;
  let day = "";
  const firstNew = seen === null ? -1 : lines.findIndex(({ frame }) => (frame.seq ?? 0) > seen);
  const repeats = repetition(subjects);
  for (const [index, line] of lines.entries()) {
    if (repeats(line.frame)) continue;
    const at = timeOf(line.frame);
    const today = at === "" ? day : dayOf(at);
    // Where even the oldest line is new, the place is further up.
    const crossed = index > 0 && index === firstNew;
    if (crossed) rows.push({ key: "new", kind: "new" });
    if (today !== day && (day !== "" || begins)) rows.push({ key: `day-${today}`, kind: "day", at });
    if (crossed || today !== day) group = NOBODY;
    const next = groupOf(line.frame, group, subjects);
    rows.push({ key: line.key, kind: "line", line, head: next !== group });
    group = next;
    day = today;
  }
  return rows;
}

/**
 * Tells of one line after the other whether it tells nothing new.
 *
 * @param {Subjects} subjects
 * @returns {(frame: ServerFrame) => boolean}
 */
function repetition({ list }) {
  const each = list.flatMap(({ repeats }) => repeats?.() ?? []);
  // Every one hears every line.
  return (frame) => each.map((repeats) => repeats(frame)).includes(true);
}

/**
 * How many lines of others came above a place in the log.
 *
 * @param {Line[]} lines
 * @param {number} seen
 * @param {number} me
 * @param {Subjects} subjects
 */
export function unreadIn(lines, seen, me, { counts }) {
  return lines.filter(({ frame }) => {
    return (frame.seq ?? 0) > seen && counts[frame.event] && speakerOf(frame)?.user_id !== me;
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
 * @param {Subjects} subjects
 */
function groupOf(frame, group, { lines }) {
  const player = speakerOf(frame);
  const kind = lines[frame.event]?.as;
  if (kind === "apart") return { ...NOBODY };
  if (player === undefined || kind !== "speech") return group.who === NOTES.who ? group : NOTES;
  const who = `${player.user_id} ${player.character_id}`;
  const since = Date.parse(timeOf(frame));
  return who === group.who && since - group.since < GROUP_MS ? group : { who, since };
}

/** @param {string} at */
function dayOf(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
