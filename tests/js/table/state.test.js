import assert from "node:assert/strict";
import { test } from "node:test";
import { LOG_LINES } from "../../../static/game/table/state.js";
import { alice, bob, player, roomJoined } from "../support/fakes.js";
import { apply, initial } from "../support/table.js";

const AT = "2030-01-01T18:00:00Z";
const all = (frames, state = initial()) => frames.reduce(apply, state);
const inRoom = (data = {}) => apply(initial(), { event: "room_joined", data: roomJoined(data) });
const chat = (seq, message = `line ${seq}`) => ({
  event: "chat_message",
  data: { player: bob, message, timestamp: AT },
  seq,
});
const seqs = (state) => state.log.map(({ frame }) => frame.seq);

/** One of every stored event, numbered from 1. */
const STORED = [
  { event: "chat_message", data: { player: alice, message: "Hello", timestamp: AT } },
  {
    event: "dice_roll",
    data: { player: bob, roll: { formula: "1d20+5", result: 18, rolls: [13], modifier: 5 }, timestamp: AT },
  },
  { event: "dm_narration", data: { player: alice, narration: "Rain.", timestamp: AT } },
  {
    event: "player_action",
    data: { player: bob, action: { action_type: "attack", details: {} }, timestamp: AT },
  },
  { event: "turn_change", data: { turn: { current_character_name: "Aria", round: 2 }, timestamp: AT } },
  { event: "combat_update", data: { combat: { active: true }, timestamp: AT } },
  { event: "session_status", data: { ended: true, timestamp: AT } },
  { event: "skip", data: {} },
].map((frame, index) => ({ ...frame, seq: index + 1 }));

test("joining tells who and where one is", () => {
  const state = inRoom({ players: [alice, bob], seq: 12, epoch: "e7" });

  assert.deepEqual(
    [state.sessionId, state.campaignId, state.inRoom, state.seq, state.epoch],
    [5, 3, true, 12, "e7"],
  );
  assert.deepEqual([state.me, state.players], [alice, [alice, bob]]);
});

test("every stored event moves the place in the log and, but for a skip, is a line of it", () => {
  const state = all(STORED, inRoom());

  assert.equal(state.seq, STORED.length);
  assert.deepEqual(
    state.log.map(({ frame }) => frame),
    STORED.slice(0, -1),
  );
  assert.equal(new Set(state.log.map(({ key }) => key)).size, state.log.length);
});

test("turn, combat and the session's end are kept as they were said last", () => {
  const state = all(STORED, inRoom());

  assert.deepEqual(state.turn, { current_character_name: "Aria", round: 2 });
  assert.deepEqual(state.combat, { active: true });
  assert.equal(state.ended, true);
});

test("players come, change and go, each once", () => {
  const asThief = player(2, "bob", { character_id: 8, character_name: "Nim" });
  const joined = all(
    [
      { event: "player_joined", data: { player: bob } },
      { event: "player_joined", data: { player: asThief } },
    ],
    inRoom(),
  );
  const left = apply(joined, { event: "player_left", data: { player: bob } });

  assert.deepEqual(joined.players, [alice, asThief]);
  assert.deepEqual(left.players, [alice]);
  assert.deepEqual(
    left.log.map(({ frame }) => frame.event),
    ["player_joined", "player_joined", "player_left"],
  );
  assert.equal(new Set(left.log.map(({ key }) => key)).size, 3);
});

test("player_list replaces everybody", () => {
  const data = { players: [bob], reconnecting: [bob.user_id] };
  const state = apply(inRoom(), { event: "player_list", data });

  assert.deepEqual([state.players, state.reconnecting], [[bob], [bob.user_id]]);
});

test("whose line is cut is reconnecting until they are back or gone", () => {
  const cut = { event: "player_state", data: { user_id: bob.user_id, state: "reconnecting" } };
  const back = { event: "player_state", data: { user_id: bob.user_id, state: "here" } };
  const gone = { event: "player_left", data: { player: bob } };

  assert.deepEqual(all([cut, cut], inRoom()).reconnecting, [bob.user_id]);
  assert.deepEqual(all([cut, back], inRoom()).reconnecting, []);
  assert.deepEqual(all([cut, gone], inRoom()).reconnecting, []);
});

test("leaving the room empties it and keeps what was read", () => {
  const state = apply(all(STORED, inRoom()), { event: "room_left", data: { session_id: 5 } });

  assert.deepEqual([state.inRoom, state.players, state.seq], [false, [], STORED.length]);
});

