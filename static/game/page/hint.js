import { useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { recall, remember } from "../ui/memory.js";
import { focusOn } from "../ui/use-keys.js";

/** @type {{ [role: string]: [name: string, words: string][] }} */
const HINTS = {
  dm: [
    [
      "narrate",
      "Write under the picture to narrate (on a phone: More, Scene): it stands on the stage and in everybody’s chat.",
    ],
    ["combat", "Combat has its own tab: start it there and add who takes part."],
  ],
  player: [
    ["act", "Attack, Cast, Help and Search tell what your character does, as in “Goblin with longsword”."],
    ["tray", "A die adds one to the formula; Shift or a long press takes one away. Press ? for all keys."],
  ],
};

/**
 * A word on the first visit; what was read once does not come again.
 *
 * @param {{ role: string }} props
 */
export function Hint({ role }) {
  const [read, setRead] = useState(() => (recall("hints") ?? "").split(" "));
  const hint = HINTS[role]?.find(([name]) => !read.includes(name));
  if (hint === undefined) return null;
  const [name, words] = hint;
  const dismiss = (/** @type {Event} */ event) => {
    focusOn(event);
    const now = [...read, name];
    setRead(now);
    remember("hints", now.join(" ").trim());
  };
  return html`<p class="hint"><${Icon} name="info" size="sm" /><span>${words}</span><button type="button" class="btn btn--sm btn--quiet" onClick=${dismiss}>Got it</button></p>`;
}
