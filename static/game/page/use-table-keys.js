/** @import { Seat } from "../table/types.d.ts" */

import { focusNextRegion, useKeys } from "../ui/use-keys.js";
import { panels } from "./panels.js";

/**
 * The keys that act from anywhere at the table: the page's, and those of the subjects.
 *
 * @param {Seat} seat
 * @param {boolean} letters whether keys of one character act
 * @param {() => void} showKeys
 */
export function useTableKeys(seat, letters, showKeys) {
  const { subjects, owns, show } = seat;
  const theirs = subjects.list.map(({ name, keys }) => keys?.actions?.(seat, owns[name]));
  const tabs = panels.map(({ name }, index) => [`Alt+${index + 1}`, () => show(name)]);
  useKeys(
    Object.assign({ "?": showKeys, F6: focusNextRegion }, Object.fromEntries(tabs), ...theirs),
    letters,
  );
}
