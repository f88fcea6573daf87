/**
 * A socket and what it has told so far: all that a view needs, without a framework.
 *
 * @import { GameSocketOptions, Refused, State } from "./wire.d.ts"
 */

import { fetchEarlier } from "./history.js";
import { Listeners } from "./listeners.js";
import { GameSocket } from "./socket.js";
import { apply, initial, prepend } from "./state.js";

// Hundreds of frames may come at once after a reconnection; a view is drawn once for all of them.
const REDRAW_MS = 16;

export class Table {
  /** @type {Listeners<{ change: undefined }>} */
  #listeners = new Listeners();
  #announced = false;
  /** @type {State} */
  #state = initial();
  /** @type {Refused[]} */
  #refused = [];

  /** @param {GameSocketOptions} options */
  constructor(options) {
    this.socket = new GameSocket(options);
    this.socket.on("frame", (frame) => this.#become(apply(this.#state, frame)));
    this.socket.on("status", () => this.#change());
    this.socket.on("pending", () => this.#change());
    this.socket.on("refused", (refused) => {
      this.#refused = [...this.#refused, refused];
      this.#change();
    });
  }

  get state() {
    return this.#state;
  }

  /** Commands that were given back and not dismissed yet; oldest first. */
  get refused() {
    return this.#refused;
  }

  /**
   * Be told after changes; several at once are told once.
   *
   * @param {() => void} listener
   * @returns {() => void} takes the listener away again
   */
  onChange(listener) {
    return this.#listeners.add("change", listener);
  }

  /**
   * Forget a refused command.
   *
   * @param {Refused} refused
   */
  dismiss(refused) {
    this.#refused = this.#refused.filter((other) => other !== refused);
    this.#change();
  }

  /**
   * Send a refused command anew.
   *
   * @param {Refused} refused
   */
  sendAgain(refused) {
    const { event, data } = refused.command;
    this.dismiss(refused);
    this.socket.send(event, /** @type {any} */ (data));
  }

  /** Bring earlier lines into the log; rejects when they cannot be had. */
  async loadEarlier() {
    const { sessionId, before, epoch } = this.#state;
    if (sessionId === null || before === null) return;
    const { origin, token } = this.socket;
    const { frames, next } = await fetchEarlier({ origin, token, sessionId, before });
    // A new snapshot in the meantime has its own beginning.
    if (this.#state.before === before && this.#state.epoch === epoch)
      this.#become(prepend(this.#state, frames, next));
  }

  /** @param {State} state */
  #become(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#change();
  }

  #change() {
    if (this.#announced) return;
    this.#announced = true;
    setTimeout(() => {
      this.#announced = false;
      this.#listeners.tell("change", undefined);
    }, REDRAW_MS);
  }
}
