import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { chance, commitment, prefix, rootOf, verify } from "../../../../static/game/dice/fairness/verify.js";

const document = readFileSync(new URL("../../../../docs/fairness.md", import.meta.url), "utf8");
const vectors = JSON.parse(document.split("```json\n")[1].split("\n```")[0]);
const key = hexToBytes(vectors.server_seed);
const seedsOf = ({ seeds }) =>
  Object.entries(seeds).map(([user, seed]) => ({ user_id: Number(user), seed, seq: Number(user) }));

test("commitment and message are those of the vectors", () => {
  const [first] = vectors.faces;
  const message = `${prefix(vectors.session, first.n, first.words, seedsOf(first))}face 0 0\n`;

  assert.equal(commitment(vectors.server_seed), vectors.commitment);
  assert.equal(bytesToHex(utf8ToBytes(message)), vectors.message);
});

for (const vector of vectors.faces) {
  test(`dice with ${vector.sides} sides fall as in the vectors`, () => {
    const draw = chance(key, prefix(vectors.session, vector.n, vector.words, seedsOf(vector)));

    assert.deepEqual(
      vector.faces.map(() => draw(vector.sides) + 1),
      vector.faces,
    );
  });
}

test("a hidden roll is that of the vectors", () => {
  const { n, words, key, path, sides, faces } = vectors.hidden;
  const draw = chance(hexToBytes(key), prefix(vectors.session, n, words, seedsOf(vectors.hidden)));

  assert.equal(rootOf(key, n, path), vectors.hidden_root);
  assert.deepEqual(
    faces.map(() => draw(sides) + 1),
    faces,
  );
});

/** The vectors' formula, as the log of a session has it. */
function evening() {
  const { n, rolls, result, formula } = vectors.formula;
  const shown = [4, 1, 6, 3, 1].map((value) => ({ value, kept: value !== 1, exploded: value === 6 }));
  const roll = {
    formula,
    result,
    rolls,
    modifier: 2,
    source: "server",
    visibility: "public",
    terms: [{ notation: "4d6!kh3", sign: 1, sides: 6, dice: shown, subtotal: 13 }],
    proof: { rotation: 1, n, seeds: [2] },
  };
  const published = { rotation: 1, hash: vectors.commitment, hidden: vectors.hidden_root };
  const revealed = { rotation: 1, seed: vectors.server_seed, rolls: 1 };
  const events = [
    {
      event: "fairness_commit",
      data: { fairness: { rotation: 1, commitments: [published], revealed: null } },
    },
    { event: "seed_set", data: { player: { user_id: 7 }, seed: "swordfish" } },
    { event: "dice_roll", data: { roll } },
    { event: "fairness_rotate", data: { fairness: { rotation: 2, commitments: [], revealed } } },
  ].map((event, index) => ({ ...event, seq: index + 1 }));
  return { session: vectors.session, events, roll };
}

const verdicts = ({ roll, ...exported }) => verify(exported, 3, roll).map(({ verdict }) => verdict);

test("a roll is proved once its seed is out", () => {
  assert.deepEqual(verdicts(evening()), ["good", "good", "good", "good", "good", "good"]);
});

test("before that it waits", () => {
  const open = evening();
  open.events.pop();

  assert.equal(verdicts(open).at(-1), "open");
});

test("a roll without a seed is weak", () => {
  const alone = evening();
  alone.events.splice(1, 1);
  alone.roll.proof.seeds = [];

  assert.equal(verdicts(alone)[1], "weak");
});

test("dice of several kinds fall one term after the other, in whatever order they are shown", () => {
  const table = evening();
  table.roll.formula = "{2dF, 2d20}sd";
  const draw = chance(
    key,
    prefix(vectors.session, 1, table.roll.formula, [{ user_id: 7, seed: "swordfish" }]),
  );
  const [fudge, numbered] = [
    [draw(3) - 1, draw(3) - 1],
    [draw(20) + 1, draw(20) + 1],
  ];
  const shown = (values) => values.map((value) => ({ value, kept: true }));
  table.roll.rolls = [...fudge, ...numbered];
  table.roll.terms = [
    { notation: "2d20", sign: 1, sides: 20, dice: shown(numbered.toReversed()), subtotal: 0 },
    { notation: "2dF", sign: 1, sides: 3, dice: shown(fudge), subtotal: 0 },
  ];

  assert.deepEqual(verdicts(table).slice(-2), ["good", "part"]);
});

