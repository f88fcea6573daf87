/**
 * All that one knows of the table, and the only place where it changes.
 *
 * @import { FairnessChange, Line, Player, ServerEvents, ServerFrame, State } from "../client/types.d.ts"
 */

import { changed, contributed } from "../dice/fairness/seeds.js";

/** Lines that the log keeps: its live end. `scrollback.js` has what is further up. */
export const LOG_LINES = 200;
const ERRORS = 20;

/** @returns {State} knowing nothing yet */
export function initial() {
  return {
    sessionId: null,
    campaignId: null,
    createdAt: null,
    inRoom: false,
    me: null,
    players: [],
    log: [],
    before: null,
    turn: null,
    combat: null,
    narration: null,
    ended: false,
    fairness: undefined,
    seq: 0,
    live: 0,
    epoch: null,
    missed: null,
    errors: [],
    notes: 0,
  };
}

/**
 * The state after a frame; the same for live frames, catch-up and replay. Pure and total: what was seen
 * before changes nothing, and an event nobody knows only moves `seq`.
 *
 * @param {State} state
 * @param {ServerFrame} frame
 * @returns {State}
 */
export function apply(state, frame) {
  if (frame.seq !== undefined && frame.seq <= state.seq) return state;
  const next = isKnown(frame) ? handle(state, frame) : state;
  return frame.seq === undefined ? next : { ...next, seq: frame.seq };
}

/** @type {{ [E in keyof ServerEvents]: (state: State, data: ServerEvents[E], frame: ServerFrame) => State }} */
const handlers = {
  room_joined: (state, data) => {
    const { session_id: sessionId, campaign_id: campaignId, created_at: createdAt, epoch } = data;
    const room = {
      sessionId,
      campaignId,
      createdAt,
      epoch,
      live: data.seq,
      inRoom: true,
      me: data.player,
      players: data.players,
    };
    if (data.snapshot === null) return { ...state, ...room, missed: data.missed };
    return { ...fromSnapshot(state, data, data.snapshot), ...room };
  },
  room_left: (state) => ({ ...state, inRoom: false, players: [] }),
  player_list: (state, { players }) => ({ ...state, players }),
  player_joined: (state, { player }, frame) =>
    note({ ...state, players: seated(state.players, player) }, frame),
  player_left: (state, { player }, frame) =>
    note({ ...state, players: without(state.players, player) }, frame),
  chat_message: (state, _, frame) => written(state, frame),
  dice_roll: (state, _, frame) => written(state, frame),
  roll_revealed: (state, data, frame) => written({ ...state, log: revealed(state.log, data) }, frame),
  table_draw: (state, _, frame) => written(state, frame),
  table_reset: (state, _, frame) => written(state, frame),
  draw_revealed: (state, { seq, draw, roller: player, rolled_at: timestamp }, frame) => {
    const shown = { event: /** @type {const} */ ("table_draw"), data: { player, draw, timestamp }, seq };
    return written({ ...state, log: inItsPlace(state.log, shown) }, frame);
  },
  dm_narration: (state, narration, frame) => written({ ...state, narration }, frame),
  player_action: (state, _, frame) => written(state, frame),
  turn_change: (state, { turn }, frame) => written({ ...state, turn }, frame),
  combat_update: (state, { combat }, frame) => written({ ...state, combat }, frame),
  session_status: (state, { ended, fairness }, frame) =>
    written(fairness ? { ...changedBy(state, fairness, frame), ended } : { ...state, ended }, frame),
  fairness_commit: (state, { fairness }, frame) => changedBy(state, fairness, frame),
  fairness_rotate: (state, { fairness }, frame) => changedBy(state, fairness, frame),
  seed_set: (state, { player, seed }, { seq = 0 }) => ({
    ...state,
    fairness: contributed(state.fairness, { user_id: player.user_id, seed, seq }),
  }),
  error: (state, data) => ({ ...state, errors: [...state.errors, data].slice(-ERRORS) }),
  player_state: (state) => state,
  skip: (state) => state,
  ack: (state) => state,
  pong: (state) => state,
  reconnect: (state) => state,
};

