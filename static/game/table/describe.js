/**
 * What happened, in words: for the log's lines, and for those who hear the table instead of seeing it.
 *
 * @import { Player, Roll, ServerEvents, ServerFrame } from "../client/types.d.ts"
 */

import { criticalOf } from "../dice/criticals.js";
import { partsOf } from "../dice/inline.js";

/**
 * What to call a person. Lines from before there were display names have none.
 *
 * @param {Pick<Player, "username"> & Partial<Pick<Player, "display_name">>} player
 */
export function personOf({ display_name, username }) {
  return display_name || username;
}

/**
 * Who speaks: the character, else the person.
 *
 * @param {Pick<Player, "username" | "character_name"> & Partial<Pick<Player, "display_name">>} player
 */
export function nameOf(player) {
  return player.character_name ?? personOf(player);
}

/**
 * How the fight stands.
 *
 * @param {ServerEvents["combat_update"]["combat"]} combat
 */
export function fightWords({ active, round }) {
  if (!active) return "Combat is over";
  return typeof round === "number" ? `Combat, round ${round}` : "Combat is on";
}

/** How the details of the quick actions are told, in their order. */
const TOLD = /** @type {{ [type: string]: [verb: string, ...parts: [key: string, before: string][]] }} */ ({
  attack: ["attacks", ["target", ""], ["weapon", "with"]],
  cast: ["casts", ["spell", ""], ["target", "at"]],
  help: ["helps", ["target", ""]],
  search: ["searches", ["place", ""]],
});

/**
 * An action after its actor's name, as parts of text; `strong` ones are what the player named.
 *
 * @param {ServerEvents["player_action"]["action"]} action
 * @returns {{ text: string, strong: boolean }[]}
 */
export function actionWords({ action_type, details }) {
  const told = Object.hasOwn(TOLD, action_type) ? TOLD[action_type] : undefined;
  if (told === undefined) return [{ text: freely(action_type, details), strong: false }];
  const [verb, ...parts] = told;
  const words = [{ text: verb, strong: false }];
  for (const [key, before] of parts) {
    const value = details[key];
    if (typeof value !== "string" || value === "") continue;
    if (before !== "") words.push({ text: before, strong: false });
    words.push({ text: value, strong: true });
  }
  const rest = Object.entries(details).filter(([key]) => !parts.some(([known]) => known === key));
  if (rest.length > 0) words.push({ text: `(${listed(rest)})`, strong: false });
  return words;
}

/**
 * @param {string} type
 * @param {{ [key: string]: unknown }} details
 */
function freely(type, details) {
  const { text, ...rest } = details;
  if (typeof text === "string") return text;
  const entries = Object.entries(text === undefined ? rest : details);
  return entries.length === 0 ? type : `${type} (${listed(entries)})`;
}

