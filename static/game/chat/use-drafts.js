/**
 * What one is writing: it survives a reload, and what was refused comes back to it.
 *
 * @import { Refused } from "../client/types.d.ts"
 */

import { useEffect, useState } from "preact/hooks";
import { NOTHING_THROWN } from "../dice/physical-dice.js";
import { actionText } from "../table/describe.js";
import { recall, remember } from "../ui/memory.js";

/** @typedef {ReturnType<typeof useDesk>} Desk */
/** @typedef {import("../client/protocol.d.ts").Roll["visibility"]} Visibility */
/** @typedef {"say" | "attack" | "cast" | "help" | "search" | "describe"} Mode */

/**
 * @param {number} sessionId
 * @param {number} userId
 */
export function useDesk(sessionId, userId) {
  const [say, setSay] = useDraft(`draft ${sessionId} ${userId}`);
  const [narration, setNarration] = useDraft(`narration ${sessionId} ${userId}`);
  const [formula, setFormula] = useState("");
  const [thrown, setThrown] = useState(NOTHING_THROWN);
  const [visibility, setVisibility] = useState(/** @type {Visibility} */ ("public"));
  const [byHand, setByHand] = useDraft("by hand");
  const [aside, setAside] = useState(false);
  const [refusal, setRefusal] = useState("");
  const [mode, setMode] = useState(/** @type {Mode} */ ("say"));
  /**
   * @param {Refused} refused
   * @param {boolean} narrates whether one still may; else the words come back as something to say
   */
  const takeBack = ({ command: { event, data } }, narrates) => {
    const back = /** @type {any} */ (data);
    if (event === "dm_narration" && narrates) setNarration(joined(back.narration, narration));
    if (event === "dm_narration" && !narrates) setSay(joined(back.narration, say));
    if (event === "dice_roll") setFormula(back.formula);
    if (event === "dice_roll") setVisibility(back.visibility ?? "public");
    if (event === "dice_roll") setByHand(back.rolls === undefined ? "" : "on");
    if (event === "dice_roll" && back.rolls !== undefined)
      setThrown({ faces: back.rolls.map(String), total: String(back.result) });
    if (event === "chat_message") setSay(joined(back.message, say));
    if (event === "chat_message") setAside(back.out_of_character === true);
    if (event === "player_action") setSay(joined(actionText(back), say));
    if (event === "player_action" || event === "chat_message") setMode(modeOf(back.action_type));
  };
  return {
    say,
    setSay,
    narration,
    setNarration,
    formula,
    setFormula,
    visibility,
    setVisibility,
    thrown,
    setThrown,
    /** Whether one throws real dice. */
    byHand: byHand !== "",
    setByHand: (/** @type {boolean} */ on) => setByHand(on ? "on" : ""),
    /** Why what stands there was not said. */
    refusal,
    setRefusal,
    /** Whether one speaks as oneself, out of character. */
    aside,
    setAside,
    mode,
    setMode,
    takeBack,
  };
}

/**
 * @param {string} name
 * @returns {[string, (text: string) => void]}
 */
function useDraft(name) {
  const [text, setText] = useState(() => recall(name) ?? "");
  useEffect(() => remember(name, text), [name, text]);
  return [text, setText];
}

/**
 * @param {string} back
 * @param {string} draft
 */
function joined(back, draft) {
  return draft.trim() === "" ? back : `${back}\n${draft}`;
}

/**
 * @param {string | undefined} type
 * @returns {Mode}
 */
function modeOf(type) {
  if (type === undefined) return "say";
  return type === "attack" || type === "cast" || type === "help" || type === "search" ? type : "describe";
}
