/**
 * Call back whenever the page comes back to life: the network is there again, somebody looks at it, or the browser
 * lets it go on after it stood still.
 *
 * @param {(EventTarget & { document?: Document }) | undefined} page the window; where there is none, nothing happens
 * @param {() => void} woken
 * @returns {() => void} stops it
 */
export function onWake(page = globalThis.window, woken) {
  const { document } = page ?? {};
  const seen = () => document?.visibilityState === "visible" && woken();
  page?.addEventListener("online", woken);
  document?.addEventListener("visibilitychange", seen);
  document?.addEventListener("resume", woken);
  return () => {
    page?.removeEventListener("online", woken);
    document?.removeEventListener("visibilitychange", seen);
    document?.removeEventListener("resume", woken);
  };
}
