/**
 * What is typed with a slash where one speaks: `/roll 2d6 + 1 # for the goblin`. Anything else is said as it stands.
 *
 * @import { Seat } from "./types.d.ts"
 */

import { subjectWith } from "./subject.js";

/**
 * Do what a line asks for.
 *
 * @param {string} line
 * @param {Seat} seat
 * @returns {string} why nothing was done, for the one who typed it; empty when it was
 */
export function carryOut(line, seat) {
  const { subjects, owns } = seat;
  const [, space = "", typed = "", rest = ""] = /^(\s*)\/([a-z]+)(?:\s+(.*))?$/is.exec(line) ?? [];
  const name = typed.toLowerCase();
  const subject = subjectWith(subjects, "slash", name);
  if (subject !== undefined) return subject.slash?.[name]?.(rest.trim(), seat, owns[subject.name]) ?? "";
  // A whisper from another program, said aloud, would tell everybody what was meant for one.
  if (name !== "" && space === "") return `Unknown command /${name}. To send it as text, start with a space.`;
  const speaker = speakerIn(seat);
  speaker?.speech?.say(line, seat, owns[speaker.name]);
  return "";
}

/**
 * Do what a line asks for, or give it back with the reason.
 *
 * @param {string} line
 * @param {Seat} seat
 * @returns {boolean} whether it was done
 */
export function speak(line, seat) {
  const why = carryOut(line, seat);
  if (why === "") seat.lookAtEnd(true);
  else {
    const speaker = speakerIn(seat);
    speaker?.speech?.giveBack(line, why, seat, seat.owns[speaker.name]);
  }
  return why === "";
}

/** @param {Seat} seat */
function speakerIn({ subjects }) {
  return subjects.list.find(({ speech }) => speech !== undefined);
}
