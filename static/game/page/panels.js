/**
 * The panels, by the subjects that give them.
 *
 * @import { AnySubject } from "../table/types.d.ts"
 */

import { subjects } from "../subjects.js";

/** @typedef {NonNullable<AnySubject["panel"]> & { name: string }} PanelOf */

/** @type {PanelOf[]} in the order of the tabs */
export const panels = subjects.list.flatMap((/** @type {AnySubject} */ { name, panel }) =>
  panel ? { name, ...panel } : [],
);

/** The panel that the table opens with, and comes back to. */
export const HOME = panels[0]?.name ?? "";
