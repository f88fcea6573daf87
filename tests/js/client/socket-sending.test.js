import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeStorage } from "../support/fakes.js";
import { joined, sitDown } from "../support/seat.js";

const say = (game, ...texts) => texts.map((message) => game.send("chat_message", { message }));
const texts = (commands) => commands.map(({ data }) => data.message);

test("a command has an id of its own, at most 64 characters", () => {
  const { network, game } = joined();

  const [first] = say(game, "one");
  network.last.ack({ id: first }, 1);
  const [second] = say(game, "two");

  assert.deepEqual(network.last.heard[0], { event: "chat_message", data: { message: "one" }, id: first });
  assert.notEqual(first, second);
  assert.match(first, /^[0-9a-f]{32}$/);
});

test("a command is pending until it is acknowledged and its broadcast is here", () => {
  const { network, game } = joined();
  const [id] = say(game, "hello");
  assert.deepEqual(
    game.pending.map(({ state }) => state),
    ["sent"],
  );

  network.last.ack({ id }, 1);
  assert.deepEqual(
    game.pending.map(({ state }) => state),
    ["acked"],
  );
  network.last.says("chat_message", { message: "hello" }, 1);

  assert.deepEqual(game.pending, []);
});

test("an ack after its broadcast ends the waiting at once", () => {
  const { network, game } = joined();
  const [id] = say(game, "hello");
  network.last.says("chat_message", { message: "hello" }, 1);
  network.last.ack({ id }, 1);

  assert.deepEqual(game.pending, []);
});

test("what was not acknowledged is sent again, in order and under the same id", () => {
  const { clock, network, game } = joined();
  const ids = say(game, "one", "two", "three");
  network.last.ack({ id: ids[0] }, 1);
  network.last.closes(1006);
  clock.pass(2_000);

  network.last.lets({ resumed: true, seq: 2, missed: 2 });
  network.last.ack({ id: ids[1] }, 2, true);
  network.last.ack({ id: ids[2] }, 3);

  assert.deepEqual(
    network.last.commands.map(({ id }) => id),
    [ids[1], ids[2]],
  );
  assert.deepEqual(texts(network.last.commands), ["two", "three"]);
});

test("nothing is sent before the room is joined", () => {
  const { network, game } = sitDown();
  network.last.readyState = 1;

  say(game, "early");
  assert.deepEqual(network.last.heard, []);
  network.last.lets();

  assert.deepEqual(texts(network.last.commands), ["early"]);
});

test("the next command waits for the answer to the one before", () => {
  const { network, game } = joined();
  const ids = say(game, "one", "two");
  assert.deepEqual(texts(network.last.commands), ["one"]);

  network.last.ack({ id: ids[0] }, 1);

  assert.deepEqual(texts(network.last.commands), ["one", "two"]);
});

for (const code of ["rate_limited", "busy"]) {
  test(`${code}: sent again after retry_after, nothing overtakes it`, () => {
    const { clock, network, game } = joined();
    const ids = say(game, "one", "two");

    network.last.says("error", { message: "Later.", code, id: ids[0], retry_after: 2.5 });
    clock.pass(2_499);
    assert.deepEqual(texts(network.last.commands), ["one"]);
    clock.pass(1);
    network.last.ack({ id: ids[0] }, 1);

    assert.deepEqual(
      network.last.commands.map(({ id }) => id),
      [ids[0], ids[0], ids[1]],
    );
  });
}

test("rate_limited that names no command means the one on its way", () => {
  const { clock, network, game } = joined();
  say(game, "one");

  network.last.says("error", { message: "Slow down.", code: "rate_limited", retry_after: 0.1 });
  clock.pass(100);

  assert.deepEqual(texts(network.last.commands), ["one", "one"]);
});

test("a refused command is given back with the reason, and the next one goes out", () => {
  const { network, game, told } = joined();
  const id = game.send("dm_narration", { narration: "Night falls." });
  say(game, "after");

  network.last.says("error", { message: "Only DM can send narration", code: "forbidden", id });

  const [{ command, code, message }] = told.refused;
  assert.deepEqual([command.id, command.data], [id, { narration: "Night falls." }]);
  assert.deepEqual([code, message], ["forbidden", "Only DM can send narration"]);
  assert.deepEqual(texts(game.pending), ["after"]);
  assert.equal(network.last.commands.at(-1).data.message, "after");
});