test("errors are kept, the oldest forgotten", () => {
  const errors = Array.from({ length: 30 }, (_, i) => ({
    event: "error",
    data: { message: `${i}`, code: "invalid" },
  }));

  const state = all(errors);

  assert.equal(state.errors.length, 20);
  assert.equal(state.errors.at(-1).message, "29");
});

test("ack, pong and a reconnect hint change nothing", () => {
  const state = inRoom();

  for (const frame of [
    { event: "ack", data: { id: "a", seq: 1, duplicate: false } },
    { event: "pong", data: { timestamp: 1, server_time: AT } },
    { event: "reconnect", data: { after_ms: 5 } },
  ]) {
    assert.equal(apply(state, frame), state);
  }
});

test("an event that is not known yet only moves the place in the log", () => {
  const state = inRoom();

  assert.deepEqual(apply(state, { event: "token_moved", data: {}, seq: 1 }), { ...state, seq: 1 });
  assert.equal(apply(state, { event: "constructor", data: {} }), state);
});

test("what was seen before changes nothing", () => {
  const state = all(STORED, inRoom());

  for (const frame of STORED) assert.equal(apply(state, frame), state);
});

test("apply changes no state it was given", () => {
  const freeze = (value) => {
    if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    }
    return value;
  };

  assert.doesNotThrow(() => STORED.reduce((state, frame) => freeze(apply(state, frame)), freeze(inRoom())));
});

/** What the server would send to somebody who joins after these frames. */
function freshSnapshot(frames) {
  const events = frames.filter(({ event }) => event !== "skip").slice(-50);
  const last = (event) => frames.findLast((frame) => frame.event === event)?.data;
  const snapshot = {
    events,
    narration: frames.findLast(({ event }) => event === "dm_narration") ?? null,
    turn: last("turn_change")?.turn ?? null,
    combat: last("combat_update")?.combat ?? null,
    ended: last("session_status")?.ended ?? false,
  };
  return inRoom({ seq: frames.length, snapshot });
}

const shown = (state) => {
  const numbered = state.log.filter(({ frame }) => frame.seq !== undefined).slice(-50);
  return { ...state, log: numbered, before: 0, notes: 0, missed: 0, live: 0 };
};

test("a snapshot and the events after it come to the same as a fresh snapshot", () => {
  const frames = Array.from({ length: 20 }, () => STORED)
    .flat()
    .map((frame, index) => ({ ...frame, seq: index + 1 }));

  for (let cut = 0; cut <= frames.length; cut += 7) {
    const followed = all(frames.slice(cut), freshSnapshot(frames.slice(0, cut)));

    assert.deepEqual(shown(followed), shown(freshSnapshot(frames)));
  }
});

test("the newest narration is known however long ago it was", () => {
  const narration = {
    event: "dm_narration",
    seq: 3,
    data: { player: alice, narration: "Fog.", timestamp: "" },
  };
  const snapshot = { events: [chat(900)], narration, turn: null, combat: null, ended: false };

  assert.equal(inRoom({ seq: 900, snapshot }).narration, narration.data);
});

test("a resumption keeps the log and tells how much was missed", () => {
  const before = all([chat(1), chat(2)], inRoom());

  const state = apply(before, {
    event: "room_joined",
    data: roomJoined({ resumed: true, missed: 14, seq: 16 }),
  });

  assert.equal(state.log, before.log);
  assert.deepEqual([state.seq, state.missed], [2, 14]);
});

test("a new snapshot puts a new log in the old one's place", () => {
  const before = all([chat(1), chat(2)], inRoom());
  const snapshot = { events: [chat(900)], narration: null, turn: null, combat: null, ended: false };

  const state = apply(before, {
    event: "room_joined",
    data: roomJoined({ seq: 901, epoch: "e2", snapshot }),
  });

  assert.deepEqual(seqs(state), [900]);
  assert.deepEqual([state.seq, state.epoch, state.before, state.missed], [901, "e2", 900, null]);
});

test("a log that grows keeps its last lines and remembers where the earlier ones are", () => {
  const state = all(
    Array.from({ length: 1_000 }, (_, i) => chat(i + 1)),
    inRoom(),
  );

  assert.equal(state.log.length, LOG_LINES);
  assert.equal(state.log.at(-1).frame.seq, 1_000);
  assert.equal(state.before, 1_000 - LOG_LINES + 1);
});

test("there is nothing earlier than the first line", () => {
  const snapshot = { events: [chat(1), chat(2)], narration: null, turn: null, combat: null, ended: false };

  assert.equal(inRoom({ seq: 2, snapshot }).before, null);
  assert.equal(inRoom({ seq: 0 }).before, null);
});
