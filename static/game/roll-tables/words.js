/** @import { Draw, DrawRevealed, TableDraw, VeiledDraw, VeiledTableDraw } from "../client/protocol.d.ts" */

import { partsOf } from "../dice/inline.js";
import { revealWords } from "../dice/words.js";
import { nameOf } from "../ui/names.js";

/** @param {TableDraw | VeiledTableDraw} data */
export function drawWords({ player, draw }) {
  return `${nameOf(player)} draws from ${draw.table.name}${drawnWords(draw)}`;
}

/** @param {DrawRevealed} data */
export function revealedWords({ player, roller, draw }) {
  return `${revealWords(player, roller)}: ${draw.table.name}${drawnWords(draw)}`;
}

/** @param {Draw | VeiledDraw} draw */
function drawnWords(draw) {
  if (!("rows" in draw)) return " blind";
  const texts = draw.rows.map(({ text, rolls }) =>
    partsOf({ message: text, rolls })
      .map((part) => (typeof part === "string" ? part : `${part.formula}: ${part.result}`))
      .join(""),
  );
  return `: ${texts.join(", ")}${draw.ended_at ? `; nothing is left in ${draw.ended_at}` : ""}`;
}
