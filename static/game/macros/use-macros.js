/**
 * One's macros, what lies on the hotbar, and running it.
 *
 * @import { Keeper, MacroFields } from "./client.js"
 * @import { Bar, Laying, Macro } from "./macros.js"
 */

import { useCallback, useEffect, useState } from "preact/hooks";
import { useVisible } from "../table/use-unread.js";
import { deleteMacro, fetchMacros, layOnKeys, saveMacro } from "./client.js";
import { answered, linesOf, questionsOf, slotsOf } from "./macros.js";

/** @typedef {ReturnType<typeof useMacros>} Macros */
/** @typedef {{ form: false } | { form: true, macro: Macro | null, key: string | undefined }} Sheet what is being edited */

/**
 * @param {Keeper} keeper
 * @param {boolean} mayPlay
 * @param {number | null} characterId whom one plays
 * @param {(line: string) => void} speak what typing the line would do
 */
export function useMacros(keeper, mayPlay, characterId, speak) {
  const [kept, setKept] = useState(/** @type {{ macros: Macro[], bars: Bar[] } | null} */ (null));
  const [failed, setFailed] = useState(false);
  const [asking, ask] = useState(/** @type {Macro | null} */ (null));
  const [sheet, open] = useState(/** @type {Sheet | null} */ (null));
  const { macrosUrl, hotbarUrl, csrf } = keeper;
  const reload = useCallback(() => {
    fetchMacros({ macrosUrl, hotbarUrl, csrf }).then(
      ({ results, bars }) => setKept({ macros: results, bars }),
      () => setFailed(true),
    );
  }, [macrosUrl, hotbarUrl, csrf]);
  // Changed in another tab, or by a DM: whoever comes back sees it.
  const visible = useVisible();
  useEffect(() => {
    if (visible && mayPlay) reload();
  }, [visible, mayPlay, reload]);

  const { macros = [], bars = [] } = kept ?? {};
  const slots = slotsOf(macros, bars, characterId);
  const put = (/** @type {Macro} */ saved) =>
    setKept(
      (now) => now && { ...now, macros: sorted([...now.macros.filter(({ id }) => id !== saved.id), saved]) },
    );
  const say = (/** @type {string} */ text) => linesOf(text).forEach(speak);
  const run = (/** @type {Macro} */ macro) =>
    questionsOf(macro.text).length > 0 ? ask(macro) : say(macro.text);
  const keys = mayPlay && slots.map(({ key, macro }) => [key, macro && (() => run(macro))]);
  return {
    /** Whether the server has told them. */
    known: kept !== null,
    failed,
    reload,
    macros,
    bars,
    slots,
    characterId,
    run,
    /** What each digit runs from anywhere at the table. */
    keys: Object.fromEntries(keys || []),
    /** A macro that waits for answers. */
    asking,
    /** @param {Map<string, string> | null} answers null: it is not run */
    answer: (answers) => {
      if (asking !== null && answers !== null) say(answered(asking.text, answers));
      ask(null);
    },
    sheet,
    open,
    /**
     * These reject with words for a person.
     *
     * @param {number | null} id
     * @param {Partial<MacroFields>} fields
     */
    save: async (id, fields) => {
      const saved = await saveMacro(keeper, id, fields);
      put(saved);
      return saved;
    },
    remove: async (/** @type {number} */ macroId) => {
      await deleteMacro(keeper, macroId);
      setKept((now) => now && { ...now, macros: now.macros.filter(({ id }) => id !== macroId) });
    },
    lay: async (/** @type {Laying[]} */ layings) => {
      for (const laying of layings) {
        const now = await layOnKeys(keeper, laying);
        setKept((before) => before && { ...before, bars: now.bars });
      }
    },
  };
}

/** @param {Macro[]} macros */
function sorted(macros) {
  return macros.sort((one, other) => one.name.localeCompare(other.name) || one.id - other.id);
}
