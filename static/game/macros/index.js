/**
 * Lines that one keeps and says by pressing a key.
 *
 * @import { Subject } from "../table/types.d.ts"
 * @import { Macros } from "./use-macros.js"
 */

import { NO_EVENTS } from "../table/subject.js";
import { Hotbar } from "./hotbar.js";
import { MacroDialogs } from "./macro-sheet.js";
import { useMacros } from "./use-macros.js";

/** @type {Subject<never, never, object, object, Macros>} */
export const macros = {
  ...NO_EVENTS,
  name: "macros",
  use: useMacros,
  views: { bar: Hotbar, sheets: MacroDialogs },
  keys: {
    help: [[["1", "…", "0"], "Run a macro; on the hotbar, ← → moves along it and Delete takes one off"]],
    actions: (_, { keys }) => keys,
  },
};
