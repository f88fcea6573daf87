import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { h, render } from "preact";
import { useGameSocket } from "../../../static/game/page/use-game-socket.js";
import { alice, bob, fakeNetwork } from "../support/fakes.js";

const SURFACE = [
  "isConnected",
  "players",
  "sendChatMessage",
  "sendDiceRoll",
  "sendDMNarration",
  "sendPlayerAction",
  "sendTurnChange",
  "sendCombatUpdate",
  "sendPing",
  "joinRoom",
  "leaveRoom",
  "connect",
  "disconnect",
];

const url = "ws://table.test/ws/game/5";
let network;
let place;

beforeEach(() => {
  network = fakeNetwork();
  globalThis.WebSocket = network.WebSocketClass;
  // The component below renders nothing, so this is all of a document that is needed.
  place = { nodeType: 1, childNodes: [], firstChild: null, ownerDocument: {}, namespaceURI: "" };
});
afterEach(() => render(null, place));

/** Renders a component with the hook in it; `drawn.table` is what the hook returned last. */
function mount(options = {}) {
  const drawn = { table: null, count: 0, next: () => new Promise((resolve) => (drawn.resolve = resolve)) };
  function Probe(props) {
    drawn.table = useGameSocket(props);
    drawn.count += 1;
    drawn.resolve?.();
    return null;
  }
  drawn.render = (more) => render(h(Probe, { sessionId: 5, userId: 1, url, ...options, ...more }), place);
  drawn.render();
  return drawn;
}

/** Effects run a frame after the render that asks for them. */
async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function connected(options) {
  const drawn = mount(options);
  await until(() => network.last !== undefined);
  network.last.lets({ players: [alice, bob] });
  await drawn.next();
  return drawn;
}

test("the whole surface is there under its names", () => {
  const { table } = mount({ autoConnect: false });

  for (const name of SURFACE) assert.notEqual(table[name], undefined, name);
  assert.deepEqual([table.isConnected, table.players], [false, []]);
});

test("it connects by itself, and shows who is there", async () => {
  const { table } = await connected();

  assert.equal(table.isConnected, true);
  assert.deepEqual(table.players, [alice, bob]);
});

test("every callback hears its event's data", async () => {
  const heard = [];
  const on = (name) => (data) => heard.push([name, data]);
  const events = {
    room_left: "onRoomLeft",
    player_joined: "onPlayerJoined",
    player_left: "onPlayerLeft",
    player_list: "onPlayerList",
    dice_roll: "onDiceRoll",
    chat_message: "onChatMessage",
    dm_narration: "onDMNarration",
    player_action: "onPlayerAction",
    turn_change: "onTurnChange",
    combat_update: "onCombatUpdate",
    error: "onError",
    pong: "onPong",
  };
  const callbacks = Object.fromEntries(Object.values(events).map((name) => [name, on(name)]));
  await connected(callbacks);

  for (const event of Object.keys(events))
    network.last.says(event, { player: bob, players: [bob], code: "x", event });

  assert.deepEqual(
    heard.map(([name, data]) => [name, data.event]),
    Object.entries(events).map(([event, name]) => [name, event]),
  );
});

test("being connected is told before the room, and losing it once", async () => {
  const order = [];
  await connected({
    onConnected: () => order.push("connected"),
    onRoomJoined: ({ players }) => order.push(`joined with ${players.length}`),
    onDisconnected: ({ code }) => order.push(`lost ${code}`),
  });

  network.last.closes(1006);

  assert.deepEqual(order, ["connected", "joined with 2", "lost 1006"]);
});

test("the callbacks of the last render are the ones that are called", async () => {
  const heard = [];
  const drawn = await connected({ onChatMessage: () => heard.push("old") });

  drawn.render({ onChatMessage: ({ message }) => heard.push(message) });
  network.last.says("chat_message", { player: bob, message: "new" }, 1);

  assert.deepEqual(heard, ["new"]);
  assert.equal(network.sockets.length, 1);
});

test("each send says its event", async () => {
  const { table } = await connected();
  const said = [];
  const answered = () => {
    const { event, data, id } = network.last.heard.at(-1);
    said.push([event, data]);
    if (id !== undefined) network.last.ack({ id });
  };
  const reported = { formula: "1d20+5", result: 18, rolls: [13], modifier: 5 };

  for (const send of [
    () => table.sendChatMessage("hi"),
    () => table.sendDiceRoll({ formula: "1d20" }),
    () => table.sendDiceRoll(reported),
    () => table.sendDMNarration("Rain."),
    () => table.sendPlayerAction({ action_type: "attack", details: { target: "Goblin" } }),
    () => table.sendTurnChange({ current_character_name: "Aria", round: 2 }),
    () => table.sendCombatUpdate({ active: true }),
    () => table.sendPing(),
    () => table.joinRoom(),
    () => table.leaveRoom(),
  ]) {
    send();
    answered();
  }

  assert.deepEqual(said, [
    ["chat_message", { message: "hi" }],
    ["dice_roll", { formula: "1d20" }],
    ["dice_roll", reported],
    ["dm_narration", { narration: "Rain." }],
    ["player_action", { action_type: "attack", details: { target: "Goblin" } }],
    ["turn_change", { turn: { current_character_name: "Aria", round: 2 } }],
    ["combat_update", { combat: { active: true } }],
    ["ping", { timestamp: said[7][1].timestamp }],
    ["join_room", { since: 0, epoch: "e1" }],
    ["leave_room", {}],
  ]);
  assert.ok(Number.isFinite(said[7][1].timestamp));
});

test("without autoConnect the component decides when", async () => {
  const drawn = mount({ autoConnect: false });
  const { table } = drawn;
  // The second render's effects run after the first one's: had that connected, it would be seen.
  drawn.render({ autoConnect: true, sessionId: 6 });
  await until(() => network.last !== undefined);
  assert.equal(network.sockets.length, 1);

  table.connect();
  assert.equal(network.sockets.length, 2);
  table.disconnect();

  assert.equal(network.last.closedWith, 1000);
});

test("another character is played on the same table", async () => {
  const drawn = await connected({ characterId: 1 });
  const { table } = drawn;

  drawn.render({ characterId: 2 });
  await until(() => network.sockets.length === 2);

  assert.equal(network.last.url.searchParams.get("character_id"), "2");
  assert.equal(drawn.table.sendChatMessage, table.sendChatMessage);
});

test("a component that goes takes its connection along", async () => {
  await connected();

  render(null, place);
  await until(() => network.last.readyState === 3);

  assert.equal(network.last.closedWith, 1000);
});

test("many frames at once are drawn once", async () => {
  const drawn = await connected();
  const before = drawn.count;

  for (let seq = 1; seq <= 500; seq++) network.last.says("chat_message", { player: bob, message: "x" }, seq);
  await drawn.next();

  assert.equal(drawn.table.state.seq, 500);
  assert.ok(drawn.count - before <= 2, `${drawn.count - before} times`);
});
