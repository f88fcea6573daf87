/**
 * `/me whistles` and `/ooc back in five`.
 *
 * @import { ChatSeat } from "./commands.js"
 */

/** @type {{ [name: string]: (words: string, seat: ChatSeat) => string | undefined }} */
export const slash = {
  me: worded("me", (text, { table }) =>
    table.sendPlayerAction({ action_type: "describe", details: { text } }),
  ),
  ooc: worded("ooc", (message, { table }) => table.sendChatMessage(message, true)),
};

/**
 * @param {string} name
 * @param {(words: string, seat: ChatSeat) => void} act
 * @returns {(words: string, seat: ChatSeat) => string | undefined}
 */
function worded(name, act) {
  return (words, seat) => {
    if (words === "") return `Write something after /${name}.`;
    act(words, seat);
    return undefined;
  };
}
