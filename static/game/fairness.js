/**
 * Whether a roll is what was promised; docs/fairness.md has the rules. Works on plain HTTP too, where browsers
 * have no crypto of their own to give.
 *
 * @import { ClientSeed, Draw, FairnessChange, Proof, Roll, StoredFrame } from "./protocol.d.ts"
 */

import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { replay } from "rollscape/replay";

const NUMBERS = 2 ** 32;
const PATH_LENGTH = 10;

/** @typedef {{ session: number, events: StoredFrame[] }} Export the answer of `/api/sessions/ID/fairness/?roll=SEQ` */

/**
 * One step of a proof, in words: `good` holds, `bad` does not, `open` cannot be told yet, `weak` holds and
 * protects nobody, `part` was not looked at in full.
 *
 * @typedef {{ verdict: "good" | "bad" | "open" | "weak" | "part", words: string }} Step
 */

/** @typedef {{ seq: number, rotation: number, hash: string, hidden: string }} Committed */

/**
 * What the messages of all faces of a roll begin with.
 *
 * @param {number} session
 * @param {number} roll
 * @param {string} words the text that asks for the dice: a formula, or a line of chat
 * @param {Pick<ClientSeed, "user_id" | "seed">[]} seeds
 */
export function prefix(session, roll, words, seeds) {
  const sorted = seeds.toSorted((one, other) => one.user_id - other.user_id);
  const lines = ["rollscape roll 1", `session ${session}`, `roll ${roll}`];
  lines.push(`words ${bytesToHex(sha256(utf8ToBytes(words)))}`);
  lines.push(...sorted.map(({ user_id, seed }) => `seed ${user_id} ${bytesToHex(utf8ToBytes(seed))}`));
  return lines.map((line) => `${line}\n`).join("");
}

/**
 * Draws the faces of one roll in order: each call gives the next, 0 to `sides` - 1.
 *
 * @param {Uint8Array} key
 * @param {string} begin
 * @param {number} face where to begin
 */
export function chance(key, begin, face = 0) {
  return (/** @type {number} */ sides) => {
    for (let attempt = 0; ; attempt++) {
      const digest = hmac(sha256, key, utf8ToBytes(`${begin}face ${face} ${attempt}\n`));
      const number = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
      if (number < NUMBERS - (NUMBERS % sides)) {
        face += 1;
        return number % sides;
      }
    }
  };
}

/** @param {string} seed hexadecimal digits */
export const commitment = (seed) => bytesToHex(sha256(hexToBytes(seed)));

/**
 * The root of the tree in which this key is that of the `roll`th hidden roll.
 *
 * @param {string} key
 * @param {number} roll
 * @param {string[]} path
 */
export function rootOf(key, roll, path) {
  let node = sha256(concatBytes(Uint8Array.of(0), hexToBytes(key)));
  let place = roll - 1;
  for (const neighbour of path.map(hexToBytes)) {
    const [left, right] = place & 1 ? [neighbour, node] : [node, neighbour];
    node = sha256(concatBytes(Uint8Array.of(1), left, right));
    place >>= 1;
  }
  return bytesToHex(node);
}

/**
 * The steps that a roll is verified in.
 *
 * @param {Export} exported
 * @param {number} seq of the event that holds the roll
 * @param {Roll & { proof: Proof }} roll
 * @returns {Step[]}
 */
