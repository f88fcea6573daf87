/** Where the rows of a long list stand, of which only those near the view are in the page. */

/** What a row is taken for until it was measured, in CSS pixels. */
const GUESS = 64;

/**
 * @param {string[]} keys
 * @param {Map<string, number>} heights of those that were measured
 * @returns {Float64Array} the top of each row, and at last the end of the list
 */
export function tops(keys, heights) {
  const tops = new Float64Array(keys.length + 1);
  for (const [index, key] of keys.entries())
    tops[index + 1] = /** @type {number} */ (tops[index]) + (heights.get(key) ?? GUESS);
  return tops;
}

/**
 * The row that covers a height; the first above the list, the last below it.
 *
 * @param {Float64Array} tops
 * @param {number} y
 */
export function rowAt(tops, y) {
  let low = 0;
  let high = Math.max(0, tops.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (/** @type {number} */ (tops[middle]) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The rows to have in the page: those in the view, and twice as much on either side, so that a turn of the wheel
 * meets rows that were measured.
 *
 * @param {Float64Array} tops
 * @param {number} top of the view
 * @param {number} height of the view
 * @returns {[from: number, to: number]} `to` is excluded
 */
export function near(tops, top, height) {
  const to = rowAt(tops, top + 3 * height) + 1;
  return [rowAt(tops, top - 2 * height), Math.min(to, tops.length - 1)];
}
