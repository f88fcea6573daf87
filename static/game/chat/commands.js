/**
 * @import { ClientEvents, ServerEvents } from "../client/types.d.ts"
 * @import { Table } from "../table/table.js"
 * @import { Seat } from "../table/types.d.ts"
 */

/**
 * @typedef {{ narration: ServerEvents["dm_narration"] | null }} Part the newest narration that came by
 * @typedef {ReturnType<typeof sends>} Sends
 * @typedef {Seat<Part, Sends>} ChatSeat
 */

/** @param {Table} table */
export function sends({ socket }) {
  return {
    sendChatMessage: (/** @type {string} */ message, outOfCharacter = false) =>
      socket.send("chat_message", outOfCharacter ? { message, out_of_character: true } : { message }),
    sendDMNarration: (/** @type {string} */ narration) => socket.send("dm_narration", { narration }),
    sendPlayerAction: (/** @type {ClientEvents["player_action"]} */ action) =>
      socket.send("player_action", action),
  };
}