/** A draw of two rows, the second with dice in its text. */
function drawing() {
  const table = evening();
  const begin = prefix(vectors.session, 1, "table 9", [{ user_id: 7, seed: "swordfish" }]);
  const draw = chance(key, begin);
  const rows = [20, 6].map((of) => ({ table: "Fate", of, number: draw(of) + 1, text: "[[2d8]]" }));
  const values = [draw(8) + 1, draw(8) + 1];
  const dice = values.map((value) => ({ value, kept: true }));
  const result = values[0] + values[1];
  const terms = [{ notation: "2d8", sign: 1, sides: 8, dice, subtotal: result }];
  rows[1].rolls = [{ formula: "2d8", rolls: values, result, terms }];
  const { proof, visibility } = table.roll;
  const drawn = { table: { id: 9, name: "Fate" }, rows, visibility, proof };
  table.events[2] = { event: "table_draw", data: { draw: drawn }, seq: 3 };
  return { ...table, roll: drawn };
}

test("a draw from a roll table is proved, its numbers and its dice", () => {
  assert.deepEqual(verdicts(drawing()), ["good", "good", "good", "good", "good", "good", "good"]);
});

for (const [name, trick] of Object.entries({
  "another number": ({ rows }) => Object.assign(rows[0], { number: (rows[0].number % 20) + 1 }),
  "another weight": ({ rows }) => Object.assign(rows[0], { of: 4_000_000 }),
  "another face": ({ rows }) => rows[1].rolls[0].rolls.splice(0, 1, 9),
  "another table": ({ table }) => Object.assign(table, { id: 8 }),
  "another total": ({ rows }) => Object.assign(rows[1].rolls[0], { result: 17 }),
  "a die struck through": ({ rows }) => Object.assign(rows[1].rolls[0].terms[0].dice[0], { kept: false }),
})) {
  test(`it is found out in a draw: ${name}`, () => {
    const table = drawing();
    trick(table.roll);

    assert(verdicts(table).includes("bad"));
  });
}

const TRICKS = {
  "another face": ({ roll }) => roll.rolls.splice(0, 1, 5),
  "another die on the card": ({ roll }) => roll.terms[0].dice.splice(0, 1, { value: 5, kept: true }),
  "a die less": ({ roll }) => roll.rolls.pop(),
  "another number": ({ roll }) => Object.assign(roll.proof, { n: 2 }),
  "another session": (table) => Object.assign(table, { session: 43 }),
  "another seed": ({ events }) => Object.assign(events[1].data, { seed: "Swordfish" }),
  "another player's seed": ({ events }) => Object.assign(events[1].data.player, { user_id: 8 }),
  "a seed left out": ({ roll }) => Object.assign(roll.proof, { seeds: [] }),
  "another secret": ({ events }) =>
    Object.assign(events[3].data.fairness.revealed, { seed: "00".repeat(32) }),
  "no commitment": ({ events }) => events.shift(),
  "a commitment afterwards": ({ events }) => Object.assign(events[0], { seq: 3 }),
  "a key that belongs nowhere": ({ roll }) => {
    roll.visibility = "dm";
    Object.assign(roll.proof, { key: "00".repeat(32), path: vectors.hidden.path });
  },
  "a hidden roll's key for a public roll": ({ roll }) => {
    const { n, key, path } = vectors.hidden;
    Object.assign(roll.proof, { n, key, path });
  },
  "a hidden roll from the public seed": ({ roll }) => Object.assign(roll, { visibility: "dm" }),
  "another total": ({ roll }) => Object.assign(roll, { result: 16 }),
  "totals that were swapped": ({ roll }) => Object.assign(roll, { results: [14, 1] }),
  "a dropped die shown as kept": ({ roll }) => Object.assign(roll.terms[0].dice[1], { kept: true }),
  "a kept die struck through": ({ roll }) => Object.assign(roll.terms[0].dice[0], { kept: false }),
  "another die kept instead": ({ roll }) =>
    roll.terms[0].dice.splice(3, 2, { value: 3, kept: false }, { value: 1, kept: true }),
  "a die said to be rerolled": ({ roll }) => Object.assign(roll.terms[0].dice[1], { rerolled: true }),
  "an explosion left out": ({ roll }) => Object.assign(roll.terms[0].dice[2], { exploded: false }),
  "an explosion that was none": ({ roll }) => Object.assign(roll.terms[0].dice[0], { exploded: true }),
  "a die that counts otherwise": ({ roll }) => Object.assign(roll.terms[0].dice[0], { worth: 5 }),
  "a natural 20 that is none": ({ roll }) => Object.assign(roll.terms[0].dice[0], { critical: true }),
  "another subtotal": ({ roll }) => Object.assign(roll.terms[0], { subtotal: 14 }),
  "another formula": ({ roll }) => Object.assign(roll, { formula: "4d6!kh3 + 3" }),
  "a seed that is not in use yet": ({ events }) =>
    events.splice(2, 0, {
      event: "fairness_commit",
      seq: 2.5,
      data: { fairness: { rotation: 2, commitments: [], revealed: null } },
    }),
};

for (const [name, trick] of Object.entries(TRICKS)) {
  test(`it is found out: ${name}`, () => {
    const table = evening();
    trick(table);

    assert(verdicts(table).includes("bad"));
  });
}
