/**
 * What is typed with a slash where one speaks: `/roll 2d6 + 1 # for the goblin`. Anything else is said as it stands.
 *
 * @import { Seat, Subjects } from "./types.d.ts"
 */

import { subjectWith } from "./subject.js";

/** What nobody sees before a slash, and the slash of full-width keyboards. */
const UNSEEN = /^[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+/;
const SLASH = /^[/\uff0f\u2215\u2044]/;
const MOST_SHOWN = 30;

/**
 * Do what a line asks for.
 *
 * @param {string} line
 * @param {Seat} seat
 * @returns {string} why nothing was done, for the one who typed it; empty when it was
 */
export function carryOut(line, seat) {
  const { subjects, owns } = seat;
  const { name, rest } = commandIn(line);
  const subject = subjectWith(subjects, "slash", name);
  const held = heldBack(subject === undefined ? line : behindFirst(line), subjects);
  if (held !== "") return held;
  if (subject !== undefined) return subject.slash?.[name]?.(rest, seat, owns[subject.name]) ?? "";
  const speaker = speakerIn(seat);
  speaker?.speech?.say(line, seat, owns[speaker.name]);
  return "";
}

/**
 * Do what a text asks for, or give back what was not done with the reason. Several commands, a line each, are carried
 * out in their order.
 *
 * @param {string} text
 * @param {Seat} seat
 * @returns {boolean} whether all of it was done
 */
export function speak(text, seat) {
  const lines = commandsIn(text, seat.subjects);
  for (const [index, line] of lines.entries()) {
    const why = carryOut(line, seat);
    if (why === "") continue;
    const speaker = speakerIn(seat);
    const left = lines.slice(index).join("\n");
    speaker?.speech?.giveBack(left, why, seat, seat.owns[speaker.name]);
    return false;
  }
  seat.lookAtEnd(true);
  return true;
}

/**
 * The command at the beginning of a line; no name where there is none.
 *
 * @param {string} line
 */
function commandIn(line) {
  const [, typed = "", rest = ""] = /^\s*\/([a-z]+)(?:\s+(.*))?$/is.exec(line.replace(UNSEEN, "")) ?? [];
  return { name: typed.toLowerCase(), rest: rest.trim() };
}

/**
 * The lines behind the first.
 *
 * @param {string} text
 */
function behindFirst(text) {
  return text.trimStart().replace(/^.*/, "");
}

/**
 * Why a text with a slash where a line begins is not said: a whisper from another program, said aloud, would tell
 * everybody what was meant for one.
 *
 * @param {string} text
 * @param {Subjects} subjects
 * @returns {string} empty where nothing speaks against it
 */
function heldBack(text, subjects) {
  const line = text.split(/\r\n?|\n/).find((one) => SLASH.test(one.replace(UNSEEN, "")));
  if (line === undefined) return "";
  const [word = ""] = line.replace(UNSEEN, "").slice(1).split(/\s/);
  const shown = word.length > MOST_SHOWN ? `${word.slice(0, MOST_SHOWN)}…` : word;
  const known = /^[a-z]+/i.exec(word)?.[0].toLowerCase() ?? "";
  if (subjectWith(subjects, "slash", known) !== undefined && word.length > known.length)
    return `Unknown command /${shown}. Put a space after /${known}.`;
  if (subjectWith(subjects, "slash", known) !== undefined)
    return `/${known} comes after other words. Put it first, or send it by itself.`;
  return `Unknown command /${shown}. To send it as text, start with a space.`;
}

/**
 * The commands of a text in which every line is one; else the text alone.
 *
 * @param {string} text
 * @param {Subjects} subjects
 */
function commandsIn(text, subjects) {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== "");
  const all = lines.every((line) => subjectWith(subjects, "slash", commandIn(line).name) !== undefined);
  return all && lines.length > 1 ? lines : [text];
}

/** @param {Seat} seat */
function speakerIn({ subjects }) {
  return subjects.list.find(({ speech }) => speech !== undefined);
}
