import assert from "node:assert/strict";
import { test } from "node:test";
import { lastingStorage } from "../../../static/game/client/lasting-storage.js";
import { Outbox } from "../../../static/game/client/outbox.js";

/** As a browser's: also by number. */
function storage() {
  const kept = new Map();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  };
}

const outbox = (ofTab, ofBrowser, key = "outbox 1 2") =>
  new Outbox(() => {}, lastingStorage(ofTab, ofBrowser), key);
const messages = ({ commands }) => commands.map(({ data }) => data.message);

test("what waits outlives its tab", () => {
  const browser = storage();
  outbox(storage(), browser).add("chat_message", { message: "wait for me" });

  assert.deepEqual(messages(outbox(storage(), browser)), ["wait for me"]);
});

test("over a reload it is there once", () => {
  const [tab, browser] = [storage(), storage()];
  outbox(tab, browser).add("chat_message", { message: "once" });

  const after = outbox(tab, browser);
  assert.deepEqual(messages(after), ["once"]);
  after.take(after.commands[0].id);
  assert.deepEqual(messages(outbox(tab, browser)), []);
  assert.equal(tab.length + browser.length, 0);
});

test("two tabs keep their own, and what the second took over is kept by it", () => {
  const browser = storage();
  const first = outbox(storage(), browser);
  first.add("chat_message", { message: "one" });
  const second = outbox(storage(), browser);
  second.add("chat_message", { message: "two" });
  first.add("chat_message", { message: "three" });

  assert.deepEqual(messages(second), ["one", "two"]);
  assert.deepEqual(messages(outbox(storage(), browser)).toSorted(), ["one", "three", "two"]);
});

test("another user and another session have others", () => {
  const browser = storage();
  outbox(storage(), browser).add("chat_message", { message: "mine" });

  assert.deepEqual(messages(outbox(storage(), browser, "outbox 1 3")), []);
  assert.deepEqual(messages(outbox(storage(), browser, "outbox 1 22")), []);
});

test("a browser that forbids all of it costs the lines their tab", () => {
  const only = outbox(undefined, undefined);
  only.add("chat_message", { message: "here" });

  assert.deepEqual(messages(only), ["here"]);
});
