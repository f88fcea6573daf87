/**
 * Who is in the room, and what the server and the browser tell one another about the connection.
 *
 * @import { Player } from "../client/types.d.ts"
 * @import { Subject } from "./types.d.ts"
 */

import { personOf } from "../ui/names.js";

const ERRORS = 20;

/** Most of it is between the machines. */
const NOTHING = {
  room_joined: null,
  room_left: null,
  player_list: null,
  player_joined: null,
  player_left: null,
  player_state: null,
  error: null,
  skip: null,
  ack: null,
  pong: null,
  reconnect: null,
};

/** @type {Subject<keyof typeof NOTHING, "join_room" | "leave_room" | "ping">} */
export const room = {
  name: "room",
  reducers: {
    ...NOTHING, // the state begins with `room_joined`: see state.js
    room_left: (state) => ({ ...state, inRoom: false, players: [], reconnecting: [] }),
    player_list: (state, { players, reconnecting }) => ({ ...state, players, reconnecting }),
    player_joined: (state, { player }) => ({
      ...state,
      players: [...without(state.players, player), player],
    }),
    player_left: (state, { player }) => ({
      ...state,
      players: without(state.players, player),
      reconnecting: state.reconnecting.filter((id) => id !== player.user_id),
    }),
    player_state: (state, { user_id, state: line }) => {
      const others = state.reconnecting.filter((id) => id !== user_id);
      return { ...state, reconnecting: line === "reconnecting" ? [...others, user_id] : others };
    },
    error: (state, data) => ({ ...state, errors: [...state.errors, data].slice(-ERRORS) }),
  },
  lines: {
    ...NOTHING,
    player_joined: { as: "note", view: came },
    player_left: { as: "note", view: went },
  },
  icons: { ...NOTHING, player_joined: "enter", player_left: "door" },
  sentences: { ...NOTHING, player_joined: came, player_left: went },
  counts: NOTHING,
  outgoing: { join_room: null, leave_room: null, ping: null },
  drafts: { join_room: null, leave_room: null, ping: null },
};

/** @param {{ player: Player }} data */
function came({ player }) {
  return `${personOf(player)} joined`;
}

/** @param {{ player: Player }} data */
function went({ player }) {
  return `${personOf(player)} left`;
}

/**
 * @param {Player[]} players
 * @param {Player} player
 */
function without(players, player) {
  return players.filter(({ user_id }) => user_id !== player.user_id);
}
