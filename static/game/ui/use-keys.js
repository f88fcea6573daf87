/** Keys that act from anywhere at the table. */

import { useEffect, useRef, useState } from "preact/hooks";
import { recall, remember } from "./memory.js";

const WRITES =
  'input:not([type="radio"], [type="checkbox"], [type="button"]), textarea, select, [contenteditable]';

/**
 * Whether a key belongs to an input method, which composes a word: Safari ends it with an Enter that says so by its
 * code alone.
 *
 * @param {Pick<KeyboardEvent, "isComposing" | "keyCode">} event
 */
export function isComposing({ isComposing: composing, keyCode }) {
  return composing || keyCode === 229;
}

/**
 * The name of what was pressed: `?`, `Alt+1`, `Shift+C`, `n`, `F6`; a letter alone is lower case.
 *
 * @param {Pick<KeyboardEvent, "key" | "code" | "altKey" | "shiftKey" | "ctrlKey" | "metaKey">} event
 * @returns {string} empty for what belongs to the browser
 */
export function keyOf({ key, code, altKey, shiftKey, ctrlKey, metaKey }) {
  if (ctrlKey || metaKey) return "";
  // With Alt the letter is the layout's, the place on the keyboard is not.
  if (altKey) return /^Digit\d$/.test(code) ? `Alt+${code.slice(5)}` : "";
  if (/^[a-z]$/i.test(key)) return shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase();
  return shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

/**
 * Whether a key may act where the focus is: what could be typed does nothing while typing, nor when turned off.
 *
 * @param {string} key
 * @param {boolean} typing
 * @param {boolean} letters whether keys of one character act at all
 */
export function mayAct(key, typing, letters) {
  const typed = key.length === 1 || /^Shift\+.$/.test(key);
  return !typed || (!typing && letters);
}

/**
 * @param {{ [key: string]: (() => void) | undefined }} actions by the names that `keyOf` gives
 * @param {boolean} letters
 */
export function useKeys(actions, letters) {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      const target = /** @type {Element | null} */ (event.target);
      const key = keyOf(event);
      const action = Object.hasOwn(latest.current, key) ? latest.current[key] : undefined;
      if (action === undefined || event.defaultPrevented || isComposing(event)) return;
      if (!mayAct(key, target?.closest?.(WRITES) != null, letters) || target?.closest?.("dialog")) return;
      event.preventDefault();
      if (!event.repeat) action();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [letters]);
}

/**
 * Whether keys of one character act, as this browser remembers it.
 *
 * @returns {{ act: boolean, set: (act: boolean) => void }}
 */
export function useLetters() {
  const [act, setAct] = useState(recall("letters") !== "off");
  const set = (/** @type {boolean} */ on) => {
    setAct(on);
    remember("letters", on ? "" : "off");
  };
  return { act, set };
}

/** @type {[region: string, target: string][]} a region, and what in it takes the focus */
const REGIONS = [
  ["[data-region=stage]", "[data-key=narration], .scene"],
  ["[data-region=panel]", "[role=tab][aria-selected=true], .log"],
  ["[data-region=composer]", "[data-key=message]"],
  ["[data-region=players]", ""],
];

/** Move the focus to the next region that is in view. */
export function focusNextRegion() {
  const regions = REGIONS.flatMap(([region, target]) => {
    const element = /** @type {HTMLElement | null} */ (document.querySelector(region));
    return element?.getClientRects().length ? [{ element, target }] : [];
  });
  // The composer stands within the panel's side: the innermost counts.
  const now = regions.findLastIndex(({ element }) => element.contains(document.activeElement));
  const next = regions[(now + 1) % regions.length];
  const inside = next?.target
    ? /** @type {HTMLElement | null} */ (next.element.querySelector(next.target))
    : null;
  (inside ?? next?.element)?.focus();
}

/**
 * What was pressed by a key is about to vanish: one goes on with what one would write next, or with the panel that
 * is shown, not at the page’s top.
 *
 * @param {Event} event
 */
export function focusOn({ target }) {
  if (!(/** @type {Element} */ (target).matches(":focus-visible"))) return;
  focusFirst("[role=tab][aria-selected=true]");
  focusFirst("[data-key=message]");
}

/** @param {string} selector */
export function focusFirst(selector) {
  for (const element of document.querySelectorAll(selector)) {
    if (element.getClientRects().length === 0) continue;
    return /** @type {HTMLElement} */ (element).focus();
  }
}
