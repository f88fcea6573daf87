/** @import { Seat } from "../table/types.d.ts" */

import { useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { recall, remember } from "../ui/memory.js";
import { focusOn } from "../ui/use-keys.js";

/**
 * A word on the first visit; what was read once does not come again.
 *
 * @param {{ seat: Seat }} props
 */
export function Hint({ seat: { role, subjects } }) {
  const [read, setRead] = useState(() => (recall("hints") ?? "").split(" "));
  const hints = subjects.list.flatMap((subject) =>
    [subject.hints?.[role]].filter((hint) => hint !== undefined),
  );
  const hint = hints.find(([name]) => !read.includes(name));
  if (hint === undefined) return null;
  const [name, words] = hint;
  const dismiss = (/** @type {Event} */ event) => {
    focusOn(event);
    const now = [...read, name];
    setRead(now);
    remember("hints", now.join(" ").trim());
  };
  return html`
    <p class="hint">
      <${Icon} name="info" size="sm" /><span>${words}</span>
      <button type="button" class="btn btn--sm btn--quiet" onClick=${dismiss}>Got it</button>
    </p>`;
}