export function verify({ session, events }, seq, roll) {
  const { rotation, n, key, path } = roll.proof;
  const before = events.filter((event) => event.seq < seq);
  const inUse = before.findLast((event) => changeIn(event) !== undefined);
  if (inUse !== undefined && changeIn(inUse)?.rotation !== rotation) {
    return [bad(`It says server seed ${rotation}, but another one was in use.`)];
  }
  const published = commitments(before).find((one) => one.rotation === rotation);
  if (published === undefined) {
    return [bad(`Nobody was committed to server seed ${rotation} before this roll.`)];
  }
  // Else the server could pick, of all the keys of hidden rolls, one that suits.
  if ((key === undefined) !== (roll.visibility === "public")) {
    return [bad("It is drawn as a hidden roll and is none, or the other way round.")];
  }
  const print = key === undefined ? published.hash : published.hidden;
  const steps = [
    good(`Before this roll the server published the fingerprint of its secret number ${rotation}: ${print}.`),
  ];
  const seeds = seedsOf(before, published.seq);
  const named = new Set(roll.proof.seeds);
  if (seeds.length !== named.size || seeds.some((seed) => !named.has(seed.seq))) {
    return [...steps, bad("It was not rolled with the seeds that the players had contributed by then.")];
  }
  steps.push(contributed(seeds.length));
  const opened =
    key === undefined ? openedBy(events, seq, published) : openedByItself(key, n, path ?? [], published);
  steps.push(opened.step);
  if (opened.key === undefined) return steps;
  const words = wordsOf(
    events.find((event) => event.seq === seq),
    roll,
  );
  const [secret, begin] = [hexToBytes(opened.key), prefix(session, n, words, seeds)];
  if ("rows" in roll) return [...steps, drawnAgain(/** @type {any} */ (roll), secret, begin)];
  return [...steps, ...rolledAgain(roll, secret, begin)];
}

/**
 * The numbers of all rows are drawn first, then the dice in their texts.
 *
 * @param {Pick<Draw, "rows">} draw
 * @param {Uint8Array} key
 * @param {string} begin
 */
function drawnAgain({ rows }, key, begin) {
  const draw = chance(key, begin);
  const numbers = rows.map(({ of }) => draw(of) + 1);
  if (rows.some(({ number }, index) => number !== numbers[index])) {
    const shown = rows.map(({ number }) => number);
    return bad(`It cannot have drawn ${shown.join(", ")}: worked out again, it is ${numbers.join(", ")}.`);
  }
  let drawn = numbers;
  for (const { formula, rolls, terms } of rows.flatMap((row) => row.rolls ?? [])) {
    const place = drawn.length;
    drawn = [...drawn, ...rolls];
    if (!falls(terms, drawn, key, begin, place)) {
      return bad(`The dice of ${formula} cannot have shown ${rolls.join(", ")}.`);
    }
  }
  return good(`Worked out again from all of these, the draw is the same: ${numbers.join(", ")}.`);
}

/**
 * The text that asked for a roll: the line of chat that it is in, or its formula.
 *
 * @param {StoredFrame | undefined} event
 * @param {Roll} roll
 */
function wordsOf(event, { formula }) {
  if (event?.event === "table_draw") return `table ${/** @type {any} */ (event.data.draw).table.id}`;
  return event?.event === "chat_message" ? String(event.data.message) : formula;
}

/** @param {number} count */
function contributed(count) {
  if (count === 0) {
    return step("weak", "No player had added a seed: the server alone could have chosen this roll.");
  }
  const who = count === 1 ? "One player" : `${count} players`;
  return good(`${who} had added a seed of their own, which the server could not know before.`);
}

/**
 * @param {StoredFrame[]} events
 * @param {number} seq
 * @param {Committed} published
 * @returns {{ step: Step, key?: string }}
 */
function openedBy(events, seq, { rotation, hash }) {
  for (const event of events) {
    const { revealed } = changeIn(event) ?? {};
    if (revealed?.rotation !== rotation) continue;
    if (event.seq < seq) return { step: bad("The secret number was known before this roll.") };
    if (commitment(revealed.seed) !== hash) {
      return { step: bad(`The secret number that came out, ${revealed.seed}, has another fingerprint.`) };
    }
    const words = `The secret number has come out, and its fingerprint is the same: ${revealed.seed}.`;
    return { step: good(words), key: revealed.seed };
  }
  const words = "The secret number is still secret. A new server seed, or the session's end, brings it out.";
  return { step: step("open", words) };
}

/**
 * @param {string} key
 * @param {number} n
 * @param {string[]} path
 * @param {Committed} published
 * @returns {{ step: Step, key?: string }}
 */
function openedByItself(key, n, path, { hidden }) {
  if (path.length !== PATH_LENGTH || rootOf(key, n, path) !== hidden) {
    return { step: bad("The key of this hidden roll is none of those that were fixed before.") };
  }
  return {
    step: good("It was hidden, so it has a key of its own; the key is one of those fixed before."),
    key,
  };
}

/**
 * @param {Roll} roll
 * @param {Uint8Array} key
 * @param {string} begin
 * @returns {Step[]}
 */
