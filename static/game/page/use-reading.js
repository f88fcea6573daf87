/**
 * What of the log one has seen.
 *
 * @import { GameTable } from "./use-game-socket.js"
 */

import { useEffect, useState } from "preact/hooks";
import { subjects } from "../subjects.js";
import { useUnread, useVisible } from "../table/use-unread.js";
import { chime } from "../ui/sounds.js";

/** In hertz. */
const LINE_TONE = 440;

/**
 * Whether the newest line is in view, and going there.
 *
 * @param {GameTable} table
 * @returns {[atEnd: boolean, lookAtEnd: (atEnd: boolean) => void]}
 */
export function useAtEnd(table) {
  const [atEnd, setAtEnd] = useState(true);
  const lookAtEnd = (/** @type {boolean} */ end) => {
    table.lookAtEnd(end);
    if (end) table.toNewest();
    setAtEnd(end);
  };
  return [atEnd, lookAtEnd];
}

/**
 * @param {GameTable} table
 * @param {number} userId
 * @param {boolean} inView whether the log is
 */
export function useReading(table, userId, inView) {
  const [atEnd, lookAtEnd] = useAtEnd(table);
  const { unread, newAfter } = useUnread(table.state, userId, subjects, atEnd && inView);
  const visible = useVisible();
  useEffect(() => {
    if (!visible && unread > 0) chime(LINE_TONE);
  }, [unread]);
  return { atEnd, lookAtEnd, unread, newAfter };
}
