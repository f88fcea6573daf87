/**
 * What is typed with a slash where one speaks: `/roll 2d6 + 1 # for the goblin`. Anything else is said as it stands.
 *
 * @import { ClientEvents } from "../client/types.d.ts"
 */

/**
 * @typedef {{ roll: ClientEvents["dice_roll"] }
 *   | { act: ClientEvents["player_action"] }
 *   | { say: ClientEvents["chat_message"] }
 *   | { refusal: string }} Typed `refusal`: what to tell the one who typed it, and nobody else
 */

/** @type {{ [name: string]: NonNullable<ClientEvents["dice_roll"]["visibility"]> }} */
const VISIBILITY = { roll: "public", r: "public", gmroll: "dm", blindroll: "blind", selfroll: "self" };

/** @type {{ [name: string]: (words: string) => Typed }} */
const WORDS = {
  me: (text) => ({ act: { action_type: "describe", details: { text } } }),
  ooc: (message) => ({ say: { message, out_of_character: true } }),
};

/**
 * Do what a line asks for.
 *
 * @param {string} text
 * @param {{
 *   say: (message: string, outOfCharacter: boolean) => void,
 *   act: (action: ClientEvents["player_action"]) => void,
 *   roll: (roll: ClientEvents["dice_roll"]) => void,
 *   aside?: boolean,
 * }} means `aside`: speaks as oneself, out of character
 * @returns {string} why nothing was done, for the one who typed it; empty when it was
 */
export function speak(text, { say, act, roll, aside = false }) {
  const typed = commandOf(text);
  if (typed === null) say(text, aside);
  else if ("refusal" in typed) return typed.refusal;
  else if ("roll" in typed) roll(typed.roll);
  else if ("act" in typed) act(typed.act);
  else say(typed.say.message, typed.say.out_of_character === true);
  return "";
}

/**
 * @param {string} text
 * @returns {Typed | null} null for what is no command; a roll without a formula is a d20
 */
export function commandOf(text) {
  const [, space = "", name = "", rest = ""] = /^(\s*)\/([a-z]+)(?:\s+(.*))?$/is.exec(text) ?? [];
  const command = name.toLowerCase();
  const words = rest.trim();
  if (Object.hasOwn(VISIBILITY, command))
    return { roll: { formula: words || "1d20", visibility: VISIBILITY[command] } };
  const worded = Object.hasOwn(WORDS, command) ? WORDS[command] : undefined;
  if (worded !== undefined)
    return words === "" ? { refusal: `Write some words after /${command}.` } : worded(words);
  // A whisper from another program, said aloud, would tell everybody what was meant for one.
  if (command !== "" && space === "")
    return {
      refusal: `Not said: there is no /${command} here. With a space before it, it is said as it stands.`,
    };
  return null;
}
