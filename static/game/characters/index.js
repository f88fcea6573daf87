/**
 * Who plays whom.
 *
 * @import { Subject } from "../table/types.d.ts"
 */

import { NO_EVENTS } from "../table/subject.js";
import { CharactersPanel } from "./characters-panel.js";

/** @type {Subject} */
export const characters = {
  ...NO_EVENTS,
  name: "characters",
  panel: { label: "Characters", short: "Characters", icon: "person", place: 4, view: CharactersPanel },
};
