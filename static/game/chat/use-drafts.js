/**
 * What one is writing: it survives a reload, and what was refused comes back to it.
 *
 * @import { ClientEvents } from "../client/types.d.ts"
 * @import { ChatSeat } from "./commands.js"
 */

import { useState } from "preact/hooks";
import { useDraft } from "../ui/use-draft.js";
import { actionText } from "./actions.js";

/** @typedef {ReturnType<typeof useDrafts>} Drafts */
/** @typedef {"say" | "attack" | "cast" | "help" | "search" | "describe"} Mode */

/** @param {ChatSeat} seat */
export function useDrafts({ userId, place }) {
  const [say, setSay] = useDraft(`draft ${place.sessionId} ${userId}`);
  const [narration, setNarration] = useDraft(`narration ${place.sessionId} ${userId}`);
  const [aside, setAside] = useState(false);
  const [refusal, setRefusal] = useState("");
  const [mode, setMode] = useState(/** @type {Mode} */ ("say"));
  return {
    say,
    setSay,
    narration,
    setNarration,
    /** Why what stands there was not said. */
    refusal,
    setRefusal,
    /** Whether one speaks as oneself, out of character. */
    aside,
    setAside,
    mode,
    setMode,
  };
}

/** How refused commands come back to where they were written. */
export const drafts = {
  /**
   * @param {ClientEvents["chat_message"]} refused
   * @param {Drafts} own
   */
  chat_message: ({ message, out_of_character }, own) => {
    own.setSay(joined(message, own.say));
    own.setAside(out_of_character === true);
    own.setMode("say");
  },
  /**
   * @param {ClientEvents["player_action"]} action
   * @param {Drafts} own
   */
  player_action: (action, own) => {
    own.setSay(joined(actionText(action), own.say));
    own.setMode(modeOf(action.action_type));
  },
  /**
   * @param {ClientEvents["dm_narration"]} refused
   * @param {Drafts} own
   * @param {ChatSeat} seat who narrates no longer has the words back as something to say
   */
  dm_narration: ({ narration }, own, { isDm }) => {
    if (isDm) own.setNarration(joined(narration, own.narration));
    else own.setSay(joined(narration, own.say));
  },
};

/**
 * @param {string} back
 * @param {string} draft
 */
function joined(back, draft) {
  return draft.trim() === "" ? back : `${back}\n${draft}`;
}

/**
 * @param {string} type
 * @returns {Mode}
 */
function modeOf(type) {
  return type === "attack" || type === "cast" || type === "help" || type === "search" ? type : "describe";
}