/**
 * @param {ServerFrame} frame
 * @returns {boolean}
 */
function isKnown(frame) {
  return Object.hasOwn(handlers, frame.event);
}

/**
 * @param {State} state
 * @param {ServerFrame} frame
 * @returns {State}
 */
function handle(state, frame) {
  // The union of the pairs is sound, which the type checker cannot see through an index.
  const handler = /** @type {(state: State, data: object, frame: ServerFrame) => State} */ (
    handlers[frame.event]
  );
  return handler(state, frame.data, frame);
}

/**
 * @param {State} state
 * @param {ServerEvents["room_joined"]} data
 * @param {NonNullable<ServerEvents["room_joined"]["snapshot"]>} snapshot
 * @returns {State}
 */
function fromSnapshot(state, data, snapshot) {
  const frames = /** @type {ServerFrame[]} */ (/** @type {object[]} */ (snapshot.events));
  const first = frames[0]?.seq ?? data.seq + 1;
  const { log } = frames.reduce(apply, initial());
  const narrated = /** @type {{ data: State["narration"] } | null} */ (snapshot.narration);
  return {
    ...initial(),
    log,
    narration: narrated?.data ?? null,
    before: first > 1 ? first : null,
    turn: /** @type {State["turn"]} */ (snapshot.turn),
    combat: /** @type {State["combat"]} */ (snapshot.combat),
    ended: snapshot.ended,
    fairness: snapshot.fairness,
    seq: data.seq,
    errors: state.errors,
    notes: state.notes,
  };
}

/**
 * @param {State} state
 * @param {FairnessChange} change
 * @param {ServerFrame} frame
 * @returns {State}
 */
function changedBy(state, change, { seq = 0 }) {
  return { ...state, fairness: changed(state.fairness, change, seq) };
}

/**
 * A line of the log, by its place in it.
 *
 * @param {State} state
 * @param {ServerFrame} frame
 * @returns {State}
 */
function written(state, frame) {
  return lengthened(state, { key: `seq-${frame.seq}`, frame });
}

/**
 * The lines with the roll shown that was hidden; who did not see it finds it where it was revealed.
 *
 * @param {Line[]} log
 * @param {ServerEvents["roll_revealed"]} data
 * @returns {Line[]}
 */
function revealed(log, { seq, roll, roller, rolled_at: timestamp }) {
  return inItsPlace(log, { event: "dice_roll", data: { player: roller, roll, timestamp }, seq });
}

/**
 * @param {Line[]} log
 * @param {ServerFrame} frame
 */
function inItsPlace(log, frame) {
  const key = `seq-${frame.seq}`;
  if (!log.some((line) => line.key === key)) return log;
  return log.map((line) => (line.key === key ? { key, frame } : line));
}

/**
 * A line that is not stored: gone after the next snapshot.
 *
 * @param {State} state
 * @param {ServerFrame} frame
 * @returns {State}
 */
function note(state, frame) {
  return { ...lengthened(state, { key: `note-${state.notes}`, frame }), notes: state.notes + 1 };
}

/**
 * @param {State} state
 * @param {Line} line
 * @returns {State}
 */
function lengthened(state, line) {
  const log = [...state.log, line];
  if (log.length <= LOG_LINES) return { ...state, log };
  const kept = log.slice(-LOG_LINES);
  return { ...state, log: kept, before: kept.find(({ frame }) => frame.seq)?.frame.seq ?? state.before };
}

/**
 * @param {Player[]} players
 * @param {Player} player
 */
function seated(players, player) {
  return [...without(players, player), player];
}

/**
 * @param {Player[]} players
 * @param {Player} player
 */
function without(players, player) {
  return players.filter(({ user_id }) => user_id !== player.user_id);
}
