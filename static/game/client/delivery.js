/**
 * Sends the outbox's commands, one at a time: were the next one sent before the answer, it could overtake
 * one that the server puts off.
 *
 * @import { Timers } from "./timers.js"
 * @import { Outbox } from "./outbox.js"
 * @import { Command, Refused, ServerEvents, WritingEvent } from "./types.d.ts"
 */

import { isBroken, isTooLarge } from "./close-codes.js";
import { fits } from "./frames.js";

const ANSWER_MS = 20_000; // for an answer; then the command is sent again under the same id
const RETRY_MS = 1_000; // for a `busy` that names no time
const TOO_LONG = "This is too long to send.";
const PUT_OFF = new Set(["rate_limited", "busy"]);
/** Errors about a frame that the server could not, or would not, read far enough to name it. */
const NAMELESS = new Set(["malformed", "too_large", "invalid", "rate_limited"]);

export class Delivery {
  #outbox;
  #timers;
  #random;
  #write;
  #refuse;
  /** @type {string | null} */
  #inFlight = null;
  #running = false;

  /**
   * @param {{
   *   outbox: Outbox,
   *   timers: Timers,
   *   random: () => number,
   *   write: (message: string) => boolean,
   *   refuse: (refused: Refused) => void,
   * }} parts `write` says whether the message went out; `refuse` gives a command back
   */
  constructor({ outbox, timers, random, write, refuse }) {
    this.#outbox = outbox;
    this.#timers = timers;
    this.#random = random;
    this.#write = write;
    this.#refuse = refuse;
  }

  /**
   * @param {WritingEvent} event
   * @param {object} data
   * @returns {string} the command's id
   */
  add(event, data) {
    const command = this.#outbox.add(event, data);
    if (fits(text(command))) this.#pump();
    else this.#giveBack(command.id, "too_large", TOO_LONG);
    return command.id;
  }

  /** The way is free. */
  start() {
    this.#running = true;
    this.#pump();
  }

  /** Nothing more goes out; what was on its way is still waited for. */
  pause() {
    this.#running = false;
  }

  /** The connection is gone: what was not answered waits for the next. */
  cut() {
    this.pause();
    this.#timers.clear("answer");
    if (this.#inFlight !== null) this.#outbox.requeue(this.#inFlight);
    this.#inFlight = null;
  }

  /**
   * The server closed the connection. A command that it broke on twice, or found too large, would only
   * do so again: it is given back.
   *
   * @param {number} code
   * @param {string} reason
   */
  closed(code, reason) {
    const id = this.#inFlight;
    this.cut();
    if (id === null) return;
    if (isTooLarge(code)) this.#giveBack(id, "too_large", reason || TOO_LONG);
    if (isBroken(code) && this.#outbox.crashed(id) > 1)
      this.#giveBack(id, "server_error", reason || "Server error");
  }

  /**
   * @param {ServerEvents["ack"]} ack
   * @param {number} seen how far the log has come
   */
  acked({ id, seq }, seen) {
    this.#outbox.acked(id, seq, seen);
    this.#landed(id);
  }

  /** @param {ServerEvents["error"]} error */
  refused({ id, code, message, retry_after }) {
    const about = id ?? (NAMELESS.has(code) ? this.#inFlight : null);
    if (about === null) return;
    if (!PUT_OFF.has(code)) return this.#giveBack(about, code, message);
    if (about === this.#inFlight) this.#putOff(about, retry_after);
  }

  /**
   * @param {string} id
   * @param {number | undefined} seconds
   */
  #putOff(id, seconds) {
    const wait = seconds === undefined ? RETRY_MS * (0.5 + this.#random()) : seconds * 1000;
    this.#outbox.requeue(id);
    this.#timers.set("answer", wait, () => this.#next());
  }

  /**
   * @param {string} id
   * @param {string} code
   * @param {string} message
   */
  #giveBack(id, code, message) {
    const command = this.#outbox.take(id);
    if (command !== undefined) this.#refuse({ command, code, message });
    this.#landed(id);
  }

  /** @param {string} id */
  #landed(id) {
    if (id === this.#inFlight) this.#next();
  }

  #next() {
    this.#timers.clear("answer");
    this.#inFlight = null;
    this.#pump();
  }

  #pump() {
    if (!this.#running || this.#inFlight !== null) return;
    const command = this.#outbox.next;
    if (command === undefined || !this.#write(text(command))) return;
    this.#inFlight = command.id;
    this.#timers.set("answer", ANSWER_MS, () => this.#next());
    this.#outbox.sent(command.id);
  }
}

/** @param {Command} command */
function text({ event, data, id }) {
  return JSON.stringify({ event, data, id });
}
