/**
 * A socket and what it has told so far: all that a view needs, without a framework.
 *
 * @import { Edge } from "../client/history.js"
 * @import { ClientEvents, GameSocketOptions, Refused, ServerFrame, WritingEvent } from "../client/types.d.ts"
 * @import { Attendant, Line, Reading, State, Subjects } from "./types.d.ts"
 */

import { fetchEarlier, fetchPage } from "../client/history.js";
import { Listeners } from "../client/listeners.js";
import { GameSocket } from "../client/socket.js";
import { follow, newest, withEarlier, withLater } from "./scrollback.js";
import { applier } from "./state.js";

// Hundreds of frames may come at once after a reconnection; a view is drawn once for all of them.
const REDRAW_MS = 16;

export class Table {
  /** @type {Listeners<{ change: undefined }>} */
  #listeners = new Listeners();
  #announced = false;
  #applier;
  /** @type {State} */
  #state;
  /** @type {Reading} */
  #reading;
  #atEnd = true;
  /** @type {Refused[]} */
  #refused = [];
  /** @type {Attendant<any>[]} */
  #attendants;

  /**
   * @param {GameSocketOptions} options
   * @param {Subjects} subjects
   */
  constructor(options, subjects) {
    this.subjects = subjects;
    this.#applier = applier(subjects);
    this.#state = this.#applier.initial();
    this.#reading = newest(this.#state);
    this.socket = new GameSocket(options);
    this.#attendants = subjects.list.flatMap(({ attend }) => attend?.(this) ?? []);
    this.socket.on("frame", (frame) => this.#become(this.#applier.apply(this.#state, frame)));
    this.socket.on("status", () => this.#change());
    this.socket.on("pending", () => this.#change());
    this.socket.on("refused", (refused) => this.#giveBack(refused));
  }

  get state() {
    return this.#state;
  }

  /** The server over HTTP. */
  get server() {
    const { origin, token } = this.socket;
    return { origin, token };
  }

  /** The stretch of the log to show. */
  get reading() {
    return this.#reading;
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

  /**
   * Whether the newest line is what is looked at: only then the stretch lets go of old lines.
   *
   * @param {boolean} atEnd
   */
  lookAtEnd(atEnd) {
    this.#atEnd = atEnd;
  }

  /** Go to the live end of the log. */
  toNewest() {
    this.#atEnd = true;
    if (this.#reading.after !== null) this.#read(newest(this.#state));
  }

  /** Bring earlier lines into the stretch; rejects when they cannot be had. */
  async loadEarlier() {
    const { before } = this.#reading;
    const page = before === null ? null : await this.#fetch({ before });
    if (page !== null && this.#reading.before === before)
      this.#read(withEarlier(this.#reading, page.lines, page.next));
  }

  /** Bring later lines into the stretch; rejects when they cannot be had. */
  async loadLater() {
    const { after } = this.#reading;
    const page = after === null ? null : await this.#fetch({ after });
    if (page !== null && this.#reading.after === after)
      this.#read(withLater(this.#reading, page.lines, page.next, this.#state));
  }

  /**
   * Frames of some events below a place in the log; rejects when they cannot be had.
   *
   * @param {number} before
   * @param {string[]} events
   */
  async earlier(before, events) {
    const { sessionId } = this.#state;
    if (sessionId === null) return { frames: [], next: before };
    return fetchEarlier({ ...this.server, sessionId, edge: { before } }, events);
  }

  /**
   * @param {Edge} edge
   * @returns null when the log was replaced meanwhile, or there is none
   */
  async #fetch(edge) {
    const { sessionId, epoch } = this.#state;
    if (sessionId === null) return null;
    const { frames, next } = await fetchPage({ ...this.server, sessionId, edge });
    return this.#state.epoch === epoch ? { lines: this.#linesOf(frames), next } : null;
  }

  /**
   * @param {ServerFrame[]} frames
   * @returns {Line[]}
   */
  #linesOf(frames) {
    const { initial, apply } = this.#applier;
    return frames.reduce(apply, initial()).log;
  }

  /** @param {Reading} reading */
  #read(reading) {
    this.#reading = reading;
    this.#change();
  }

  /** @param {State} state */
  #become(state) {
    if (state === this.#state) return;
    const sameLog = state.epoch === this.#state.epoch;
    this.#state = state;
    this.#reading = sameLog ? follow(this.#reading, state, this.#atEnd) : newest(state);
    for (const { changed } of this.#attendants) changed(state);
    this.#change();
  }

  /** @param {Refused} refused */
  #giveBack(refused) {
    if (this.#attendants.some(({ expects }) => expects(refused))) return;
    this.#refused = [...this.#refused, refused];
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

/**
 * What one can do at a table, whatever is played there.
 *
 * @param {Table} table
 */
export function tableCommands(table) {
  const { socket } = table;
  return {
    connect: () => socket.connect(),
    disconnect: () => socket.close(),
    joinRoom: () => socket.joinRoom(),
    leaveRoom: () => socket.leaveRoom(),
    sendPing: () => socket.ping(),
    /** Any command by its name: kept until the server has answered it. */
    send: (/** @type {WritingEvent} */ event, /** @type {any} */ data) => socket.send(event, data),
    /** Any command that is worth nothing later: sent now or never. */
    pass: (/** @type {keyof ClientEvents} */ event, /** @type {any} */ data) => socket.pass(event, data),
    /** Hear every frame, by its event; returns what stops it. */
    onFrame: (/** @type {(frame: ServerFrame) => void} */ listener) => socket.on("frame", listener),
    loadEarlier: () => table.loadEarlier(),
    loadLater: () => table.loadLater(),
    toNewest: () => table.toNewest(),
    lookAtEnd: (/** @type {boolean} */ atEnd) => table.lookAtEnd(atEnd),
    sendAgain: (/** @type {Refused} */ refused) => table.sendAgain(refused),
    dismiss: (/** @type {Refused} */ refused) => table.dismiss(refused),
  };
}
