/** @import { Draw } from "../client/protocol.d.ts" */

/**
 * A draw from a roll table as a roll is told: its table with a die for each row, as heavy as the rows that could come,
 * and what these showed.
 *
 * @param {Draw} draw
 */
export function drawAsRoll({ table, rows }) {
  return {
    formula: `${table.name}: ${rows.map(({ of }) => `1d${of}`).join(", ")}`,
    result: rows.map(({ number }) => number).join(", "),
  };
}
