/**
 * What may stand behind dice: read from a formula, and what it does to numbers. `reroll.js` says what for.
 *
 * @typedef {"kh" | "kl" | "dh" | "dl"} Keep
 * @typedef {{ keep: Keep, count: number }} Selection
 * @typedef {(number: number, otherwise: number) => boolean} Point whether a compare point holds; without one,
 *   whether the
 *   number is `otherwise`
 * @typedef {(pattern: RegExp) => RegExpExecArray | null} Take
 */

const COMPARISON = "(<>|!=|>=|<=|=|>|<)\\s*([-+]?\\s*\\d+(?![\\d.]))";
/** A point behind a word; a bare number stands for `=`. */
const POINT = `(?:\\s*(?:${COMPARISON}|(\\d+(?![\\d.]))))?`;

const CLAMP = /(mi|ma)[nx]?\s*([-+]?\s*\d+(?![\d.]))/;
const EXPLOSION = new RegExp(`(!!|!|x|e)\\s*(p?)\\s*(o?)${POINT}`);
const REROLL_BELOW = /rk\s*(\d+(?![\d.]))/;
const REROLL = new RegExp(`r(r|o)?${POINT}`);
const SELECTION = /(kh|kl|dh|dl|k|d(?!is))\s*(\d+(?![\d.]))?/;
const MARK = new RegExp(`c([sf])${POINT}`);
const SORT = /s([ad]?)(?![a-z])/;
const MARGIN = new RegExp(`ms${POINT}`);
const COUNT = new RegExp(`(?!!)${COMPARISON}(\\s*f\\s*(?:${COMPARISON}|(\\d+(?![\\d.]))))?`);
const EDGE = /adv|dis/;

export class Modifiers {
  minimum = -Infinity;
  maximum = Infinity;
  /** @type {{ compounding: boolean, penetrating: boolean, once: boolean, points: Point[] } | null} */
  explosion = null;
  /** @type {Point[]} */
  rerolls = [];
  /** @type {Point[]} */
  rerollsOnce = [];
  /** @type {Selection[]} */
  selections = [];
  /** @type {Keep | null} */
  edge = null;
  /** @type {(kept: number[]) => number} */
  tally = total;
  /** @type {(number: number) => number} 1 for a success, -1 for a failure, where these are counted */
  judge = () => 0;
  /** @type {Point[]} */
  criticals = [];
  /** @type {Point[]} */
  fumbles = [];
  /** In which the dice stand on the card: 1 ascending, -1 descending, 0 as they were drawn. */
  order = 0;

  /**
   * Reads one modifier.
   *
   * @param {Take} take
   * @param {boolean} single whether `adv` and `dis` may stand here
   * @returns {boolean} whether there was one
   */
  read(take, single) {
    return this.#readRolling(take) || this.#readCounting(take, single);
  }

  /** @param {Take} take */
  #readRolling(take) {
    const clamp = take(CLAMP);
    if (clamp !== null) {
      if (clamp[1] === "mi") this.minimum = Math.max(this.minimum, whole(clamp[2]));
      else this.maximum = Math.min(this.maximum, whole(clamp[2]));
      return true;
    }
    const explosion = take(EXPLOSION);
    if (explosion !== null) {
      const [, kind, penetrating, once, relation, value, bare] = explosion;
      const points = [...(this.explosion?.points ?? []), point(relation, value, bare)];
      this.explosion = {
        compounding: kind === "!!",
        penetrating: penetrating === "p",
        once: once === "o",
        points,
      };
      return true;
    }
    const below = take(REROLL_BELOW);
    if (below !== null) {
      this.rerollsOnce.push(point("<", below[1]));
      return true;
    }
    const [again, how, ...rest] = take(REROLL) ?? [];
    if (again !== undefined) (how === "o" ? this.rerollsOnce : this.rerolls).push(point(...rest));
    return again !== undefined;
  }

  /**
   * @param {Take} take
   * @param {boolean} single
   */
  #readCounting(take, single) {
    const margin = take(MARGIN);
    if (margin !== null) {
      const [, relation, value, bare] = margin;
      const target = whole(value ?? bare);
      const sign = relation?.startsWith("<") ? -1 : 1;
      this.tally = (kept) => sign * (total(kept) - target);
      return true;
    }
    const count = take(COUNT);
    if (count !== null) {
      const [, relation, value, failing, ...failure] = count;
      const [wins, fails] = [point(relation, value), failing ? point(...failure) : () => false];
      this.judge = (number) => (wins(number, 0) ? 1 : fails(number, 0) ? -1 : 0);
      this.tally = (kept) => total(kept.map(this.judge));
      return true;
    }
    const edge = single ? take(EDGE) : null;
    if (edge !== null) this.edge = edge[0] === "adv" ? "kh" : "kl";
    return edge !== null || this.#readMark(take) || this.#readSelection(take) || this.#readOrder(take);
  }

  /** @param {Take} take */
  #readMark(take) {
    const [mark, kind, ...rest] = take(MARK) ?? [];
    if (mark !== undefined) (kind === "s" ? this.criticals : this.fumbles).push(point(...rest));
    return mark !== undefined;
  }

  /** @param {Take} take */
  #readOrder(take) {
    const order = take(SORT);
    if (order !== null) this.order = order[1] === "d" ? -1 : 1;
    return order !== null;
  }

  /** @param {Take} take */
  #readSelection(take) {
    const [selection, word = "", count] = take(SELECTION) ?? [];
    if (selection === undefined) return false;
    const keep = /** @type {{ [word: string]: Keep }} */ ({ k: "kh", d: "dl" })[word];
    this.selections.push({ keep: keep ?? /** @type {Keep} */ (word), count: count ? Number(count) : 1 });
    return true;
  }

  /** @param {number} face */
  clamped(face) {
    return Math.min(Math.max(face, this.minimum), this.maximum);
  }
}

/**
 * The places of the numbers that count: all that any keep names, without all that a drop names. Of equal ones the later
 * is the higher.
 *
 * @param {number[]} numbers
 * @param {Selection[]} selections
 * @returns {Set<number>}
 */
export function choose(numbers, selections) {
  const ascending = [...numbers.keys()].sort((one, other) => Number(numbers[one]) - Number(numbers[other]));
  const named = (/** @type {string} */ kind) =>
    selections
      .filter(({ keep }) => keep.startsWith(kind))
      .flatMap(({ keep, count }) =>
        keep.endsWith("h") ? ascending.slice(-count) : ascending.slice(0, count),
      );
  const [keeps, drops] = [new Set(named("k")), new Set(named("d"))];
  const counting = ascending.filter((place) => (keeps.size === 0 || keeps.has(place)) && !drops.has(place));
  return new Set(counting);
}

/**
 * @param {string | undefined} [relation]
 * @param {string | undefined} [value]
 * @param {string | undefined} [bare]
 * @returns {Point}
 */
function point(relation, value, bare) {
  if (value === undefined && bare === undefined) return (number, otherwise) => number === otherwise;
  const limit = whole(value ?? bare);
  return (number) => compare(relation ?? "=", number, limit);
}

/**
 * @param {string} relation
 * @param {number} number
 * @param {number} limit
 */
function compare(relation, number, limit) {
  switch (relation) {
    case "=":
      return number === limit;
    case ">":
      return number > limit;
    case ">=":
      return number >= limit;
    case "<":
      return number < limit;
    case "<=":
      return number <= limit;
    default:
      return number !== limit;
  }
}

/** @param {string | undefined} text */
const whole = (text) => Number(text?.replaceAll(/\s/g, ""));

/** @param {number[]} numbers */
const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);
