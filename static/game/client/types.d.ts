// What follows from the generated shapes: the frames, and the seed of a client's types.

import type { Place } from "./address.js";
import type { ClientEvents, ServerEvents } from "./protocol.d.ts";
import type { Clock } from "./timers.js";

export type { ClientEvents, Player, ServerEvents, Snapshot } from "./protocol.d.ts";

/** A frame from the server, told apart by `event`. */
export type ServerFrame = {
  [E in keyof ServerEvents]: { event: E; data: ServerEvents[E]; seq?: number };
}[keyof ServerEvents];

/** A frame to the server. */
export type ClientFrame = {
  [E in keyof ClientEvents]: { event: E; data: ClientEvents[E]; id?: string };
}[keyof ClientEvents];

/** What the client says of itself: sent once, never kept. */
type OwnEvent = "join_room" | "leave_room" | "ping";

/** Events that write: each has an id and is kept until the server has answered it. */
export type WritingEvent = Exclude<keyof ClientEvents, OwnEvent>;

/** The codes of an `error`; the server may come to know more. */
export type ErrorCode =
  | "malformed"
  | "unknown_event"
  | "invalid"
  | "forbidden"
  | "not_found"
  | "not_joined"
  | "conflict"
  | "rate_limited"
  | "too_large"
  | "busy";

/** A command on its way. `sent`: the server has not answered yet. `acked`: done, its broadcast is not here yet. */
export interface Command {
  id: string;
  event: WritingEvent;
  data: object;
  state: "queued" | "sent" | "acked";
  /** How many times the server broke on it (4500). */
  crashes: number;
  /** Where it stands in the log, once acknowledged. */
  seq?: number;
}

/** A command that was given back, and why. `code` is an `ErrorCode` or `server_error`. */
export interface Refused {
  command: Command;
  code: string;
  message: string;
}

/**
 * Without `token` the session cookie says who this is. On 4001, `getToken` or else `refreshToken` is asked once
 * for a new one. With `storage` unanswered commands outlive a reload; `userId` keeps those of several users apart.
 */
export interface GameSocketOptions extends Place {
  token?: string;
  characterId?: number | null;
  userId?: number | string;
  refreshToken?: string;
  getToken?: () => Promise<string>;
  storage?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  WebSocketClass?: typeof WebSocket;
  clock?: Clock;
  random?: () => number;
  page?: EventTarget & { document?: Document };
}

/** What a GameSocket tells: every frame once and in order; status and pending commands after each change. */
export interface GameSocketNews {
  frame: ServerFrame;
  status: Status;
  pending: Command[];
  refused: Refused;
}

/**
 * How the connection stands. `open` means in touch with the room; `waiting` will try again at `retryAt`
 * (milliseconds since the epoch); `stopped` will not try again by itself, `code` and `reason` say why.
 */
export interface Status {
  phase: "idle" | "connecting" | "open" | "waiting" | "stopped";
  code?: number;
  reason?: string;
  retryAt?: number;
}

type Pascal<Name extends string> = Name extends `dm_${infer Rest}`
  ? `DM${Pascal<Rest>}`
  : Name extends `${infer First}_${infer Rest}`
    ? `${Capitalize<First>}${Pascal<Rest>}`
    : Capitalize<Name>;

/** `onChatMessage`, `onDMNarration`, …: one for every event of the server, called with its data. */
export type EventCallbacks = {
  [E in keyof ServerEvents as `on${Pascal<E>}`]?: (data: ServerEvents[E]) => void;
};
