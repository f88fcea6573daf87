/**
 * A connection to one session's room that looks after itself: it comes back, catches up, and keeps every
 * command until the server has answered it. No framework in it; docs/protocol.md is what it speaks.
 *
 * @import { ClientEvents, GameSocketNews, GameSocketOptions, ServerEvents } from "./types.d.ts"
 * @import { ServerFrame, Status, WritingEvent } from "./types.d.ts"
 */

import { Access, refreshAccess, SignInNeeded } from "./access.js";
import { httpOrigin, invitation, socketAddress } from "./address.js";
import { isInvalidToken, verdict } from "./close-codes.js";
import { Delivery } from "./delivery.js";
import { parseFrame } from "./frames.js";
import { Heartbeat } from "./heartbeat.js";
import { Listeners } from "./listeners.js";
import { LogCursor } from "./log-cursor.js";
import { onWake } from "./on-wake.js";
import { Outbox } from "./outbox.js";
import { Retries } from "./retries.js";
import { realClock, Timers } from "./timers.js";

const OPEN = 1;
const CUT = 1006;
const JOIN_MS = 15_000; // from asking for the room to `room_joined`
export class GameSocket {
  #options;
  #address;
  #access;
  #clock;
  #timers;
  #heartbeat;
  #retries;
  #outbox;
  #delivery;
  #cursor = new LogCursor();
  /** @type {Listeners<GameSocketNews>} */
  #listeners = new Listeners();
  /** @type {WebSocket | null} */
  #ws = null;
  /** @type {Status} */
  #status = { phase: "idle" };
  #inStep = false; // `room_joined` came, so what follows is in order
  #wanted = true; // whether one wants to be in the room
  #eager = false; // whether a waking page may cut the waiting short
  /** @type {number | null} */
  #joinedAt = null;
  #stopOnWake = () => {};

