/** @import { Timers } from "./timers.js" */

const PING_MS = 20_000; // of silence, then a ping
const PONG_MS = 10_000; // for anything at all to come back
const WAKE_PONG_MS = 4_000; // the same, when the page was just woken or came online

/** Notices a connection that is dead though nobody said so: a browser may take minutes to. */
export class Heartbeat {
  #timers;
  #ping;
  #dead;

  /**
   * @param {Timers} timers
   * @param {() => void} ping
   * @param {() => void} dead called when a ping brought nothing
   */
  constructor(timers, ping, dead) {
    this.#timers = timers;
    this.#ping = ping;
    this.#dead = dead;
  }

  /** Something came. */
  heard() {
    this.#timers.clear("pong");
    this.#timers.set("ping", PING_MS, () => this.#beat(PONG_MS));
  }

  /** Make sure now. */
  check() {
    this.#beat(WAKE_PONG_MS);
  }

  /** @param {number} patience */
  #beat(patience) {
    this.#ping();
    this.#timers.set("pong", patience, this.#dead);
  }
}
