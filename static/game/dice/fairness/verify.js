/**
 * Whether a roll is what was promised; docs/fairness.md has the rules. Works on plain HTTP too, where browsers
 * have no crypto of their own to give.
 *
 * @import { Step } from "./recompute.js"
 * @import { ClientSeed, FairnessChange, Proof, Roll, StoredFrame } from "../../client/protocol.d.ts"
 */

import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { bad, drawnAgain, good, rolledAgain, step } from "./recompute.js";

const NUMBERS = 2 ** 32;
const PATH_LENGTH = 10;

/** @typedef {{ session: number, events: StoredFrame[] }} Export the answer of `/api/sessions/ID/fairness/?roll=SEQ` */

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
    return [bad(`It names secret ${rotation}, but another one was in use.`)];
  }
  const published = commitments(before).find((one) => one.rotation === rotation);
  if (published === undefined) {
    return [bad(`The server had not committed to secret ${rotation} before this roll.`)];
  }
  // Else the server could pick, of all the keys of hidden rolls, one that suits.
  if ((key === undefined) !== (roll.visibility === "public")) {
    return [bad("It has a hidden roll’s key but is not hidden, or the other way round.")];
  }
  const print = key === undefined ? published.hash : published.hidden;
  const steps = [
    good(`Before this roll, the server published the commitment to its secret ${rotation}: ${print}.`),
  ];
  const seeds = seedsOf(before, published.seq);
  const named = new Set(roll.proof.seeds);
  if (seeds.length !== named.size || seeds.some((seed) => !named.has(seed.seq))) {
    return [...steps, bad("It was not rolled with the seeds that players had added by then.")];
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
  const chanceFrom = (/** @type {number} */ face) => chance(secret, begin, face);
  if ("rows" in roll) return [...steps, ...drawnAgain(/** @type {any} */ (roll), chanceFrom)];
  return [...steps, ...rolledAgain(roll, chanceFrom)];
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
  if (count === 1) return good("One player had added a seed that the server could not know before.");
  return good(`${count} players had added seeds that the server could not know before.`);
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
    if (event.seq < seq) return { step: bad("The secret was known before this roll.") };
    if (commitment(revealed.seed) !== hash) {
      return { step: bad(`The revealed secret, ${revealed.seed}, does not match the commitment.`) };
    }
    const words = `The revealed secret matches the commitment: ${revealed.seed}.`;
    return { step: good(words), key: revealed.seed };
  }
  const words = "The secret is revealed when the session ends or someone asks for a new one.";
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
    return { step: bad("The key of this hidden roll is not one of those fixed before.") };
  }
  return {
    step: good("It was hidden, so it has its own key. The key is one of those fixed before."),
    key,
  };
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
 * The seeds in force: each player's last since the commitment.
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
