/** @import { RefObject } from "preact" */

import { useEffect, useRef } from "preact/hooks";

/**
 * Where a key's press takes away what had the focus, it goes on from somewhere near instead of from the page's top.
 *
 * @param {RefObject<HTMLElement | null>} root stays as long as the component does
 * @param {string} next what in it takes the focus then
 */
export function useKeptFocus(root, next) {
  const last = useRef(/** @type {Element | null} */ (null));
  useEffect(() => {
    const note = (/** @type {FocusEvent} */ { target }) => {
      // A finger has no place to keep, and would be shown a keyboard.
      last.current = target instanceof Element && target.matches(":focus-visible") ? target : null;
    };
    const element = root.current;
    element?.addEventListener("focusin", note);
    return () => element?.removeEventListener("focusin", note);
  }, []);
  useEffect(() => {
    if (last.current === null || last.current.isConnected) return;
    last.current = null;
    if (document.activeElement !== document.body) return;
    /** @type {HTMLElement | null | undefined} */ (root.current?.querySelector(next))?.focus();
  });
}
