/** What the table's functions do with all the subjects, as the page calls them. */
import { celebrationOf as celebration } from "../../../static/game/dice/celebrations.js";
import { rollsIn as rolls } from "../../../static/game/dice/rolls.js";
import { subjects } from "../../../static/game/subjects.js";
import { sentence as told } from "../../../static/game/table/describe.js";
import { rowsOf as rows, unreadIn as unread } from "../../../static/game/table/rows.js";
import { announcements as announced } from "../../../static/game/table/screen-reader.js";
import { carryOut, speak } from "../../../static/game/table/slash.js";
import { applier } from "../../../static/game/table/state.js";

export { subjects };
export const { initial, apply } = applier(subjects);
export const sentence = (frame) => told(frame, subjects);
export const rowsOf = (lines, seen) => rows(lines, seen, subjects);
export const unreadIn = (lines, seen, me) => unread(lines, seen, me, subjects);
export const announcements = (lines, me) => announced(lines, me, subjects);
/** What the list of rolls shows of these lines: `{ key, player }` with the `roll` or `draw`. */
export const rollsIn = (lines) =>
  rolls(lines, subjects).map(({ key, view }) => {
    const { player, roll, draw } = view().props;
    return { key, player, ...(roll && { roll }), ...(draw && { draw }) };
  });
export const celebrationOf = (line, me) => celebration(line, me, subjects);
/** The lines of a log after these frames. */
export const logOf = (frames) => frames.reduce(apply, initial()).log;

/** A table that notes what is sent. */
function noting() {
  const said = [];
  const heard =
    (name) =>
    (...data) =>
      void said.push([name, ...data]);
  return { said, table: new Proxy({}, { get: (_, name) => heard(name) }) };
}

/** What typing a line sends, or what one is told: `{ said }` or `{ refusal }`. */
export function typed(line, { aside = false } = {}) {
  const { said, table } = noting();
  const refusal = carryOut(line, { subjects, owns: { chat: { aside } }, table });
  return refusal === "" ? { said } : { refusal };
}

/** What a text that is sent off does, and what of it comes back. */
export function spoken(text) {
  const { said, table } = noting();
  const back = [];
  const giveBack = (line) => void back.push(line);
  const list = subjects.list.map((one) =>
    one.speech === undefined ? one : { ...one, speech: { ...one.speech, giveBack } },
  );
  const owns = { chat: { aside: false } };
  const done = speak(text, { subjects: { ...subjects, list }, owns, table, lookAtEnd() {} });
  return { done, said, back };
}
