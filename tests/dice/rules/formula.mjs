// What the tray makes of formulas, for test_tray.py: one JSON string each line; null for what it leaves to the server.
import { createInterface } from "node:readline";
import { odds, parse } from "../../../static/game/dice/formula.js";

for await (const line of createInterface({ input: process.stdin })) {
  const simple = parse(JSON.parse(line));
  const { min, max, mean } = simple === null ? {} : odds(simple);
  console.log(JSON.stringify(simple === null ? null : { dice: simple.dice.length, min, max, mean }));
}