test("an error about no command leaves what is on its way alone", () => {
  const { network, game, told } = joined();
  say(game, "one");

  network.last.says("error", { message: "No such character.", code: "not_found" });

  assert.deepEqual(told.refused, []);
  assert.equal(game.pending.length, 1);
});

test("a command over 64 KiB is given back without being sent", () => {
  const { network, game, told } = joined();

  say(game, "é".repeat(33_000));

  assert.deepEqual(network.last.heard, []);
  assert.equal(told.refused[0].code, "too_large");
});

for (const code of [1009, 4009]) {
  test(`${code}: the command that was too large is given back`, () => {
    const { network, game, told } = joined();
    say(game, "huge", "next");

    network.last.closes(code, "Message too large");

    assert.deepEqual(
      told.refused.map(({ command }) => command.data.message),
      ["huge"],
    );
    assert.deepEqual(texts(game.pending), ["next"]);
  });
}

test("a command that the server broke on twice is given back; the others are sent", () => {
  const { clock, network, game, told } = joined();
  say(game, "poison", "fine");
  network.last.closes(4500, "Server error");
  clock.pass(30_000);
  network.last.lets({ resumed: true });
  assert.deepEqual(texts(network.last.commands), ["poison"]);

  network.last.closes(4500, "Server error");
  clock.pass(30_000);
  network.last.lets({ resumed: true });

  assert.deepEqual(
    told.refused.map(({ command, code }) => [command.data.message, code]),
    [["poison", "server_error"]],
  );
  assert.deepEqual(texts(network.last.commands), ["fine"]);
});

test("a command without an answer is sent again under its id", () => {
  const { clock, network, game } = joined();
  const [id] = say(game, "one");

  clock.pass(19_000);
  network.last.says("pong", {});
  clock.pass(1_000);

  assert.deepEqual(
    network.last.commands.map((command) => command.id),
    [id, id],
  );
});

test("commands outlive a reload under the same ids", () => {
  const storage = fakeStorage();
  const before = sitDown({ storage, userId: 1 });
  const ids = say(before.game, "one", "two");
  before.game.close();

  const after = joined({ storage, userId: 1 });
  after.network.last.ack({ id: ids[0] }, 1);
  after.network.last.ack({ id: ids[1] }, 2);

  assert.deepEqual(
    after.network.last.commands.map(({ id }) => id),
    ids,
  );
  assert.equal(storage.kept.size, 0);
});

test("another user on the same browser does not send them", () => {
  const storage = fakeStorage();
  say(sitDown({ storage, userId: 1 }).game, "mine");

  const { game } = joined({ storage, userId: 2 });

  assert.deepEqual(game.pending, []);
});

test("storage that is full or broken costs nothing but the reload", () => {
  const storage = {
    getItem: () => "not json",
    setItem() {
      throw new Error("QuotaExceededError");
    },
    removeItem() {},
  };
  const { network, game } = joined({ storage });

  say(game, "hello");

  assert.deepEqual(texts(network.last.commands), ["hello"]);
});

test("pending commands are announced whenever they change", () => {
  const { network, game } = joined();
  const seen = [];
  game.on("pending", (commands) => seen.push(commands.map(({ state }) => state).join()));

  const [id] = say(game, "one");
  network.last.ack({ id }, 1);
  network.last.says("chat_message", { message: "one" }, 1);

  assert.deepEqual(seen, ["queued", "sent", "acked", ""]);
});

test("what is said in passing goes out at once, without an id, and is not kept", () => {
  const { game, network } = joined();

  assert.equal(game.pass("ping", { timestamp: 7 }), true);
  assert.deepEqual(network.last.heard.at(-1), { event: "ping", data: { timestamp: 7 } });
  assert.deepEqual(game.pending, []);
});

test("out of the room nothing is said in passing", () => {
  const { game, network } = joined();
  network.last.closes(1006);

  assert.equal(game.pass("ping", { timestamp: 7 }), false);
});

test("what was said in passing and not stored is told", () => {
  const { network, told } = joined();
  network.last.says("pong", { timestamp: 7, server_time: "" });

  assert.deepEqual(told.frames.at(-1), { event: "pong", data: { timestamp: 7, server_time: "" } });
});
