// What the browser makes of frames, for tests in other languages: reads lines, each a JSON array of frames in their
// order, and writes for each a line with the state of the table after them.
import { createInterface } from "node:readline";
import { subjects } from "../../../static/game/subjects.js";
import { applier } from "../../../static/game/table/state.js";

const { initial, apply } = applier(subjects);
for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(JSON.parse(line).reduce(apply, initial())));
