// Replays formulas for test_replay.py, one JSON line each: { formula, drawn: [[sides, place], …] }.
import { createInterface } from "node:readline";
import { reroll } from "../../../static/game/dice/fairness/reroll.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { formula, drawn } = JSON.parse(line);
  const again = reroll(formula, (sides) => {
    const [asked, place] = drawn.shift() ?? [];
    return asked === sides ? place : Number.NaN;
  });
  console.log(JSON.stringify(again && { ...again, left: drawn.length }));
}