function rolledAgain(roll, key, begin) {
  const { rolls, terms, formula } = roll;
  if (!falls(terms, rolls, key, begin, 0)) {
    return [bad(`The dice cannot have shown ${rolls.join(", ")}: worked out again, they fall otherwise.`)];
  }
  const fell = good(`Worked out again from all of these, the dice fall the same: ${rolls.join(", ")}.`);
  const again = replay(formula, chance(key, begin));
  if (again === null) return [fell, step("part", BEYOND)];
  if (again.rolls.join() !== rolls.join()) return [bad("The formula asks for other dice than these.")];
  return [fell, addedUp(roll, again.results)];
}

const BEYOND =
  "Not looked at: whether the formula asks for just these dice, and how they make the total. It holds something that " +
  "this page does not work out: a group, a function, a division, decimals, dice that differ, or a number of dice that " +
  "is computed. Whoever keeps the rolls as a file has it all checked by python -m game.rules.fairness verify FILE.";

/**
 * @param {Roll} roll
 * @param {number[]} again what each time comes to
 */
function addedUp({ result, results = [result] }, again) {
  const total = again.reduce((sum, one) => sum + one, 0);
  if (total !== result || again.join() !== results.join()) {
    return bad(
      `Worked out from these dice, the formula comes to ${again.join(", ")}, not to ${results.join(", ")}.`,
    );
  }
  return good(`Worked out from these dice, the formula comes to the same total: ${result}.`);
}

/**
 * Whether the dice fall like this from a place on. The dice of a term are drawn one after the other; the terms
 * stand in the order drawn, unless a group was sorted.
 *
 * @param {Roll["terms"]} terms
 * @param {number[]} rolls
 * @param {Uint8Array} key
 * @param {string} begin
 * @param {number} place
 * @returns {boolean}
 */
function falls(terms, rolls, key, begin, place) {
  if (terms.length === 0) return place === rolls.length;
  return terms.some((term, index) => {
    const faces = facesOf(term);
    const draw = chance(key, begin, place);
    const drawn = term.dice.map(() => faces(draw(term.sides)));
    const shown = term.dice.map(({ value }) => value);
    const same = drawn.every((face, at) => face === rolls[place + at]) && alike(drawn, shown);
    return same && falls(terms.toSpliced(index, 1), rolls, key, begin, place + drawn.length);
  });
}

/**
 * @param {number[]} some
 * @param {number[]} others
 */
function alike(some, others) {
  const ascending = (/** @type {number[]} */ of) => of.toSorted((one, other) => one - other).join();
  return ascending(some) === ascending(others);
}

/**
 * What a die of this term shows at a place among its faces.
 *
 * @param {Roll["terms"][number]} term
 * @returns {(place: number) => number}
 */
function facesOf(term) {
  const fudge = /d\s*f(\.[12])?/i.exec(term.notation);
  if (fudge === null) return (place) => place + 1;
  return fudge[1] === ".1" ? (place) => [-1, 0, 0, 0, 0, 1][place] ?? 0 : (place) => place - 1;
}

/**
 * @param {StoredFrame[]} events
 * @returns {Committed[]}
 */
function commitments(events) {
  return events.flatMap((event) =>
    (changeIn(event)?.commitments ?? []).map((one) => ({ ...one, seq: event.seq })),
  );
}

/**
 * The client seeds in force: each player's last since the commitment.
 *
 * @param {StoredFrame[]} events
 * @param {number} since
 * @returns {ClientSeed[]}
 */
function seedsOf(events, since) {
  const given = new Map();
  for (const { event, data, seq } of events) {
    if (event !== "seed_set" || seq <= since) continue;
    const { player, seed } = /** @type {{ player: { user_id: number }, seed: string }} */ (data);
    given.set(player.user_id, { user_id: player.user_id, seed, seq });
  }
  return [...given.values()];
}

/**
 * @param {StoredFrame} event
 * @returns {FairnessChange | undefined}
 */
function changeIn({ data }) {
  return /** @type {FairnessChange | undefined} */ (data.fairness);
}

/**
 * @param {Step["verdict"]} verdict
 * @param {string} words
 * @returns {Step}
 */
const step = (verdict, words) => ({ verdict, words });
/** @param {string} words */
const good = (words) => step("good", words);
/** @param {string} words */
const bad = (words) => step("bad", words);
