import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { room } from "../../../static/game/table/room.js";
import { applier } from "../../../static/game/table/state.js";
import { NO_EVENTS, together } from "../../../static/game/table/subject.js";
import { alice, roomJoined } from "../support/fakes.js";
import { subjects } from "../support/table.js";

const game = new URL("../../../static/game/", import.meta.url);
const declared = readFileSync(new URL("client/protocol.d.ts", game), "utf8");

/** The events of one direction, as the server's registry has them. */
function eventsOf(name) {
  const [, body] = new RegExp(`^export interface ${name} \\{\\n(.*?)^\\}`, "ms").exec(declared);
  return [...body.matchAll(/^ {2}(\w+):/gm)].map(([, event]) => event).sort();
}

test("every folder with a subject stands in the list", () => {
  const folders = readdirSync(game, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(new URL(entry.name, game)).includes("index.js"))
    .map(({ name }) => name);

  assert.deepEqual(subjects.list.map(({ name }) => name).sort(), [...folders, "room"].sort());
});

for (const table of ["reducers", "lines", "icons", "sentences", "counts"]) {
  test(`every event of the server has one subject that says so in its ${table}`, () => {
    const events = subjects.list.flatMap((subject) => Object.keys(subject[table]));

    assert.deepEqual(events.sort(), eventsOf("ServerEvents"));
  });
}

for (const table of ["outgoing", "drafts"]) {
  test(`every event of the client has one subject that says so in its ${table}`, () => {
    const events = subjects.list.flatMap((subject) => Object.keys(subject[table]));

    assert.deepEqual(events.sort(), eventsOf("ClientEvents"));
  });
}

test("one subject alone takes what is said, and no two have a command of one name", () => {
  const commands = subjects.list.flatMap(({ slash = {} }) => Object.keys(slash));

  assert.equal(subjects.list.filter(({ speech }) => speech).length, 1);
  assert.equal(new Set(commands).size, commands.length);
});

/** A subject with a stored event, a passing one, and a part of the state. */
const bells = {
  ...NO_EVENTS,
  name: "bells",
  state: { initial: { rung: 0, near: null }, restore: ({ rung }) => ({ rung, near: null }) },
  reducers: {
    bell_rung: (state) => ({ ...state, rung: state.rung + 1 }),
    bell_near: (state, { player }) => ({ ...state, near: player.username }),
  },
  lines: { bell_rung: { as: "note", view: () => "A bell" }, bell_near: null },
};
const toy = applier(together([room, bells]));
const rung = (seq) => ({ event: "bell_rung", data: { player: alice }, seq });

test("a subject's part of the state begins, follows its events, and is told by a snapshot", () => {
  const snapshot = { events: [rung(1), rung(2)], ended: false, rung: 2 };
  const joined = toy.apply(toy.initial(), { event: "room_joined", data: roomJoined({ seq: 2, snapshot }) });

  assert.equal(toy.initial().rung, 0);
  assert.deepEqual([rung(1), rung(2)].reduce(toy.apply, toy.initial()).rung, 2);
  assert.deepEqual([joined.rung, joined.log.length], [2, 2]);
  assert.equal(toy.apply(joined, rung(3)).rung, 3);
});

test("what is said and not stored changes the state, and no line of the log", () => {
  const state = toy.apply(toy.initial(), { event: "bell_near", data: { player: alice } });

  assert.deepEqual([state.near, state.seq, state.log], ["alice", 0, []]);
});
