/**
 * The user's macros at the table: the hotbar, and running them.
 *
 * @import { Seat } from "../table/types.d.ts"
 * @import { Keeper } from "./client.js"
 * @import { Macro } from "./macros.js"
 */

import { useMemo, useState } from "preact/hooks";
import { answered, linesOf, questionsOf, slotsOf } from "./macros.js";
import { useKeptMacros } from "./use-kept-macros.js";

/** @typedef {ReturnType<typeof useMacros>} Macros */
/** @typedef {{ form: false } | { form: true, macro: Macro | null, key: string | undefined }} Sheet what is edited */

/** @param {Seat} seat */
export function useMacros({ place, mayPlay, characterId, speak }) {
  const { macrosUrl, hotbarUrl, csrf } = place;
  const keeper = useMemo(() => keeperAt(macrosUrl, hotbarUrl, csrf), [macrosUrl, hotbarUrl, csrf]);
  const { kept, ...keeping } = useKeptMacros(keeper, mayPlay);
  const [asking, ask] = useState(/** @type {Macro | null} */ (null));
  const [sheet, open] = useState(/** @type {Sheet | null} */ (null));
  const { macros = [], bars = [] } = kept ?? {};
  const slots = slotsOf(macros, bars, characterId);
  const say = (/** @type {string} */ text) => {
    for (const line of linesOf(text)) speak(line);
  };
  const run = (/** @type {Macro} */ macro) =>
    questionsOf(macro.text).length > 0 ? ask(macro) : say(macro.text);
  const answer = (/** @type {Map<string, string> | null} */ answers) => {
    if (asking !== null && answers !== null) say(answered(asking.text, answers));
    ask(null);
  };
  const keys = mayPlay ? slots.map(({ key, macro }) => [key, macro && (() => run(macro))]) : [];
  return {
    ...keeping,
    /** Whether the server has told them. */
    known: kept !== null,
    macros,
    bars,
    slots,
    characterId,
    run,
    /** What each digit runs from anywhere at the table. */
    keys: Object.fromEntries(keys),
    /** A macro that waits for answers; null for an answer: it is not run. */
    asking,
    answer,
    sheet,
    open,
  };
}

/**
 * @param {string | undefined} macrosUrl
 * @param {string | undefined} hotbarUrl
 * @param {string | undefined} csrf
 * @returns {Keeper | null}
 */
function keeperAt(macrosUrl, hotbarUrl, csrf) {
  return macrosUrl && hotbarUrl && csrf ? { macrosUrl, hotbarUrl, csrf } : null;
}
