import assert from "node:assert/strict";
import { test } from "node:test";
import { SignInNeeded } from "../../../static/game/client/access.js";
import { delay, verdict } from "../../../static/game/client/close-codes.js";
import { Retries } from "../../../static/game/client/retries.js";
import { joined, sitDown } from "../support/seat.js";

const settle = () => new Promise((resolve) => setImmediate(resolve));

const TABLE = {
  1000: "again",
  1001: "again",
  1005: "again",
  1006: "again",
  1009: "stop",
  1011: "again",
  1012: "again",
  4000: "stop",
  4001: "stop",
  4003: "stop",
  4004: "stop",
  4009: "stop",
  4099: "stop",
  4100: "backoff",
  4108: "backoff",
  4129: "backoff",
  4199: "backoff",
  4200: "again",
  4299: "again",
  4500: "backoff",
};

for (const [code, expected] of Object.entries(TABLE)) {
  test(`close code ${code}: ${expected}`, () => {
    const { clock, network, game } = joined();

    network.last.closes(Number(code), "because");
    const { phase, code: shown, reason } = game.status;
    clock.pass(31_000);

    assert.equal(verdict(Number(code)), expected);
    assert.equal(phase, expected === "stop" ? "stopped" : "waiting");
    assert.deepEqual([shown, reason], [Number(code), "because"]);
    // The second connection never gets in, so it may have been given up and tried again meanwhile.
    assert.equal(network.sockets.length > 1, expected !== "stop");
  });
}

for (const [backOff, longest] of [
  [false, 5_000],
  [true, 30_000],
]) {
  test(`the first try comes within 3 s, none after ${longest} ms, and all of the time before is possible`, () => {
    const latest = (attempt) => delay(attempt, () => 0.999_999, backOff);

    assert.ok(latest(0) <= 3_000);
    for (let attempt = 0; attempt < 2_000; attempt++) {
      assert.equal(
        delay(attempt, () => 0, backOff),
        0,
      );
      assert.ok(latest(attempt) <= longest);
    }
    assert.ok(latest(5) > longest - 1_000);
  });
}

for (const outage of [12_000, 600_000]) {
  test(`after ${outage / 1_000} s without a server all are back within 5 s, one by one, and had not hammered`, () => {
    const clients = 1_000;
    const random = seeded(outage);
    const back = [];
    let tries = 0;

    for (let client = 0; client < clients; client++) {
      const retries = new Retries(random);
      let now = retries.after(1006, 60_000).wait;
      while (now < outage) {
        tries += 1;
        now += retries.after(1006, null).wait;
      }
      back.push(now - outage);
    }

    assert.ok(Math.max(...back) <= 5_000);
    const seconds = [0, 1, 2, 3, 4].map((second) => back.filter((ms) => Math.floor(ms / 1_000) === second));
    for (const { length } of seconds) assert.ok(length < clients / 2, `${length} at once`);
    assert.ok(tries / clients < outage / 2_000, `${tries / clients} tries each`);
  });
}

/** Numbers in [0, 1), the same in every run. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** How long the client waits after each of these closes, joining in between. */
function waits(codes, { join = true, stay = 0 } = {}) {
  const { clock, network, game } = sitDown({ random: () => 1 });
  return codes.map((code) => {
    if (join) network.last.lets();
    for (let stayed = 0; stayed < stay; stayed += 15_000) {
      clock.pass(15_000);
      network.last.says("pong");
    }
    network.last.closes(code);
    const wait = game.status.retryAt - clock.now();
    clock.pass(wait);
    return wait;
  });
}

test("a server that cannot be reached is tried more slowly, up to 5 s", () => {
  const unreachable = waits([1006, 1006, 1006, 1006, 1006, 1006], { join: false });

  assert.deepEqual(unreachable, [2_000, 4_000, 5_000, 5_000, 5_000, 5_000]);
});

test("a connection that had joined is tried soon again", () => {
  assert.deepEqual(waits([1006, 1012, 4200]), [2_000, 2_000, 2_000]);
});

test("a close that asks to back off is heeded although joining works", () => {
  assert.deepEqual(waits([4108, 4129, 4500, 4100, 4100]), [2_000, 4_000, 8_000, 16_000, 30_000]);
});

test("and forgotten after a minute without one", () => {
  assert.deepEqual(waits([4108, 4108, 4108], { stay: 60_000 }), [2_000, 2_000, 2_000]);
});

test("the server's hint wins, once", () => {
  const { clock, network, game } = joined();

  network.last.says("reconnect", { after_ms: 45_000 });
  network.last.closes(4200);
  assert.equal(game.status.retryAt - clock.now(), 45_000);
  clock.pass(45_000);
  network.last.closes(1006);

  assert.ok(game.status.retryAt - clock.now() <= 4_000);
});