/** @param {[string, unknown][]} entries */
function listed(entries) {
  const words = entries.map(
    ([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return words.join(", ");
}

/**
 * The quick action that a player typed, such as `Goblin with longsword` for an attack.
 *
 * @param {string} type
 * @param {string} text
 * @returns {ServerEvents["player_action"]["action"]}
 */
export function actionOf(type, text) {
  const told = Object.hasOwn(TOLD, type) ? TOLD[type] : undefined;
  if (told === undefined) return { action_type: type, details: { text } };
  const [, [first], second] = /** @type {[string, [string, string], [string, string]?]} */ (told);
  const at = second === undefined ? -1 : text.toLowerCase().lastIndexOf(` ${second[1]} `);
  /** @type {{ [key: string]: string }} */
  const details = {};
  const named = (at === -1 ? text : text.slice(0, at)).trim();
  if (named !== "") details[first] = named;
  if (second !== undefined && at !== -1) details[second[0]] = text.slice(at + second[1].length + 2).trim();
  return { action_type: type, details };
}

/**
 * Who revealed whose roll.
 *
 * @param {Player} player
 * @param {Player} roller
 */
export function revealWords(player, roller) {
  const whose = roller.user_id === player.user_id ? "a hidden roll" : `a hidden roll of ${nameOf(roller)}’s`;
  return `${nameOf(player)} reveals ${whose}`;
}

/** @type {{ [E in keyof ServerEvents]?: (data: ServerEvents[E]) => string }} */
const SENTENCES = {
  chat_message: (said) => {
    const words = partsOf(said).map((part) =>
      typeof part === "string" ? part : `${part.formula}: ${part.result}${marks(part)}`,
    );
    const who = said.out_of_character ? `${personOf(said.player)}, out of character,` : nameOf(said.player);
    return `${who} says: ${words.join("")}`;
  },
  dm_narration: ({ narration }) => `The DM narrates: ${narration}`,
  dice_roll: ({ player, roll }) =>
    "result" in roll
      ? `${nameOf(player)} rolled ${roll.formula}: ${roll.result}${marks(roll)}`
      : `${nameOf(player)} rolled ${roll.formula} blind`,
  roll_revealed: ({ player, roller, roll }) =>
    `${revealWords(player, roller)}: ${roll.formula}, ${roll.result}${marks(roll)}`,
  table_draw: ({ player, draw }) => `${nameOf(player)} draws from ${draw.table.name}${drawnWords(draw)}`,
  draw_revealed: ({ player, roller, draw }) =>
    `${revealWords(player, roller)}: ${draw.table.name}${drawnWords(draw)}`,
  table_reset: ({ player, table }) => `${nameOf(player)} resets ${table.name}`,
  player_action: ({ player, action }) =>
    `${nameOf(player)} ${actionWords(action)
      .map(({ text }) => text)
      .join(" ")}`,
  combat_update: ({ combat }) => fightWords(combat),
  turn_change: ({ turn }) =>
    turn.current_character_name === null ? "Nobody’s turn" : `${turn.current_character_name}’s turn`,
  session_status: ({ ended }) => (ended ? "The session has ended" : "The session is open again"),
  player_joined: ({ player }) => `${personOf(player)} joined`,
  player_left: ({ player }) => `${personOf(player)} left`,
};

/** @param {ServerEvents["table_draw"]["draw"]} draw */
function drawnWords(draw) {
  if (!("rows" in draw)) return " blind";
  const texts = draw.rows.map(({ text, rolls }) =>
    partsOf({ message: text, rolls })
      .map((part) => (typeof part === "string" ? part : `${part.formula}: ${part.result}`))
      .join(""),
  );
  return `: ${texts.join(", ")}${draw.ended_at ? `; nothing is left in ${draw.ended_at}` : ""}`;
}

/** @param {Roll} roll */
function marks(roll) {
  const critical = criticalOf(roll);
  const words = critical === undefined ? "" : `, ${critical.words.toLowerCase()}`;
  return `${words}${roll.source === "reported" ? ", rolled by hand" : ""}`;
}

/**
 * A line of the log as a sentence; empty where there is nothing to tell.
 *
 * @param {ServerFrame} frame
 */
export function sentence(frame) {
  if (!Object.hasOwn(SENTENCES, frame.event)) return "";
  const tell = /** @type {(data: any) => string} */ (
    SENTENCES[/** @type {keyof typeof SENTENCES} */ (frame.event)]
  );
  return tell(frame.data);
}

/**
 * An action as its player would type it again; `actionOf` read backwards.
 *
 * @param {ServerEvents["player_action"]["action"]} action
 */
export function actionText({ action_type, details }) {
  const told = Object.hasOwn(TOLD, action_type) ? TOLD[action_type] : undefined;
  if (told === undefined) return freely(action_type, details);
  const [, [first], second] = /** @type {[string, [string, string], [string, string]?]} */ (told);
  const named = String(details[first] ?? "");
  const other = second === undefined ? undefined : details[second[0]];
  return other === undefined || second === undefined ? named : `${named} ${second[1]} ${other}`;
}
