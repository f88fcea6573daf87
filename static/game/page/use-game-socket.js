/**
 * The table as a Preact hook.
 *
 * @import { EventCallbacks, ServerFrame, Status } from "../client/types.d.ts"
 * @import { StateOf } from "../table/types.d.ts"
 */

import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import { lastingStorage } from "../client/lasting-storage.js";
import { subjects } from "../subjects.js";
import { Table, tableCommands } from "../table/table.js";

/**
 * `autoConnect` (true unless told) connects with the component and keeps the connection up; without it, `connect`
 * and `disconnect` do. `token` is left out where the session cookie says who this is. Every event of the server
 * has its callback, `onChatMessage` for `chat_message` and so on, called with the event's data.
 *
 * @typedef {EventCallbacks & {
 *   sessionId: number,
 *   userId: number,
 *   characterId?: number | null,
 *   autoConnect?: boolean,
 *   token?: string,
 *   refreshToken?: string,
 *   url?: string,
 *   onConnected?: () => void,
 *   onDisconnected?: (status: Status) => void,
 * }} UseGameSocketOptions
 */

/** @typedef {ReturnType<typeof useGameSocket>} GameTable */

/** @param {UseGameSocketOptions} options */
export function useGameSocket(options) {
  const { sessionId, userId, characterId, token, refreshToken, url, autoConnect = true } = options;
  const [, redraw] = useReducer((/** @type {number} */ count) => count + 1, 0);
  const latest = useRef(options);
  latest.current = options;

  const table = useMemo(() => {
    const storage = storageOfBrowser();
    return new Table({ sessionId, userId, characterId, token, refreshToken, url, storage }, subjects);
  }, [sessionId, userId, token, refreshToken, url]);
  const commands = useMemo(() => ({ ...tableCommands(table), ...subjects.sends(table) }), [table]);
  useEffect(() => callBack(table, latest), [table]);
  useEffect(() => table.onChange(() => redraw(undefined)), [table]);
  useEffect(() => {
    if (autoConnect) table.socket.connect();
    return () => table.socket.close();
  }, [table, autoConnect]);
  useEffect(() => table.socket.playAs(characterId), [table, characterId]);

  const { reading, socket, refused } = table;
  const { status, pending } = socket;
  const state = /** @type {StateOf<typeof subjects.list>} */ (table.state);
  return {
    isConnected: status.phase === "open",
    players: state.players,
    state,
    reading,
    status,
    pending,
    refused,
    ...commands,
  };
}

/**
 * Call what the component last asked to have called.
 *
 * @param {Table} table
 * @param {{ current: UseGameSocketOptions }} latest
 */
function callBack({ socket }, latest) {
  let connected = false;
  const stops = [
    socket.on("status", (status) => {
      if (connected === (status.phase === "open")) return;
      connected = !connected;
      if (connected) latest.current.onConnected?.();
      else latest.current.onDisconnected?.(status);
    }),
    socket.on("frame", (frame) => callbackOf(frame, latest.current)?.(frame.data)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * `onChatMessage` for `chat_message`, `onDMNarration` for `dm_narration`.
 *
 * @param {ServerFrame} frame
 * @param {UseGameSocketOptions} options
 * @returns {((data: object) => void) | undefined}
 */
function callbackOf({ event }, options) {
  const words = event
    .split("_")
    .map((word) => (word === "dm" ? "DM" : word.charAt(0).toUpperCase() + word.slice(1)));
  const name = /** @type {keyof EventCallbacks} */ (`on${words.join("")}`);
  return /** @type {((data: object) => void) | undefined} */ (options[name]);
}

/** Where unanswered commands outlive a reload and the tab; a browser may forbid either. */
function storageOfBrowser() {
  const had = (/** @type {() => Storage | undefined} */ storage) => {
    try {
      return storage();
    } catch {
      return undefined;
    }
  };
  return lastingStorage(
    had(() => globalThis.sessionStorage),
    had(() => globalThis.localStorage),
  );
}