  /** @param {GameSocketOptions} options */
  constructor(options) {
    const { random = Math.random, clock = realClock, storage, userId = "" } = options;
    this.#options = options;
    this.#address = socketAddress(options);
    const { token, refreshToken, getToken } = options;
    const refresh = refreshToken && (() => refreshAccess(this.origin, refreshToken));
    this.#access = new Access(token, getToken ?? (refresh || undefined));
    this.#clock = clock;
    this.#timers = new Timers(clock);
    this.#heartbeat = new Heartbeat(
      this.#timers,
      () => this.ping(),
      () => this.#lose(),
    );
    this.#retries = new Retries(random);
    const key = `rollscape.outbox ${this.#address.pathname} ${userId}`;
    this.#outbox = new Outbox(() => this.#listeners.tell("pending", this.pending), storage, key);
    this.#delivery = new Delivery({
      outbox: this.#outbox,
      timers: this.#timers,
      random,
      write: (message) => this.#write(message),
      refuse: (refused) => this.#listeners.tell("refused", refused),
    });
  }

  get status() {
    return this.#status;
  }

  /** Commands that are not answered, or whose broadcast is not here yet; oldest first. */
  get pending() {
    return this.#outbox.commands;
  }

  /** The access token in use, for the HTTP side. */
  get token() {
    return this.#access.token;
  }

  /** The HTTP side of the same server. */
  get origin() {
    return httpOrigin(this.#address);
  }

  /**
   * Be told; `GameSocketNews` says of what.
   *
   * @template {keyof GameSocketNews} N
   * @param {N} name
   * @param {(news: GameSocketNews[N]) => void} listener
   * @returns {() => void} takes the listener away again
   */
  on(name, listener) {
    return this.#listeners.add(name, listener);
  }

  /** Connect, and stay connected until `close`. */
  connect() {
    if (this.#ws !== null) return;
    this.#stopOnWake();
    this.#stopOnWake = onWake(this.#options.page, () => this.#wake());
    this.#wanted = true;
    this.#open();
  }

  /** Disconnect and stay so. Unanswered commands are kept for the next `connect`. */
  close() {
    const ws = this.#ws;
    this.#delivery.cut();
    this.#forget();
    this.#stopOnWake();
    this.#retries.reset();
    ws?.close(1000);
    this.#become({ phase: "idle" });
  }

  /**
   * Play another character from now on; the others see one leave and come back as it.
   *
   * @param {number | null | undefined} characterId
   */
  playAs(characterId) {
    if ((this.#options.characterId ?? null) === (characterId ?? null)) return;
    this.#options = { ...this.#options, characterId };
    if (this.#ws === null) return;
    this.close();
    this.connect();
  }

  /** Back into the room after `leaveRoom`. */
  joinRoom() {
    this.#wanted = true;
    if (this.#ws === null) this.connect();
    else this.#join(this.#cursor.since);
  }

  /** Leave the room, but keep the socket. Commands wait until one is back. */
  leaveRoom() {
    this.#wanted = false;
    this.#delivery.pause();
    if (this.#ws === null) this.close();
    else this.#tell("leave_room", {});
  }

  /** Ask for a `pong`. */
  ping() {
    this.#tell("ping", { timestamp: this.#clock.now() });
  }

  /**
   * Send a command: at once, or as soon as it can be. It is kept until it was answered, also over
   * reconnections, and carried out once.
   *
   * @template {WritingEvent} E
   * @param {E} event
   * @param {ClientEvents[E]} data
   * @returns {string} the command's id
   */
  send(event, data) {
    return this.#delivery.add(event, data);
  }

  /**
   * Say something that is worth nothing later: it is sent now or never, and not answered.
   *
   * @template {keyof ClientEvents} E
   * @param {E} event
   * @param {ClientEvents[E]} data
   * @returns {boolean} whether it went out
   */
  pass(event, data) {
    return this.#inStep && this.#tell(event, data);
  }

  #open() {
    this.#timers.clear("retry");
    this.#become({ phase: "connecting" });
    const { WebSocketClass = WebSocket, characterId } = this.#options;
    const asked = { character_id: characterId, ...this.#cursor.since };
    const { url, protocols } = invitation(this.#address, this.token, asked);
    const ws = new WebSocketClass(url, protocols);
    this.#ws = ws;
    this.#timers.set("join", JOIN_MS, () => this.#lose());
    ws.onmessage = ({ data }) => ws === this.#ws && this.#receive(data);
    ws.onclose = ({ code, reason }) => ws === this.#ws && this.#closed(code, reason);
  }

  /** @param {unknown} data */
  #receive(data) {
    this.#heartbeat.heard();
    const frame = parseFrame(data);
    if (frame === null) return;
    if (frame.event === "room_joined") this.#joined(frame.data);
    if (!this.#isNews(frame)) return;
    this.#listeners.tell("frame", frame);
    this.#heed(frame);
  }

  /**
   * Whether a frame is to be told; asks for what is missing when it comes too early.
   *
   * @param {ServerFrame} frame
   */
  #isNews(frame) {
    if (frame.seq === undefined) return true;
    if (!this.#inStep) return false;
    const place = this.#cursor.read(frame.seq);
    if (place === "gap") this.#join(this.#cursor.repair);
    return place === "next";
  }

  /** @param {ServerFrame} frame */
  #heed(frame) {
    if (frame.seq !== undefined) this.#outbox.arrived(frame.seq);
    if (frame.event === "room_joined") this.#settle();
    if (frame.event === "room_left") this.#inStep = false;
    if (frame.event === "ack") this.#delivery.acked(frame.data, this.#cursor.seq);
    if (frame.event === "error") this.#delivery.refused(frame.data);
    if (frame.event === "reconnect") this.#retries.hint(frame.data.after_ms);
  }

  /** @param {ServerEvents["room_joined"]} data */
  #joined(data) {
    this.#timers.clear("join");
    this.#cursor.joined(data);
    this.#access.accepted();
    this.#inStep = true;
    this.#joinedAt ??= this.#clock.now();
    this.#become({ phase: "open" });
  }

  #settle() {
    this.#outbox.arrived(this.#cursor.seq);
    if (this.#wanted) this.#delivery.start();
    else this.leaveRoom();
  }

  /**
   * Join on the socket that is open; what comes before the answer is told again after it.
   *
   * @param {ClientEvents["join_room"]} since
   */
  #join(since) {
    if (!this.#tell("join_room", since)) return;
    this.#inStep = false;
    this.#timers.set("join", JOIN_MS, () => this.#lose());
  }

  /**
   * @template {keyof ClientEvents} E
   * @param {E} event
   * @param {ClientEvents[E]} data
   */
  #tell(event, data) {
    return this.#write(JSON.stringify({ event, data }));
  }

  /** @param {string} message */
  #write(message) {
    if (this.#ws?.readyState !== OPEN) return false;
    this.#ws.send(message);
    return true;
  }

  #wake() {
    if (this.#status.phase === "open") this.#heartbeat.check();
    if (this.#status.phase === "waiting" && this.#eager) this.#open();
  }

  /** Let go of a dead connection without waiting for it. */
  #lose() {
    const ws = this.#ws;
    this.#closed(CUT, "");
    ws?.close();
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #closed(code, reason) {
    const lasted = this.#joinedAt === null ? null : this.#clock.now() - this.#joinedAt;
    this.#forget();
    this.#delivery.closed(code, reason);
    if (!this.#wanted) return this.#become({ phase: "idle" });
    if (isInvalidToken(code) && this.#access.renewable) return void this.#refresh(reason);
    if (verdict(code) === "stop") return this.#become({ phase: "stopped", code, reason });
    this.#retry(code, reason, lasted);
  }

  #forget() {
    this.#timers.clearAll();
    this.#ws = null;
    this.#inStep = false;
    this.#joinedAt = null;
  }

  /**
   * @param {number} code
   * @param {string} reason
   * @param {number | null} lasted
   */
  #retry(code, reason, lasted) {
    const { wait, eager } = this.#retries.after(code, lasted);
    this.#eager = eager;
    this.#timers.set("retry", wait, () => this.#open());
    this.#become({ phase: "waiting", code, reason, retryAt: this.#clock.now() + wait });
  }

  /** @param {string} reason */
  async #refresh(reason) {
    this.#become({ phase: "connecting" });
    const asked = this.#status;
    try {
      await this.#access.renew();
      if (this.#status === asked) this.#open();
    } catch (error) {
      if (this.#status !== asked) return;
      if (error instanceof SignInNeeded) this.#become({ phase: "stopped", code: 4001, reason });
      else this.#retry(CUT, "", null);
    }
  }

  /** @param {Status} status */
  #become(status) {
    this.#status = status;
    this.#listeners.tell("status", status);
  }
}
