import { webcrypto } from "node:crypto";

// Every browser has it, and node from 20 on.
globalThis.crypto ??= webcrypto;

/** A clock that only moves when told to. */
export class FakeClock {
  #time = 1_000_000;
  #next = 1;
  #alarms = new Map();

  now = () => this.#time;

  setTimeout = (callback, ms) => {
    this.#alarms.set(this.#next, { at: this.#time + ms, callback });
    return this.#next++;
  };

  clearTimeout = (handle) => this.#alarms.delete(handle);

  /** Let time pass, ringing what falls due in its order. */
  pass(ms) {
    const end = this.#time + ms;
    for (;;) {
      const due = [...this.#alarms].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      const [handle, { at, callback }] = due;
      this.#alarms.delete(handle);
      this.#time = at;
      callback();
    }
    this.#time = end;
  }
}

/** The other end of every socket that was opened, with the test as the server. */
export function fakeNetwork() {
  const sockets = [];

  class FakeWebSocket {
    readyState = 0;
    heard = [];
    closedWith = null;

    constructor(url, protocols) {
      this.url = new URL(url);
      this.protocols = protocols;
      sockets.push(this);
    }

    send(text) {
      if (this.readyState !== 1) throw new Error("not open");
      this.heard.push(JSON.parse(text));
    }

    close(code) {
      this.readyState = 3;
      this.closedWith = code ?? "bare";
    }

    /** What the client said, the passing commands left out. */
    get commands() {
      return this.heard.filter(({ id }) => id !== undefined);
    }

    says(event, data = {}, seq = undefined) {
      this.saysText(JSON.stringify({ event, data, seq }));
    }

    saysText(text) {
      this.onmessage({ data: text });
    }

    lets(data = {}) {
      this.readyState = 1;
      this.says("room_joined", roomJoined(data));
    }

    closes(code, reason = "") {
      this.readyState = 3;
      this.onclose({ code, reason });
    }

    ack(command, seq, duplicate = false) {
      this.says("ack", { id: command.id, seq, duplicate });
    }
  }

  return {
    sockets,
    WebSocketClass: FakeWebSocket,
    get last() {
      return sockets.at(-1);
    },
  };
}

export const alice = player(1, "alice");
export const bob = player(2, "bob");

export function player(user_id, username, more = {}) {
  const character = { character_id: null, character_name: null };
  return {
    user_id,
    username,
    ...character,
    is_dm: false,
    role: "player",
    connected_at: "2030-01-01T18:00:00Z",
    ...more,
  };
}

/** `room_joined` data; without `resumed` a snapshot of nothing. */
export function roomJoined(data = {}) {
  const snapshot = data.resumed
    ? null
    : { events: [], narration: null, turn: null, combat: null, ended: false };
  const room = {
    session_id: 5,
    campaign_id: 3,
    player: alice,
    players: [alice],
    reconnecting: [],
    created_at: "2030-01-01T18:00:00Z",
  };
  return { ...room, seq: 0, epoch: "e1", resumed: false, missed: 0, snapshot, ...data };
}

/** `sessionStorage`, as much of it as is used. */
export function fakeStorage() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    kept,
  };
}
