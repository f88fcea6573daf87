import assert from "node:assert/strict";
import { test } from "node:test";
import { joined, messages, sitDown } from "../support/seat.js";

test("a token goes along as a subprotocol and never in the address", () => {
  const { network } = sitDown({ token: "abc.def.ghi", characterId: 7 });

  assert.deepEqual(network.last.protocols, ["rollscape.v1", "bearer.abc.def.ghi"]);
  assert.equal(network.last.url.search, "?character_id=7");
});

test("without a token nothing is offered, so that the cookie decides", () => {
  const { network } = sitDown();

  assert.deepEqual(network.last.protocols, []);
  assert.equal(network.last.url.href, "ws://table.test/ws/game/5");
});

test("connected means in the room", () => {
  const { network, game } = sitDown();
  network.last.readyState = 1;
  assert.equal(game.status.phase, "connecting");

  network.last.lets();

  assert.equal(game.status.phase, "open");
});

test("a reconnection asks for what came after the last seq it read, in the same epoch", () => {
  const { clock, network } = joined({}, { seq: 40, epoch: "abc" });
  network.last.says("chat_message", { message: "hi" }, 41);
  network.last.closes(1006);
  clock.pass(2_000);

  assert.equal(network.sockets.length, 2);
  assert.equal(network.last.url.searchParams.get("since"), "41");
  assert.equal(network.last.url.searchParams.get("epoch"), "abc");
});

test("missed events follow a resumption in order, each once", () => {
  const { clock, network, told } = joined({}, { seq: 1 });
  network.last.says("chat_message", { message: "two" }, 2);
  network.last.closes(1006);
  clock.pass(2_000);

  network.last.lets({ seq: 4, resumed: true, missed: 2 });
  network.last.says("chat_message", { message: "two" }, 2);
  network.last.says("chat_message", { message: "three" }, 3);
  network.last.says("skip", {}, 4);
  network.last.says("chat_message", { message: "five" }, 5);

  assert.deepEqual(messages(told.frames), ["two", "three", "five"]);
});

test("a snapshot moves on to its own end", () => {
  const { network, told } = joined({}, { seq: 90 });

  network.last.says("chat_message", { message: "old" }, 90);
  network.last.says("chat_message", { message: "new" }, 91);

  assert.deepEqual(messages(told.frames), ["new"]);
});

test("a gap asks for the rest, and takes nothing in before it came", () => {
  const { network, told } = joined({}, { seq: 1 });

  network.last.says("chat_message", { message: "four" }, 4);
  network.last.says("chat_message", { message: "five" }, 5);
  assert.deepEqual(network.last.heard, [{ event: "join_room", data: { since: 1, epoch: "e1" } }]);
  network.last.lets({ seq: 5, resumed: true, missed: 4 });
  for (const seq of [2, 3, 4, 5, 6]) network.last.says("chat_message", { message: `${seq}` }, seq);

  assert.deepEqual(messages(told.frames), ["2", "3", "4", "5", "6"]);
});

test("a gap that is still there after asking is a hole in the log: start afresh", () => {
  const { network, told } = joined({}, { seq: 1 });
  network.last.says("chat_message", { message: "four" }, 4);
  network.last.lets({ seq: 4, resumed: true, missed: 1 });
  network.last.says("chat_message", { message: "four" }, 4);

  assert.deepEqual(network.last.heard.at(-1), { event: "join_room", data: {} });
  network.last.lets({ seq: 4 });
  network.last.says("chat_message", { message: "five" }, 5);

  assert.deepEqual(messages(told.frames), ["five"]);
});

test("nonsense from the server is passed over", () => {
  const { network, game, told } = joined();
  const before = told.frames.length;

  for (const text of [
    "",
    "{",
    "null",
    "[]",
    "7",
    '{"event":5,"data":{}}',
    '{"event":"x"}',
    '{"event":"x","data":[]}',
  ]) {
    network.last.saysText(text);
  }
  network.last.saysText(new ArrayBuffer(4));
  network.last.saysText('{"event":"chat_message","data":{},"seq":"one"}');
  network.last.says("chat_message", { message: "fine" }, 1);

  assert.deepEqual(messages(told.frames.slice(before)), ["fine"]);
  assert.equal(game.status.phase, "open");
});

test("leaving the room keeps the socket and holds commands back until one is in it again", () => {
  const { network, game } = joined({}, { seq: 3 });

  game.leaveRoom();
  network.last.says("room_left", { session_id: 5 });
  game.send("chat_message", { message: "later" });
  assert.deepEqual(network.last.heard, [{ event: "leave_room", data: {} }]);
  game.joinRoom();
  assert.deepEqual(network.last.heard.at(-1), { event: "join_room", data: { since: 3, epoch: "e1" } });
  network.last.lets({ seq: 3, resumed: true });

  assert.deepEqual(
    network.last.commands.map(({ data }) => data.message),
    ["later"],
  );
});

test("who left the room is not brought back by a lost connection", () => {
  const { clock, network, game } = joined();
  game.leaveRoom();
  network.last.closes(1006);
  clock.pass(60_000);

  assert.equal(network.sockets.length, 1);
  assert.equal(game.status.phase, "idle");
});

test("another character is played on a new connection that resumes", () => {
  const { network, game } = joined({ characterId: 1 }, { seq: 9 });

  game.playAs(2);

  assert.equal(network.sockets[0].closedWith, 1000);
  assert.equal(network.last.url.searchParams.get("character_id"), "2");
  assert.equal(network.last.url.searchParams.get("since"), "9");
});

test("a listener that throws keeps nobody else from hearing", (t) => {
  t.mock.method(console, "error", () => {});
  const { network, game } = joined();
  const heard = [];
  game.on("frame", () => {
    throw new Error("a view's bug");
  });
  game.on("frame", (frame) => heard.push(frame));

  network.last.says("chat_message", { message: "hi" }, 1);

  assert.equal(heard.length, 1);
});
