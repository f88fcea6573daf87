/**
 * A socket and what it has told so far: all that a view needs, without a framework.
 *
 * @import { Edge } from "../client/history.js"
 * @import { GameSocketOptions, Reading, Refused, State } from "../client/types.d.ts"
 */

import { fetchEarlier, fetchPage, fetchProof } from "../client/history.js";
import { Listeners } from "../client/listeners.js";
import { GameSocket } from "../client/socket.js";
import { due, newest as newestCommitment, randomSeed } from "../dice/fairness/seeds.js";
import { follow, newest, withEarlier, withLater } from "./scrollback.js";
import { apply, initial } from "./state.js";

// Hundreds of frames may come at once after a reconnection; a view is drawn once for all of them.
const REDRAW_MS = 16;

export class Table {
  /** @type {Listeners<{ change: undefined }>} */
  #listeners = new Listeners();
  #announced = false;
  /** @type {State} */
  #state = initial();
  #reading = newest(initial());
  #atEnd = true;
  /** @type {Refused[]} */
  #refused = [];
  /** What was done about the seeds last, and the command that asked for the first. */
  #seeded = "";
  #opening = "";

  /** @param {GameSocketOptions} options */
  constructor(options) {
    this.socket = new GameSocket(options);
    this.socket.on("frame", (frame) => this.#become(apply(this.#state, frame)));
    this.socket.on("status", () => this.#change());
    this.socket.on("pending", () => this.#change());
    this.socket.on("refused", (refused) => {
      if (refused.command.id === this.#opening) return; // somebody else was faster
      this.#refused = [...this.#refused, refused];
      this.#change();
    });
  }

  get state() {
    return this.#state;
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
      this.#read(withEarlier(this.#reading, page.frames, page.next));
  }

  /** Bring later lines into the stretch; rejects when they cannot be had. */
  async loadLater() {
    const { after } = this.#reading;
    const page = after === null ? null : await this.#fetch({ after });
    if (page !== null && this.#reading.after === after)
      this.#read(withLater(this.#reading, page.frames, page.next, this.#state));
  }

  /**
   * What proves the roll at this place in the log; rejects when it cannot be had.
   *
   * @param {number} seq
   */
  fetchProof(seq) {
    const { origin, token } = this.socket;
    return fetchProof({ origin, token, sessionId: this.#state.sessionId ?? 0, seq });
  }

  /**
   * Rolls and draws below a place in the log; rejects when they cannot be had.
   *
   * @param {number} before
   */
  async earlierRolls(before) {
    const { sessionId } = this.#state;
    if (sessionId === null) return { frames: [], next: before };
    const { origin, token } = this.socket;
    return fetchEarlier({ origin, token, sessionId, edge: { before } }, ["dice_roll", "table_draw"]);
  }

  /**
   * @param {Edge} edge
   * @returns null when the log was replaced meanwhile, or there is none
   */
  async #fetch(edge) {
    const { sessionId, epoch } = this.#state;
    if (sessionId === null) return null;
    const { origin, token } = this.socket;
    const page = await fetchPage({ origin, token, sessionId, edge });
    return this.#state.epoch === epoch ? page : null;
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
    this.#seed();
    this.#change();
  }

  /** Add a seed of one's own to the dice, once for each commitment of the server's. */
  #seed() {
    const { fairness, epoch } = this.#state;
    const duty = due(this.#state);
    const now = `${epoch} ${fairness ? newestCommitment(fairness) : 0}`;
    if (duty === null || this.#seeded === now) return;
    this.#seeded = now;
    if (duty === "open") this.#opening = this.socket.send("fairness_rotate", {});
    else this.socket.send("seed_set", { seed: randomSeed() });
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
