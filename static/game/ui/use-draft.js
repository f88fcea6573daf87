import { useEffect, useState } from "preact/hooks";
import { recall, remember } from "./memory.js";

/**
 * A text that survives a reload.
 *
 * @param {string} name
 * @returns {[string, (text: string) => void]}
 */
export function useDraft(name) {
  const [text, setText] = useState(() => recall(name) ?? "");
  useEffect(() => remember(name, text), [name, text]);
  return [text, setText];
}
