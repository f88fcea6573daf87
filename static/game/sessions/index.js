/**
 * The session's end, and its being opened again.
 *
 * @import { Part } from "../dice/commands.js"
 * @import { Subject } from "../table/types.d.ts"
 * @import { Own } from "./end-session.js"
 */

import { changedBy } from "../dice/fairness/seeds.js";
import { EndSession, useEnding } from "./end-session.js";

/** @type {Subject<"session_status", never, Part, object, Own>} */
export const sessions = {
  name: "sessions",
  reducers: {
    session_status: (state, { ended, fairness }, frame) => ({
      ...(fairness ? changedBy(state, fairness, frame) : state),
      ended,
    }),
  },
  lines: { session_status: { as: "note", view: words } },
  icons: { session_status: ({ ended }) => (ended ? "lock" : "enter") },
  sentences: { session_status: words },
  counts: { session_status: null },
  outgoing: {},
  drafts: {},
  use: useEnding,
  views: { sheets: EndSession },
  menu: ({ isDm, state }, { ask }) =>
    isDm && !state.ended ? [{ icon: "lock", label: "End the session", about: "leaving", act: ask }] : [],
};

/** @param {{ ended: boolean }} data */
function words({ ended }) {
  return ended ? "The session has ended" : "The session is open again";
}
