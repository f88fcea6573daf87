import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, KEPT, MOST, newest, withEarlier, withLater } from "../../../static/game/table/scrollback.js";
import { bob, roomJoined } from "../support/fakes.js";
import { apply, initial, logOf } from "../support/table.js";

const chat = (seq) => ({
  event: "chat_message",
  data: { player: bob, message: `${seq}`, timestamp: "" },
  seq,
});
const chats = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => chat(from + i));
const seqs = ({ lines }) => lines.map(({ frame }) => frame.seq);
const joined = (events, seq = events.at(-1)?.seq ?? 0, more = {}) =>
  apply(initial(), {
    event: "room_joined",
    data: roomJoined({
      seq,
      snapshot: { events, narration: null, turn: null, combat: null, ended: false },
      ...more,
    }),
  });

/** A reading that follows every frame; returns it with the state. */
function goOn(reading, state, frames, atEnd) {
  for (const frame of frames) {
    state = apply(state, frame);
    reading = follow(reading, state, atEnd);
  }
  return { reading, state };
}

/** A reading scrolled up from the end at 2,000 until the live end fell off. */
function farBack() {
  const state = joined(chats(1951, 2000));
  let reading = newest(state);
  for (let before = 1951; reading.after === null; before -= 100)
    reading = withEarlier(reading, logOf(chats(before - 100, before - 1)), before - 100);
  return { reading, state };
}

test("it follows the live end and lets go of the oldest lines", () => {
  const start = joined(chats(1, 50));

  const { reading } = goOn(newest(start), start, chats(51, MOST + 1), true);

  assert.deepEqual(
    seqs(reading),
    seqs({ lines: chats(MOST + 2 - KEPT, MOST + 1).map((frame) => ({ frame })) }),
  );
  assert.equal(reading.before, MOST + 2 - KEPT);
  assert.equal(reading.after, null);
});

test("who reads further up keeps the place while others talk", () => {
  const start = joined(chats(1, 50));

  const { reading } = goOn(newest(start), start, chats(51, 900), false);

  assert.equal(seqs(reading)[0], 1);
  assert.equal(reading.lines.length, MOST);
  assert.equal(reading.after, MOST);
});

test("earlier pages push the live end out of a bounded stretch", () => {
  const { reading } = farBack();

  assert.equal(reading.lines.length, MOST);
  assert.equal(reading.after, seqs(reading).at(-1));
  assert.equal(reading.before, seqs(reading)[0]);
});

test("later pages lead back to the live end, without a hole or a double", () => {
  let { reading, state } = farBack();
  ({ reading, state } = goOn(reading, state, chats(2001, 2120), false));

  for (let turns = 0; reading.after !== null && turns < 20; turns += 1) {
    const to = Math.min(reading.after + 100, 2120);
    reading = withLater(reading, logOf(chats(reading.after + 1, to)), to === 2120 ? null : to, state);
  }

  const numbers = seqs(reading);
  assert.equal(reading.after, null);
  assert.equal(numbers.at(-1), 2120);
  assert.ok(numbers.every((seq, index) => index === 0 || seq === numbers[index - 1] + 1));
  assert.equal(reading.before, numbers[0]);
});

test("lines that came while the last page was on its way are asked for, not skipped", () => {
  const { reading } = farBack();
  const busy = joined(chats(2301, 2350));

  const next = withLater(reading, logOf(chats(reading.after + 1, 2000)), null, busy);

  assert.equal(next.after, 2000);
});

test("a page that overlaps what is there adds nothing twice", () => {
  const state = joined(chats(51, 100));

  const reading = withEarlier(newest(state), logOf(chats(49, 52)), 49);

  assert.deepEqual(seqs(reading).slice(0, 4), [49, 50, 51, 52]);
  assert.equal(new Set(seqs(reading)).size, reading.lines.length);
});

test("a snapshot that has nothing in common starts the stretch anew", () => {
  const old = newest(joined(chats(1, 50)));

  const reading = follow(old, joined(chats(951, 1000)), true);

  assert.equal(seqs(reading)[0], 951);
  assert.equal(reading.before, 951);
});

test("comings and goings, which have no place in the log, stand once", () => {
  const start = joined(chats(1, 2));

  const { reading } = goOn(
    newest(start),
    start,
    [
      { event: "player_left", data: { player: bob } },
      chat(3),
      { event: "player_joined", data: { player: bob } },
    ],
    true,
  );

  assert.deepEqual(seqs(reading), [1, 2, undefined, 3, undefined]);
});
