/**
 * Where unanswered commands wait: over a reload of their tab, and over its end, until the same user opens the session
 * again in this browser. Two tabs that both send a command do no harm: the server carries it out once.
 *
 * @import { Command } from "./types.d.ts"
 */

import { commandId } from "./outbox.js";

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Kept */

const LEFT = "left";

/**
 * @param {Kept | undefined} ofTab
 * @param {Storage | undefined} ofBrowser
 * @returns {Kept}
 */
export function lastingStorage(ofTab, ofBrowser) {
  const tab = commandId();
  const own = (/** @type {string} */ key) => `${LEFT} ${key} ${tab}`;
  return {
    getItem(key) {
      const left = takeLeft(ofBrowser, `${LEFT} ${key} `);
      const kept = [...listIn(ofTab?.getItem(key) ?? null), ...left];
      return JSON.stringify([...new Map(kept.map((command) => [command.id, command])).values()]);
    },
    setItem(key, text) {
      ofTab?.setItem(key, text);
      ofBrowser?.setItem(own(key), text);
    },
    removeItem(key) {
      ofTab?.removeItem(key);
      ofBrowser?.removeItem(own(key));
    },
  };
}

/**
 * What other tabs left behind; it is this one's now.
 *
 * @param {Storage | undefined} ofBrowser
 * @param {string} begin of their keys
 */
function takeLeft(ofBrowser, begin) {
  if (ofBrowser === undefined) return [];
  const keys = Array.from({ length: ofBrowser.length }, (_, index) => ofBrowser.key(index) ?? "");
  return keys
    .filter((key) => key.startsWith(begin))
    .flatMap((key) => {
      const commands = listIn(ofBrowser.getItem(key));
      ofBrowser.removeItem(key);
      return commands;
    });
}

/**
 * @param {string | null} text
 * @returns {Command[]}
 */
function listIn(text) {
  try {
    const list = JSON.parse(text ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
