/**
 * All that one knows of the table, and the only place where it changes.
 *
 * @import { ServerEvents, ServerFrame, Snapshot } from "../client/types.d.ts"
 * @import { AnySubject, Line, State, StateOf, Subjects } from "./types.d.ts"
 */

/** Lines that the log keeps: its live end. `scrollback.js` has what is further up. */
export const LOG_LINES = 200;

/** @type {State} */
const UNKNOWN = {
  sessionId: null,
  campaignId: null,
  createdAt: null,
  inRoom: false,
  me: null,
  players: [],
  reconnecting: [],
  log: [],
  before: null,
  ended: false,
  seq: 0,
  live: 0,
  epoch: null,
  missed: null,
  errors: [],
  notes: 0,
};

/**
 * How the table changes with each frame; the same for live frames, catch-up and replay.
 *
 * `initial()` knows nothing yet. `apply(state, frame)` is the state after a frame, pure and total: what was seen before
 * changes nothing, and an event nobody knows only moves `seq`.
 *
 * @template {readonly AnySubject[]} L
 * @param {Subjects<L>} subjects
 */
export function applier(subjects) {
  const { reducers, lines } = /** @type {Subjects} */ (subjects);

  /** @returns {StateOf<L>} */
  const initial = () => /** @type {any} */ ({ ...UNKNOWN, ...subjects.initial });

  /**
   * @param {StateOf<L>} state
   * @param {ServerFrame} frame
   * @returns {StateOf<L>}
   */
  const apply = (state, frame) => {
    if (frame.seq !== undefined && frame.seq <= state.seq) return state;
    const next = frame.event === "room_joined" ? joined(state, frame.data) : reduced(state, frame);
    return frame.seq === undefined ? next : { ...next, seq: frame.seq };
  };

  /**
   * @param {StateOf<L>} state
   * @param {ServerFrame} frame
   * @returns {StateOf<L>}
   */
  const reduced = (state, frame) => {
    const changed = reducers[frame.event]?.(state, frame.data, frame) ?? state;
    return lines[frame.event] ? written(changed, frame) : changed;
  };

  /**
   * @param {StateOf<L>} state
   * @param {ServerEvents["room_joined"]} data
   * @returns {StateOf<L>}
   */
  const joined = (state, data) => {
    if (data.snapshot === null) return { ...state, ...roomOf(data), missed: data.missed };
    return { ...restored(state, data, data.snapshot), ...roomOf(data) };
  };

  /**
   * @param {StateOf<L>} state
   * @param {ServerEvents["room_joined"]} data
   * @param {Snapshot} snapshot
   * @returns {StateOf<L>}
   */
  const restored = (state, data, snapshot) => {
    const frames = /** @type {ServerFrame[]} */ (/** @type {object[]} */ (snapshot.events));
    const first = frames[0]?.seq ?? data.seq + 1;
    return {
      ...initial(),
      ...subjects.restore(snapshot),
      log: frames.reduce(apply, initial()).log,
      before: first > 1 ? first : null,
      ended: snapshot.ended,
      seq: data.seq,
      errors: state.errors,
      notes: state.notes,
    };
  };

  return { initial, apply };
}

/** @param {ServerEvents["room_joined"]} data */
function roomOf({ session_id, campaign_id, created_at, epoch, seq, player, players, reconnecting }) {
  return {
    sessionId: session_id,
    campaignId: campaign_id,
    createdAt: created_at,
    epoch,
    live: seq,
    inRoom: true,
    me: player,
    players,
    reconnecting,
  };
}

/**
 * The log with one line more, by its place in it; what is not stored is gone after the next snapshot.
 *
 * @template {State} S
 * @param {S} state
 * @param {ServerFrame} frame
 * @returns {S}
 */
function written(state, frame) {
  if (frame.seq !== undefined) return lengthened(state, { key: `seq-${frame.seq}`, frame });
  return { ...lengthened(state, { key: `note-${state.notes}`, frame }), notes: state.notes + 1 };
}

/**
 * @template {State} S
 * @param {S} state
 * @param {Line} line
 * @returns {S}
 */
function lengthened(state, line) {
  const log = [...state.log, line];
  if (log.length <= LOG_LINES) return { ...state, log };
  const kept = log.slice(-LOG_LINES);
  return { ...state, log: kept, before: kept.find(({ frame }) => frame.seq)?.frame.seq ?? state.before };
}

/**
 * The log with a line as it is known now, where it stands: what was hidden from one is not in it.
 *
 * @param {Line[]} log
 * @param {ServerFrame} frame
 */
export function inItsPlace(log, frame) {
  const key = `seq-${frame.seq}`;
  if (!log.some((line) => line.key === key)) return log;
  return log.map((line) => (line.key === key ? { key, frame } : line));
}
