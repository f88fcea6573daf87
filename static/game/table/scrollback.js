/**
 * The stretch of the log that one has before one: at its live end, or somewhere back in it. It never grows past
 * a bound, however long the log is; what falls off is fetched again.
 *
 * @import { Line, Reading, State } from "./types.d.ts"
 */

/** Lines a stretch holds at most. */
export const MOST = 600;
/** Lines that are left when it is cut at the live end. */
export const KEPT = 300;

/**
 * The live end, as far as it is known.
 *
 * @param {Pick<State, "log" | "before">} state
 * @returns {Reading}
 */
export function newest({ log, before }) {
  return { lines: log, before, after: null };
}

/**
 * The stretch after the log went on. Who reads further up keeps the lines before them: a full stretch then
 * lets go of the live end.
 *
 * @param {Reading} reading
 * @param {State} state
 * @param {boolean} atEnd whether the newest line is what one looks at
 * @returns {Reading}
 */
export function follow(reading, state, atEnd) {
  if (reading.after !== null) return reading;
  const known = new Set(reading.lines.map(({ key }) => key));
  const joint = state.log.findLastIndex(({ key }) => known.has(key));
  if (joint === -1) return newest(state);
  const fresh = state.log.slice(joint + 1);
  if (fresh.length === 0) return reading;
  const current = new Map(state.log.map((line) => [line.key, line])); // a revealed roll is another line now
  const lines = [...reading.lines.map((line) => current.get(line.key) ?? line), ...fresh];
  if (lines.length <= MOST) return { ...reading, lines };
  return atEnd ? withoutOldest({ ...reading, lines }, KEPT) : withoutNewest({ ...reading, lines }, MOST);
}

/**
 * The stretch with earlier lines put before it.
 *
 * @param {Reading} reading
 * @param {Line[]} earlier oldest first, all below `reading.before`
 * @param {number | null} next where still earlier ones stand below
 * @returns {Reading}
 */
export function withEarlier(reading, earlier, next) {
  const lines = [...unknown(earlier, reading.lines), ...reading.lines];
  return withoutNewest({ ...reading, lines, before: next }, MOST);
}

/**
 * The stretch with later lines put behind it, at the live end again if they reach it.
 *
 * @param {Reading} reading
 * @param {Line[]} later oldest first, all above `reading.after`
 * @param {number | null} next where still later ones stand above
 * @param {State} state
 * @returns {Reading}
 */
export function withLater(reading, later, next, { log }) {
  const fetched = [...reading.lines, ...unknown(later, reading.lines)];
  const end = lastSeq(fetched) ?? 0;
  const live = firstSeq(log);
  if (live === null ? next !== null : end < live)
    return withoutOldest({ ...reading, lines: fetched, after: next ?? end }, MOST);
  const lines = [...fetched, ...unknown(log, fetched).filter(({ frame }) => (frame.seq ?? Infinity) > end)];
  return withoutOldest({ ...reading, lines, after: null }, MOST);
}

/**
 * @param {Reading} reading
 * @param {number} count
 * @returns {Reading}
 */
function withoutOldest(reading, count) {
  if (reading.lines.length <= count) return reading;
  const lines = reading.lines.slice(-count);
  return { ...reading, lines, before: firstSeq(lines) ?? reading.before };
}

/**
 * @param {Reading} reading
 * @param {number} count
 * @returns {Reading}
 */
function withoutNewest(reading, count) {
  if (reading.lines.length <= count) return reading;
  const lines = reading.lines.slice(0, count);
  return { ...reading, lines, after: lastSeq(lines) ?? reading.after };
}

/**
 * @param {Line[]} lines
 * @param {Line[]} known
 */
function unknown(lines, known) {
  const keys = new Set(known.map(({ key }) => key));
  return lines.filter(({ key }) => !keys.has(key));
}

/** @param {Line[]} lines */
function firstSeq(lines) {
  return lines.find(({ frame }) => frame.seq !== undefined)?.frame.seq ?? null;
}

/** @param {Line[]} lines */
function lastSeq(lines) {
  return lines.findLast(({ frame }) => frame.seq !== undefined)?.frame.seq ?? null;
}
