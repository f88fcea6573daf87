/** @import { Roll } from "../client/protocol.d.ts" */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { seenBy } from "./rolls.js";

/**
 * How a hidden roll is shown to everybody; null for users who may reveal none. DMs may reveal all that they see.
 *
 * @type {import("preact").Context<{ reveal: (seq: number) => void, isDm: boolean } | null>}
 */
export const Revealing = createContext(/** @type {any} */ (null));

/** @param {{ roll: Pick<Roll, "visibility" | "revealed">, seq: number, mine: boolean }} props */
export function RevealButton({ roll, seq, mine }) {
  const revealing = useContext(Revealing);
  if (revealing === null || seenBy(roll) === "" || !(mine || revealing.isDm)) return null;
  return html`
    <button
      type="button" class="btn btn--quiet btn--sm" title="Show this roll to everybody, for good"
      onClick=${() => revealing.reveal(seq)}
    >
      <${Icon} name="eye" size="sm" />Reveal
    </button>`;
}
