/**
 * The user's macros and keys, as the server keeps them.
 *
 * @import { Keeper, MacroFields } from "./client.js"
 * @import { Bar, Laying, Macro } from "./macros.js"
 */

import { useCallback, useEffect, useState } from "preact/hooks";
import { useVisible } from "../table/use-unread.js";
import { deleteMacro, fetchMacros, layOnKeys, saveMacro } from "./client.js";

/** @typedef {{ macros: Macro[], bars: Bar[] }} Kept */

/**
 * @param {Keeper | null} keeper null where nobody keeps them
 * @param {boolean} mayPlay
 */
export function useKeptMacros(keeper, mayPlay) {
  const [kept, setKept] = useState(/** @type {Kept | null} */ (null));
  const [failed, setFailed] = useState(false);
  const reload = useCallback(() => {
    if (keeper === null) return;
    fetchMacros(keeper).then(
      ({ results, bars }) => setKept({ macros: results, bars }),
      () => setFailed(true),
    );
  }, [keeper]);
  // Changed in another tab, or by a DM: shown when the user comes back.
  const visible = useVisible();
  useEffect(() => {
    if (visible && mayPlay) reload();
  }, [visible, mayPlay, reload]);
  const change = (/** @type {(now: Kept) => Kept} */ to) => setKept((now) => now && to(now));
  return { kept, failed, reload, ...changes(keeper, change) };
}

/**
 * These reject with words for a person.
 *
 * @param {Keeper | null} keeper
 * @param {(to: (now: Kept) => Kept) => void} change
 */
function changes(keeper, change) {
  const there = () => {
    if (keeper === null) throw new Error("Nobody keeps macros here.");
    return keeper;
  };
  return {
    /**
     * @param {number | null} id
     * @param {Partial<MacroFields>} fields
     */
    save: async (id, fields) => {
      const saved = await saveMacro(there(), id, fields);
      change((now) => ({ ...now, macros: sorted([...without(now.macros, saved.id), saved]) }));
      return saved;
    },
    remove: async (/** @type {number} */ id) => {
      await deleteMacro(there(), id);
      change((now) => ({ ...now, macros: without(now.macros, id) }));
    },
    lay: async (/** @type {Laying[]} */ layings) => {
      for (const laying of layings) {
        const { bars } = await layOnKeys(there(), laying);
        change((now) => ({ ...now, bars }));
      }
    },
  };
}

/**
 * @param {Macro[]} macros
 * @param {number} gone
 */
function without(macros, gone) {
  return macros.filter(({ id }) => id !== gone);
}

/** @param {Macro[]} macros */
function sorted(macros) {
  return macros.sort((one, other) => one.name.localeCompare(other.name) || one.id - other.id);
}
