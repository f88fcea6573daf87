/**
 * What those hear who do not see the table: each new line once, in words.
 *
 * @import { Line, State, Subjects } from "./types.d.ts"
 */

import { useEffect, useRef, useState } from "preact/hooks";
import { sentence } from "./describe.js";
import { rowsOf, speakerOf } from "./rows.js";

/** More at once are only counted. */
const MOST = 5;
/** So long a sentence stands to be read out, in milliseconds. */
const STANDS_MS = 8_000;

/**
 * What to say of lines that are new.
 *
 * @param {Line[]} lines
 * @param {number} me the user; their own messages are not repeated, their own dice are
 * @param {Subjects} subjects
 * @returns {string[]}
 */
export function announcements(lines, me, subjects) {
  const { surprises } = subjects;
  const heard = lines.filter(({ frame }) => surprises.has(frame.event) || speakerOf(frame)?.user_id !== me);
  const sentences = heard.map(({ frame }) => sentence(frame, subjects)).filter((words) => words !== "");
  return sentences.length > MOST ? [`${sentences.length} new lines`] : sentences;
}

/**
 * @param {State} state
 * @param {number} me
 * @param {Subjects} subjects
 * @returns {{ id: number, words: string }[]} sentences to stand in a live region
 */
export function useAnnouncements(state, me, subjects) {
  const [sentences, setSentences] = useState(/** @type {{ id: number, words: string }[]} */ ([]));
  const known = useRef(/** @type {{ log: Line[], joined: boolean }} */ ({ log: [], joined: false }));
  const count = useRef(0);
  useEffect(() => {
    const { log, joined } = known.current;
    known.current = { log: state.log, joined: state.sessionId !== null };
    if (!joined) return;
    const keys = new Set(log.map(({ key }) => key));
    const told = rowsOf(state.log, null, subjects).flatMap((row) => (row.kind === "line" ? row.line : []));
    const news = announcements(
      told.filter(({ key }) => !keys.has(key)),
      me,
      subjects,
    );
    if (news.length === 0) return;
    const said = news.map((words) => ({ id: count.current++, words }));
    setSentences((before) => [...before, ...said].slice(-MOST));
    const ids = new Set(said.map(({ id }) => id));
    setTimeout(() => setSentences((before) => before.filter(({ id }) => !ids.has(id))), STANDS_MS);
  }, [state.log]);
  return sentences;
}
