/** Where time comes from; a test brings its own. `now` is in milliseconds since the epoch.
 *
 * @typedef {{
 *   now(): number,
 *   setTimeout(callback: () => void, ms: number): unknown,
 *   clearTimeout(handle: any): void,
 * }} Clock
 */

/** @type {Clock} */
export const realClock = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
  clearTimeout: (handle) => globalThis.clearTimeout(handle),
};

// Longer delays overflow and ring at once.
const LONGEST = 2 ** 31 - 1;

/** Timers by name: setting one again moves it. */
export class Timers {
  #clock;
  /** @type {Map<string, unknown>} */
  #set = new Map();

  /** @param {Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /**
   * @param {string} name
   * @param {number} ms
   * @param {() => void} ring
   */
  set(name, ms, ring) {
    this.clear(name);
    const handle = this.#clock.setTimeout(
      () => {
        this.#set.delete(name);
        ring();
      },
      Math.min(Math.max(ms, 0), LONGEST),
    );
    this.#set.set(name, handle);
  }

  /** @param {string} name */
  clear(name) {
    this.#clock.clearTimeout(this.#set.get(name));
    this.#set.delete(name);
  }

  clearAll() {
    for (const name of [...this.#set.keys()]) this.clear(name);
  }
}
