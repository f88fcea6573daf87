import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Table } from "../../../static/game/table/table.js";
import { bob, FakeClock, fakeNetwork } from "../support/fakes.js";
import { subjects } from "../support/table.js";

const chat = (seq) => ({
  event: "chat_message",
  data: { player: bob, message: `${seq}`, timestamp: "" },
  seq,
});
let network;
let table;

beforeEach(() => {
  network = fakeNetwork();
  const { WebSocketClass } = network;
  table = new Table(
    {
      url: "wss://table.test/ws/game/5",
      token: "jwt",
      clock: new FakeClock(),
      WebSocketClass,
    },
    subjects,
  );
  table.socket.connect();
  network.last.lets({
    seq: 300,
    snapshot: { events: [chat(300)], narration: null, turn: null, combat: null, ended: false },
  });
});

/** The history endpoint, answering these pages in turn; returns what it was asked. */
function history(t, ...pages) {
  const asked = [];
  t.mock.method(globalThis, "fetch", async (url, options) => {
    asked.push([url, options.headers]);
    return Response.json(pages.shift());
  });
  return asked;
}

const seqs = () => table.reading.lines.map(({ frame }) => frame.seq);

test("earlier lines are fetched with one's own token and come before the others", async (t) => {
  const asked = history(t, { results: [chat(298), chat(299)], next: 298 });

  await table.loadEarlier();

  assert.deepEqual(asked, [
    ["https://table.test/api/sessions/5/events/?before=300&limit=100", { Authorization: "Bearer jwt" }],
  ]);
  assert.deepEqual(seqs(), [298, 299, 300]);
  assert.equal(table.reading.before, 298);
});

test("a stretch of the log in which nothing is one's own is passed over", async (t) => {
  const asked = history(t, { results: [], next: 200 }, { results: [chat(150)], next: null });

  await table.loadEarlier();

  assert.equal(asked.length, 2);
  assert.deepEqual(seqs(), [150, 300]);
  assert.equal(table.reading.before, null);
});

test("earlier lines of a log that was replaced meanwhile are thrown away", async (t) => {
  history(t, { results: [chat(299)], next: 299 });

  const loading = table.loadEarlier();
  network.last.lets({
    seq: 300,
    epoch: "e2",
    snapshot: { events: [chat(300)], narration: null, turn: null, combat: null, ended: false },
  });
  await loading;

  assert.deepEqual(seqs(), [300]);
});

test("a history that cannot be had says so", async (t) => {
  t.mock.method(globalThis, "fetch", async () => Response.json({}, { status: 503 }));

  await assert.rejects(table.loadEarlier(), /503/);
});

test("a refused command stays until it is dismissed or sent again under a new id", () => {
  const first = table.socket.send("chat_message", { message: "hi" });
  network.last.says("error", { id: first, code: "forbidden", message: "No." });
  const [refused] = table.refused;

  table.sendAgain(refused);
  const second = network.last.heard.at(-1);
  network.last.says("error", { id: second.id, code: "forbidden", message: "No." });
  assert.notEqual(second.id, first);
  table.dismiss(table.refused[0]);

  assert.deepEqual(table.refused, []);
});
