/** @import { RefObject } from "preact" */

import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * A `<dialog>` over the table, open for as long as its component stands there.
 *
 * @param {() => void} closed takes the component away, however the dialog was closed
 * @returns {RefObject<HTMLDialogElement | null>}
 */
export function useDialog(closed) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const latest = useRef(closed);
  latest.current = closed;
  // Before anything more is pressed.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    element.showModal();
    // Chromium says "close" with the next frame only. Who presses Enter before that, on the button that has the focus
    // again, would have the dialog opened while it is thought to stand there, and closed by that word right after.
    const watch = new MutationObserver(() => {
      if (!element.open) latest.current();
    });
    watch.observe(element, { attributeFilter: ["open"] });
    return () => watch.disconnect();
  }, []);
  return dialog;
}
