import { delay, GOOD_STANDING_MS, verdict } from "./close-codes.js";

/** When to come back: counts the tries and keeps the server's hint. */
export class Retries {
  #random;
  #attempt = 0;
  /** @type {number | null} */
  #hint = null;

  /** @param {() => number} random in [0, 1) */
  constructor(random) {
    this.#random = random;
  }

  /**
   * The server said when to come back; that wins, once.
   *
   * @param {number} ms
   */
  hint(ms) {
    if (Number.isFinite(ms)) this.#hint = ms;
  }

  /** Start counting anew. */
  reset() {
    this.#attempt = 0;
    this.#hint = null;
  }

  /**
   * How long to wait after a close, and whether a waking page may cut the waiting short.
   *
   * @param {number} code
   * @param {number | null} lasted how long the room had been joined, in milliseconds; null if it was not
   * @returns {{ wait: number, eager: boolean }}
   */
  after(code, lasted) {
    const backOff = verdict(code) === "backoff";
    if (lasted !== null && (!backOff || lasted >= GOOD_STANDING_MS)) this.#attempt = 0;
    const hint = this.#hint;
    this.#hint = null;
    const wait = hint ?? delay(this.#attempt, this.#random, backOff);
    this.#attempt += 1;
    return { wait, eager: !backOff && hint === null };
  }
}
