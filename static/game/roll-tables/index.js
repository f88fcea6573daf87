/**
 * Roll tables and decks, drawn from at the table.
 *
 * @import { Subject } from "../table/types.d.ts"
 * @import { Sends } from "./commands.js"
 */

import { inItsPlace } from "../table/state.js";
import { nameOf } from "../ui/names.js";
import { sends } from "./commands.js";
import { DrawButton } from "./draw-dialog.js";
import { Drawn, Revealed } from "./lines.js";
import { listedDraw } from "./listed-draw.js";
import { drawWords, revealedWords } from "./words.js";

/** @type {Subject<"table_draw" | "draw_revealed" | "table_reset", "table_draw" | "table_reset", object, Sends>} */
export const rollTables = {
  name: "roll-tables",
  reducers: {
    table_draw: null,
    draw_revealed: (state, { seq, draw, roller: player, rolled_at: timestamp }) => ({
      ...state,
      log: inItsPlace(state.log, { event: "table_draw", data: { player, draw, timestamp }, seq }),
    }),
    table_reset: null,
  },
  lines: {
    table_draw: { as: "speech", view: Drawn },
    draw_revealed: { as: "speech", view: Revealed },
    table_reset: { as: "note", view: ({ table }) => `${table.name} was reset` },
  },
  icons: { table_draw: null, draw_revealed: null, table_reset: "retry" },
  sentences: {
    table_draw: drawWords,
    draw_revealed: revealedWords,
    table_reset: ({ player, table }) => `${nameOf(player)} resets ${table.name}`,
  },
  counts: { table_draw: true, draw_revealed: true, table_reset: null },
  surprises: ["table_draw"],
  listed: {
    table_draw: { row: ({ player, draw }) => listedDraw(player, draw) },
    draw_revealed: {
      row: ({ roller, draw, seq }) => ({ ...listedDraw(roller, draw), of: seq }),
      reveals: true,
    },
  },
  outgoing: {
    table_draw: () => "A draw from a roll table",
    table_reset: () => "A deck, reset",
  },
  drafts: { table_draw: null, table_reset: null },
  sends,
  views: { tray: DrawButton },
};
