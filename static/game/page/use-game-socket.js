/**
 * The table as a Preact hook.
 *
 * @import { ClientEvents, EventCallbacks, Refused, ServerFrame, Status } from "../client/types.d.ts"
 */

import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import { fetchPreview } from "../dice/preview.js";
import { fetchTables } from "../roll-tables/client.js";
import { Table } from "../table/table.js";

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

  const table = useMemo(
    () => new Table({ sessionId, userId, characterId, token, refreshToken, url, storage: tabStorage() }),
    [sessionId, userId, token, refreshToken, url],
  );
  const commands = useMemo(() => commandsOf(table), [table]);
  useEffect(() => callBack(table, latest), [table]);
  useEffect(() => table.onChange(() => redraw(undefined)), [table]);
  useEffect(() => {
    if (autoConnect) table.socket.connect();
    return () => table.socket.close();
  }, [table, autoConnect]);
  useEffect(() => table.socket.playAs(characterId), [table, characterId]);

  const { state, reading, socket, refused } = table;
  const { status, pending } = socket;
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

/** @param {Table} table */
function commandsOf(table) {
  const { socket } = table;
  return {
    connect: () => socket.connect(),
    disconnect: () => socket.close(),
    joinRoom: () => socket.joinRoom(),
    leaveRoom: () => socket.leaveRoom(),
    sendPing: () => socket.ping(),
    sendChatMessage: (/** @type {string} */ message, outOfCharacter = false) =>
      socket.send("chat_message", outOfCharacter ? { message, out_of_character: true } : { message }),
    /** `{formula}` lets the server roll; with `result`, `rolls` and `modifier` it reports a roll of real dice. */
    sendDiceRoll: (/** @type {ClientEvents["dice_roll"]} */ roll) => socket.send("dice_roll", roll),
    revealRoll: (/** @type {number} */ seq) => socket.send("roll_reveal", { seq }),
    /** Draw from a roll table, for whose eyes `visibility` says. */
    drawFromTable: (/** @type {ClientEvents["table_draw"]} */ draw) => socket.send("table_draw", draw),
    resetTable: (/** @type {number} */ table_id) => socket.send("table_reset", { table_id }),
    fetchTables: () => fetchTables(socket.origin, socket.token, table.state.sessionId ?? 0),
    sendDMNarration: (/** @type {string} */ narration) => socket.send("dm_narration", { narration }),
    sendPlayerAction: (/** @type {ClientEvents["player_action"]} */ action) =>
      socket.send("player_action", action),
    sendTurnChange: (/** @type {ClientEvents["turn_change"]["turn"]} */ turn) =>
      socket.send("turn_change", { turn }),
    sendCombatUpdate: (/** @type {ClientEvents["combat_update"]["combat"]} */ combat) =>
      socket.send("combat_update", { combat }),
    /** Have the server seed in use revealed, so that the rolls made with it can be proved. */
    sendFairnessRotate: () => socket.send("fairness_rotate", {}),
    /** Put another client seed in place of one's own. */
    sendSeedSet: (/** @type {string} */ seed) => socket.send("seed_set", { seed }),
    fetchProof: (/** @type {number} */ seq) => table.fetchProof(seq),
    /** What a formula can come to; null where the server does not say. */
    fetchPreview: (/** @type {string} */ formula, /** @type {AbortSignal} */ signal) =>
      fetchPreview(socket.origin, socket.token, formula, signal),
    loadEarlier: () => table.loadEarlier(),
    loadLater: () => table.loadLater(),
    earlierRolls: (/** @type {number} */ before) => table.earlierRolls(before),
    toNewest: () => table.toNewest(),
    lookAtEnd: (/** @type {boolean} */ atEnd) => table.lookAtEnd(atEnd),
    sendAgain: (/** @type {Refused} */ refused) => table.sendAgain(refused),
    dismiss: (/** @type {Refused} */ refused) => table.dismiss(refused),
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

/** Where unanswered commands wait over a reload of this tab; a browser may forbid it altogether. */
function tabStorage() {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}
