import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { h, render } from "preact";
import { useCelebration } from "../../../static/game/dice/use-celebration.js";
import { alice, roomJoined } from "../support/fakes.js";
import { apply, initial, subjects } from "../support/table.js";

const CRITICAL = { notation: "1d6cs6", sides: 6, sign: 1, dice: [{ value: 6, kept: true, critical: true }] };
const roll = (seq) => ({
  event: "dice_roll",
  seq,
  data: {
    player: alice,
    timestamp: "",
    roll: { formula: "1d6cs6", result: 6, visibility: "public", terms: [CRITICAL] },
  },
});
const joined = (data) => ({ event: "room_joined", data: roomJoined({ me: alice, ...data }) });

let place;
let shown;
let state;

beforeEach(() => {
  globalThis.document = { visibilityState: "visible", documentElement: { dataset: {} } };
  place = { nodeType: 1, childNodes: [], firstChild: null, ownerDocument: {}, namespaceURI: "" };
  state = initial();
  shown = [];
});
afterEach(() => {
  render(null, place);
  delete globalThis.document;
});

function Probe(props) {
  const found = useCelebration(props.state, subjects);
  if (found !== null && shown.at(-1) !== found.key) shown.push(found.key);
  return null;
}

/** What was celebrated once the page has drawn all of these at once. */
async function after(...frames) {
  state = frames.reduce(apply, state);
  render(h(Probe, { state }), place);
  await new Promise((resolve) => setTimeout(resolve, 60));
  return shown;
}

test("what falls while one looks on is celebrated", async () => {
  await after(joined({ seq: 4 }));

  assert.deepEqual(await after(roll(5)), ["seq-5"]);
});

test("what one finds on coming is not", async () => {
  const snapshot = {
    events: [roll(3), roll(4)],
    narration: null,
    turn: null,
    combat: null,
    ended: false,
  };

  assert.deepEqual(await after(joined({ seq: 4, snapshot })), []);
});

test("nor what one missed; only what comes after it", async () => {
  await after(joined({ seq: 4 }));
  await after({ ...joined({ seq: 7, resumed: true, missed: 3 }) }, roll(5), roll(6), roll(7));

  assert.deepEqual(await after(roll(8)), ["seq-8"]);
});

test("nor what fell while the page was out of view", async () => {
  await after(joined({ seq: 4 }));
  document.visibilityState = "hidden";
  await after(roll(5));
  document.visibilityState = "visible";

  assert.deepEqual(await after(roll(6)), ["seq-6"]);
});

test("of many at once one is celebrated now, and the newest after it", async () => {
  await after(joined({ seq: 0 }));
  await after(...Array.from({ length: 30 }, (_, index) => roll(index + 1)));
  assert.deepEqual(shown, ["seq-1"]);

  await new Promise((resolve) => setTimeout(resolve, 2_500));
  assert.deepEqual(shown, ["seq-1", "seq-30"]);
});
