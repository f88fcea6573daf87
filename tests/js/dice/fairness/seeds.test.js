import assert from "node:assert/strict";
import { test } from "node:test";
import { changed, contributed, due, randomSeed } from "../../../../static/game/dice/fairness/seeds.js";
import { Table } from "../../../../static/game/table/table.js";
import { bob, FakeClock, fakeNetwork } from "../../support/fakes.js";
import { subjects } from "../../support/table.js";

const commitment = (rotation) => ({ rotation, hash: "a", hidden: "b" });
const opened = changed(null, { rotation: 1, commitments: [commitment(1), commitment(2)], revealed: null }, 5);

test("a change leaves the seeds that the server could not know", () => {
  const seeded = contributed(contributed(opened, { user_id: 2, seed: "b", seq: 7 }), {
    user_id: 1,
    seed: "a",
    seq: 6,
  });
  const second = changed(seeded, { rotation: 2, commitments: [commitment(3)], revealed: null }, 9);
  const third = changed(second, { rotation: 3, commitments: [commitment(4)], revealed: null }, 12);

  assert.deepEqual(
    seeded.seeds.map(({ seed }) => seed),
    ["a", "b"],
  );
  assert.deepEqual(second.seeds, seeded.seeds);
  assert.deepEqual(
    second.commitments.map(({ rotation, seq }) => [rotation, seq]),
    [
      [2, 5],
      [3, 9],
    ],
  );
  assert.deepEqual(third.seeds, []);
});

test("a seed is due until one's own stands behind the newest commitment", () => {
  const state = { inRoom: true, ended: false, me: bob, fairness: opened };
  const seed = { user_id: bob.user_id, seed: "b", seq: 6 };

  assert.equal(due(state), "seed");
  assert.equal(due({ ...state, fairness: contributed(opened, seed) }), null);
  assert.equal(due({ ...state, fairness: null }), "open");
  assert.equal(due({ ...state, fairness: undefined }), null);
  assert.equal(due({ ...state, ended: true }), null);
  assert.equal(due({ ...state, me: { ...bob, role: "spectator" } }), null);
});

test("no two seeds are alike", () => {
  assert.match(randomSeed(), /^[0-9a-f]{32}$/);
  assert.notEqual(randomSeed(), randomSeed());
});

/** A table in the room, as far as its seeds go. */
function sitDown(fairness) {
  const network = fakeNetwork();
  const { WebSocketClass } = network;
  const table = new Table(
    { url: "ws://table.test/ws/game/5", clock: new FakeClock(), WebSocketClass },
    subjects,
  );
  table.socket.connect();
  network.last.lets({ seq: 5, snapshot: { events: [], turn: null, combat: null, ended: false, fairness } });
  return { table, ws: network.last };
}

const said = (ws) => ws.commands.map(({ event }) => event);

test("who comes first has a seed committed to, and contributes once it is", () => {
  const { ws } = sitDown(null);
  const fairness = { rotation: 1, commitments: [commitment(1), commitment(2)], revealed: null };

  assert.deepEqual(said(ws), ["fairness_rotate"]);
  ws.ack(ws.commands[0], 6);
  ws.says("fairness_rotate", { player: bob, fairness, timestamp: "" }, 6);
  assert.deepEqual(said(ws), ["fairness_rotate", "seed_set"]);
});

test("that somebody was faster is no news", () => {
  const { table, ws } = sitDown(null);

  ws.says("error", { message: "Nothing was rolled yet.", code: "conflict", id: ws.commands[0].id });

  assert.deepEqual(table.refused, []);
});

test("a seed is contributed once for each commitment", () => {
  const { ws } = sitDown(opened);
  const [{ data }] = ws.commands;
  ws.ack(ws.commands[0], 6);
  ws.says("seed_set", { player: bob, seed: data.seed, timestamp: "" }, 6);
  const fairness = { rotation: 2, commitments: [commitment(3)], revealed: null };
  ws.says("fairness_rotate", { player: bob, fairness, timestamp: "" }, 7);

  assert.deepEqual(said(ws), ["seed_set", "seed_set"]);
});
