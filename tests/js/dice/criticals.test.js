import assert from "node:assert/strict";
import { test } from "node:test";
import { criticalOf } from "../../../static/game/dice/criticals.js";
import { alice, bob, player } from "../support/fakes.js";
import { celebrationOf } from "../support/table.js";

const die = (value, more = {}) => ({ value, kept: true, ...more });
const term = (dice, more = {}) => ({ notation: "1d20", sides: 20, sign: 1, dice, ...more });
const words = (...terms) => criticalOf({ terms })?.words;

test("a natural 20 or 1 is one only where a single d20 counts", () => {
  assert.equal(words(term([die(20), die(7, { kept: false })])), "Natural 20");
  assert.equal(words(term([die(1)])), "Natural 1");
  assert.equal(words(term([die(20, { kept: false }), die(7)])), undefined);
  assert.equal(words(term([die(20, { critical: true }), die(20, { critical: true })])), undefined);
  assert.equal(words(), undefined);
});

test("else it is what the formula asks to mark, as the server marked it, unless both came", () => {
  const d6 = (dice) => term(dice, { notation: "3d6cs6cf1", sides: 6 });
  const [critical, fumble] = [die(6, { critical: true }), die(1, { fumble: true })];

  assert.equal(words(term([die(19, { critical: true })], { notation: "1d20cs>=19" })), "Critical");
  assert.equal(words(d6([die(3), critical])), "Critical");
  assert.equal(words(d6([die(3), fumble])), "Fumble");
  assert.equal(words(d6([critical, fumble])), undefined);
  assert.deepEqual(criticalOf({ terms: [d6([die(3), fumble])] }).die, { sides: 6, value: 1 });
});

const natural = { result: 25, visibility: "public", terms: [term([die(20)])] };
const line = (event, data) => ({ key: "seq-7", frame: { event, seq: 7, data } });
const celebrated = (event, data, me = bob) => celebrationOf(line(event, data), me);
const dm = player(3, "dm", { is_dm: true, role: "dm" });

test("a roll is celebrated with who rolled it, where it was rolled", () => {
  const plain = { ...natural, terms: [term([die(9)])] };
  const kara = player(1, "alice", { character_name: "Kara" });

  const found = celebrated("dice_roll", { player: kara, roll: natural });
  assert.deepEqual(
    [found.key, found.name, found.words, found.secret],
    ["seq-7", "Kara", "Natural 20", false],
  );
  assert.equal(celebrated("chat_message", { player: alice, rolls: [plain, natural] }).words, "Natural 20");
  assert.equal(celebrated("dice_roll", { player: alice, roll: plain }), undefined);
  assert.equal(celebrated("chat_message", { player: alice }), undefined);
  assert.equal(celebrated("dm_narration", { player: dm }), undefined);
});

test("of a hidden roll one's own page says that not everybody sees it; a veiled one tells nothing", () => {
  assert.equal(
    celebrated("dice_roll", { player: bob, roll: { ...natural, visibility: "self" } }).secret,
    true,
  );
  assert.equal(
    celebrated("dice_roll", { player: bob, roll: { formula: "1d20", visibility: "blind" } }),
    undefined,
  );
});

for (const [visibility, who, known] of [
  ["dm", bob, false],
  ["dm", dm, true],
  ["dm", alice, true],
  ["self", dm, false],
  ["self", alice, true],
  ["blind", alice, false],
  ["blind", dm, true],
  ["blind", bob, false],
]) {
  test(`revealed, alice's roll for ${visibility} is ${known ? "no" : "a"} surprise to ${who.username}`, () => {
    const roll = { ...natural, visibility, revealed: true };

    const found = celebrated("roll_revealed", { player: dm, roller: alice, roll, seq: 3 }, who);
    assert.equal(found === undefined, known);
    assert.notEqual(found?.secret, true);
  });
}
