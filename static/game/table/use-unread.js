/**
 * What is new: since the last visit, and since one looked last.
 *
 * @import { State, Subjects } from "./types.d.ts"
 */

import { useEffect, useRef, useState } from "preact/hooks";
import { recall, remember } from "../ui/memory.js";
import { unreadIn } from "./rows.js";

/**
 * @param {State} state
 * @param {number} me
 * @param {Subjects} subjects
 * @param {boolean} looking whether the end of the log is in view, if the page is
 * @returns {{ unread: number, newAfter: number | null }} `newAfter`: above this seq the log is new since the last
 *   visit; null when nothing is
 */
export function useUnread(state, me, subjects, looking) {
  const visible = useVisible();
  const [seen, setSeen] = useState(Infinity);
  const [newAfter, setNewAfter] = useState(/** @type {number | null} */ (null));
  const name = `seen ${state.sessionId} ${me}`;
  const known = state.sessionId !== null;

  useEffect(() => {
    if (!known) return;
    const last = Number(recall(name) ?? state.seq);
    // A log that was restored may be shorter than what was seen of it.
    setNewAfter(last < state.seq && unreadIn(state.log, last, me, subjects) > 0 ? last : null);
    setSeen(state.seq);
  }, [name, known]);
  useEffect(() => {
    if (known && visible && looking) setSeen(state.seq);
  }, [known, visible, looking, state.seq]);
  useEffect(() => {
    if (Number.isFinite(seen)) remember(name, String(seen));
  }, [name, seen]);

  const unread = visible && looking ? 0 : unreadIn(state.log, seen, me, subjects);
  useTitle(unread);
  return { unread, newAfter };
}

/** Whether the page is in view. */
export function useVisible() {
  const [visible, setVisible] = useState(document.visibilityState === "visible");
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}

/** @param {number} unread */
function useTitle(unread) {
  const plain = useRef(document.title);
  useEffect(() => {
    document.title = unread === 0 ? plain.current : `(${countOf(unread)}) ${plain.current}`;
  }, [unread]);
}

/**
 * A count as a badge shows it.
 *
 * @param {number} unread
 */
export function countOf(unread) {
  return unread > 99 ? "99+" : String(unread);
}
