/**
 * The fight, as `combat_update` and `turn_change` carry it: read without believing its shape, and changed by
 * making what to send next. Keys that are not known here stay as they are.
 *
 * @import { Combat, Turn } from "../client/protocol.d.ts"
 */

/** What the server takes for a combat or a turn, in bytes. */
const MOST_BYTES = 4096;
const MOST_COMBATANTS = 100;

/**
 * @typedef {{ name: string, rounds: number | null }} Condition
 * @typedef {{
 *   place: number,
 *   name: string,
 *   initiative: number | null,
 *   hp: number | null,
 *   maxHp: number | null,
 *   conditions: Condition[],
 *   acting: boolean,
 *   next: boolean,
 * }} Combatant `place` is the index in `combat.combatants`
 * @typedef {{ active: boolean, round: number | null, combatants: Combatant[] }} Fight combatants in their order
 */

/**
 * @param {Combat | null} combat
 * @param {Turn | null} turn
 * @returns {Fight}
 */
export function fightOf(combat, turn) {
  if (combat?.active !== true) return { active: false, round: null, combatants: [] };
  const ordered = listed(combat)
    .slice(0, MOST_COMBATANTS)
    .flatMap((raw, place) => combatantOf(raw, place) ?? [])
    .sort((a, b) => (b.initiative ?? -Infinity) - (a.initiative ?? -Infinity) || a.place - b.place);
  const acting = actingIn(ordered, turn);
  const next = acting === -1 ? -1 : (acting + 1) % ordered.length;
  const combatants = ordered.map((combatant, index) => {
    return { ...combatant, acting: index === acting, next: index === next && next !== acting };
  });
  return { active: true, round: number(combat.round), combatants };
}

/**
 * Whose turn comes after, or before, the one in the order: the turn and the combat to send, the combat only if the
 * round changes with it. Null when there is nobody.
 *
 * @param {Combat | null} combat
 * @param {Turn | null} turn
 * @param {1 | -1} step
 * @returns {{ turn: Turn, combat: Combat | null } | null}
 */
export function stepped(combat, turn, step) {
  const { combatants, round } = fightOf(combat, turn);
  const count = combatants.length;
  if (combat === null || count === 0) return null;
  const acting = combatants.findIndex((combatant) => combatant.acting);
  const from = acting === -1 && step === -1 ? 0 : acting;
  const to = combatants[(from + step + count) % count];
  if (to === undefined) return null;
  const crossed = acting !== -1 && (step === 1 ? acting === count - 1 : acting === 0);
  const counted = Math.max(1, (round ?? 1) + step);
  return {
    turn: { ...turn, current_character_name: to.name, combatant: to.place },
    combat: crossed && counted !== round ? { ...combat, round: counted } : null,
  };
}

/**
 * The fight begins, with the combatants that were left in it.
 *
 * @param {Combat | null} combat
 * @returns {Combat}
 */
export function started(combat) {
  return { ...combat, active: true, round: 1 };
}

/**
 * @param {Combat | null} combat
 * @returns {Combat}
 */
export function ended(combat) {
  return { ...combat, active: false };
}

/**
 * @param {Combat} combat
 * @param {{ name: string, initiative: number | null, hp: number | null }} newcomer a name that is there already
 *   gets a number
 * @returns {Combat}
 */
export function withCombatant(combat, { name, initiative, hp }) {
  const others = listed(combat);
  const names = new Set(others.map((other) => other?.name));
  let unique = name;
  for (let count = 2; names.has(unique); count += 1) unique = `${name} ${count}`;
  /** @type {{ [key: string]: unknown }} */
  const newcomer = { name: unique };
  if (initiative !== null) newcomer.initiative = initiative;
  if (hp !== null) Object.assign(newcomer, { hp, max_hp: hp });
  return { ...combat, combatants: [...others, newcomer] };
}

/**
 * @param {Combat} combat
 * @param {number} place
 * @returns {Combat}
 */
export function withoutCombatant(combat, place) {
  return { ...combat, combatants: listed(combat).filter((_, index) => index !== place) };
}

/**
 * @param {Combat} combat
 * @param {number} place
 * @param {number} hp
 * @returns {Combat}
 */
export function withHitPoints(combat, place, hp) {
  const combatants = listed(combat).map((raw, index) => (index === place ? { ...raw, hp } : raw));
  return { ...combat, combatants };
}

/**
 * What a DM types into a count of hit points: `12` are so many, `-5` a wound of five, `+3` three healed.
 *
 * @param {string} text
 * @param {{ hp: number, maxHp: number | null }} now
 * @returns {number | null} null for what is no number; a wound stops at 0, healing at the most
 */
export function hitPointsTyped(text, { hp, maxHp }) {
  const [, sign, digits] = /^\s*([+\-−])?\s*(\d{1,6})\s*$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const count = Number(digits);
  if (sign === undefined) return count;
  if (sign === "+") return Math.max(hp, Math.min(maxHp ?? Infinity, Math.max(hp, 0) + count));
  return Math.min(hp, Math.max(0, hp - count));
}

/**
 * Whether the server would take it.
 *
 * @param {Combat} combat
 */
export function isSmallEnough(combat) {
  return new TextEncoder().encode(JSON.stringify(combat)).length <= MOST_BYTES;
}

/**
 * @param {Combat} combat
 * @returns {any[]}
 */
function listed(combat) {
  return Array.isArray(combat.combatants) ? combat.combatants : [];
}

/**
 * @param {any} raw
 * @param {number} place
 * @returns {Combatant | null} null for what has no name
 */
function combatantOf(raw, place) {
  if (typeof raw?.name !== "string" || raw.name.trim() === "") return null;
  const hp = number(raw.hp);
  const maxHp = number(raw.max_hp);
  const conditions = Array.isArray(raw.conditions) ? raw.conditions.slice(0, 12).flatMap(conditionOf) : [];
  const name = raw.name.slice(0, 200);
  return {
    place,
    name,
    initiative: number(raw.initiative),
    hp,
    maxHp,
    conditions,
    acting: false,
    next: false,
  };
}

/**
 * @param {any} raw a name, or `{name, rounds}`
 * @returns {Condition[]} none for anything else
 */
function conditionOf(raw) {
  if (typeof raw === "string" && raw !== "") return [{ name: raw.slice(0, 60), rounds: null }];
  if (typeof raw?.name !== "string" || raw.name === "") return [];
  return [{ name: raw.name.slice(0, 60), rounds: number(raw.rounds) }];
}

/**
 * @param {Combatant[]} ordered
 * @param {Turn | null} turn
 */
function actingIn(ordered, turn) {
  const name = turn?.current_character_name ?? null;
  const exact = ordered.findIndex((one) => one.name === name && one.place === turn?.combatant);
  return exact === -1 ? ordered.findIndex((one) => one.name === name) : exact;
}

/** @param {unknown} value */
function number(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