test("a refused token is refreshed once, and play goes on with the new one", async () => {
  const { network, game } = sitDown({ token: "old", getToken: async () => "new" });

  network.last.closes(4001, "Invalid token");
  await settle();

  assert.equal(network.sockets.length, 2);
  assert.deepEqual(network.last.protocols, ["rollscape.v1", "bearer.new"]);
  assert.equal(game.token, "new");
  network.last.closes(4001, "Invalid token");
  await settle();
  assert.equal(network.sockets.length, 2);
  assert.deepEqual(game.status, { phase: "stopped", code: 4001, reason: "Invalid token" });
});

test("a token that expires again an hour later is refreshed again", async () => {
  let count = 0;
  const { network } = sitDown({ token: "t0", getToken: async () => `t${++count}` });

  for (const expected of ["bearer.t1", "bearer.t2"]) {
    network.last.closes(4001);
    await settle();
    assert.equal(network.last.protocols[1], expected);
    network.last.lets();
  }
});

test("a refresh token is exchanged at the server that the socket is on", async (t) => {
  const asked = [];
  t.mock.method(globalThis, "fetch", async (url, { body }) => {
    asked.push([url, JSON.parse(body)]);
    return Response.json({ access: "fresh" });
  });
  const { network } = sitDown({ token: "old", refreshToken: "long-lived" });

  network.last.closes(4001);
  await settle();

  assert.deepEqual(asked, [["http://table.test/api/token/refresh/", { refresh: "long-lived" }]]);
  assert.equal(network.last.protocols[1], "bearer.fresh");
});

test("a refresh token that is refused means signing in", async (t) => {
  t.mock.method(globalThis, "fetch", async () => Response.json({}, { status: 401 }));
  const { clock, network, game } = sitDown({ token: "old", refreshToken: "revoked" });

  network.last.closes(4001, "Invalid token");
  await settle();
  clock.pass(60_000);

  assert.deepEqual(game.status, { phase: "stopped", code: 4001, reason: "Invalid token" });
});

test("a refresh that could not be asked for is tried again later", async () => {
  const answers = [Promise.reject(new TypeError("no network")), Promise.resolve("new")];
  const { clock, network, game } = sitDown({ token: "old", getToken: () => answers.shift() });

  network.last.closes(4001);
  await settle();
  assert.equal(game.status.phase, "waiting");
  clock.pass(2_000);
  network.last.closes(4001);
  await settle();

  assert.equal(network.last.protocols[1], "bearer.new");
});

test("a getToken that gives up stops", async () => {
  const { network, game } = sitDown({ getToken: () => Promise.reject(new SignInNeeded("gone")) });

  network.last.closes(4001);
  await settle();

  assert.equal(game.status.phase, "stopped");
});

test("close is for good, whatever was under way", async () => {
  const { clock, network, game } = sitDown({ token: "old", getToken: async () => "new" });
  network.last.closes(4001);
  game.close();
  await settle();
  clock.pass(120_000);

  assert.equal(network.sockets.length, 1);
  assert.equal(game.status.phase, "idle");
});

test("a silent connection is pinged, and given up when nothing comes back", () => {
  const { clock, network, game } = joined();

  clock.pass(20_000);
  assert.equal(network.last.heard.at(-1).event, "ping");
  clock.pass(10_000);

  assert.equal(game.status.phase, "waiting");
  assert.equal(network.sockets[0].closedWith, "bare");
});

test("any frame counts as a sign of life", () => {
  const { clock, network, game } = joined();

  for (let i = 0; i < 10; i++) {
    clock.pass(20_000);
    network.last.says("pong", { timestamp: 1, server_time: "" });
  }

  assert.equal(game.status.phase, "open");
});

test("a connection that never gets into the room is given up", () => {
  const { clock, network, game } = sitDown();

  clock.pass(15_000);

  assert.equal(game.status.phase, "waiting");
  assert.equal(network.sockets[0].closedWith, "bare");
});

test("the network coming back ends the waiting, but not a back-off", () => {
  const page = new EventTarget();
  const { network } = joined({ page });
  network.last.closes(1006);
  page.dispatchEvent(new Event("online"));
  assert.equal(network.sockets.length, 2);

  network.last.lets();
  network.last.closes(4129);
  page.dispatchEvent(new Event("online"));
  assert.equal(network.sockets.length, 2);
});

test("a page that is looked at again makes sure of its connection", () => {
  const page = Object.assign(new EventTarget(), { document: new EventTarget() });
  const { clock, network, game } = joined({ page });
  page.document.visibilityState = "hidden";
  page.document.dispatchEvent(new Event("visibilitychange"));
  assert.equal(network.last.heard.length, 0);

  page.document.visibilityState = "visible";
  page.document.dispatchEvent(new Event("visibilitychange"));
  clock.pass(4_000);

  assert.equal(network.last.heard.at(-1).event, "ping");
  assert.equal(game.status.phase, "waiting");
});
