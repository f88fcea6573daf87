/**
 * A browser adds a seed of its own to the dice, once for each commitment of the server's.
 *
 * @import { Table } from "../../table/table.js"
 * @import { Attendant } from "../../table/types.d.ts"
 * @import { Part } from "../commands.js"
 */

import { due, newest, randomSeed } from "./seeds.js";

/**
 * @param {Table} table
 * @returns {Attendant<Part>}
 */
export function contributeSeed({ socket }) {
  /** What was done last, and the command that asked for the first commitment. */
  let done = "";
  let opening = "";
  return {
    changed: (state) => {
      const { fairness, epoch } = state;
      const duty = due(state);
      const now = `${epoch} ${fairness ? newest(fairness) : 0}`;
      if (duty === null || done === now) return;
      done = now;
      if (duty === "open") opening = socket.send("fairness_rotate", {});
      else socket.send("seed_set", { seed: randomSeed() });
    },
    // Somebody else was faster.
    expects: ({ command }) => command.id === opening,
  };
}
