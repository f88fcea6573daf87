/**
 * The subjects put together. What stands below them asks here, and names none of them.
 *
 * @import { AnySubject, Subjects } from "./types.d.ts"
 */

/** What a subject says of events that has none of its own. */
export const NO_EVENTS = {
  reducers: {},
  lines: {},
  icons: {},
  sentences: {},
  counts: {},
  outgoing: {},
  drafts: {},
};

/**
 * @template {readonly AnySubject[]} L
 * @param {L} list
 * @returns {Subjects<L>}
 */
export function together(list) {
  const merged = (/** @type {(subject: AnySubject) => object | undefined} */ of) =>
    // Without a prototype: an event may be called anything.
    Object.assign(Object.create(null), ...list.map(of));
  return {
    list,
    initial: merged(({ state }) => state?.initial),
    restore: (snapshot) => merged(({ state }) => state?.restore(snapshot)),
    reducers: merged(({ reducers }) => reducers),
    lines: merged(({ lines }) => lines),
    icons: merged(({ icons }) => icons),
    sentences: merged(({ sentences }) => sentences),
    counts: merged(({ counts }) => counts),
    outgoing: merged(({ outgoing }) => outgoing),
    listed: merged(({ listed }) => listed),
    told: merged(({ told }) => told),
    surprises: new Set(list.flatMap(({ surprises = [] }) => surprises)),
    sends: (table) => merged(({ sends }) => sends?.(table)),
  };
}

/**
 * The one subject whose table has this name.
 *
 * @param {Subjects} subjects
 * @param {"slash" | "drafts"} table
 * @param {string} name
 * @returns {AnySubject | undefined}
 */
export function subjectWith({ list }, table, name) {
  return list.find((subject) => Object.hasOwn(subject[table] ?? {}, name));
}
