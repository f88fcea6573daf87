/** @import { AnySubject } from "../table/types.d.ts" */

import { subjects } from "../subjects.js";
import { DialogHead } from "../ui/dialog-head.js";
import { html } from "../ui/html.js";
import { useDialog } from "../ui/use-dialog.js";
import { panels } from "./panels.js";

/** @typedef {[keys: string[], does: string, dmOnly?: boolean]} Help */

/** @type {Help[]} */
const theirs = subjects.list.flatMap((/** @type {AnySubject} */ { keys }) => keys?.help ?? []);
/** @type {Help[]} */
const HELP = [
  ...theirs.filter(([, , dmOnly]) => !dmOnly),
  [["Alt+1", "…", `Alt+${panels.length}`], panels.map(({ label }) => label).join(", ")],
  ...theirs.filter(([, , dmOnly]) => dmOnly),
  [["F6"], "Next region: stage, panel, composer, players"],
  [["?"], "This list"],
];

/**
 * @param {{ close: () => void, isDm: boolean, letters: { act: boolean, set: (act: boolean) => void } }} props
 */
export function KeysSheet({ close, isDm, letters }) {
  const dialog = useDialog(close);
  const shown = HELP.filter(([, , dmOnly]) => isDm || !dmOnly);
  return html`
    <dialog class="dialog keys" ref=${dialog} aria-labelledby="keys-title">
      <${DialogHead} id="keys-title" title="Keys" close=${() => dialog.current?.close()} />
      <dl>
        ${shown.map(
          ([keys, does]) => html`
            <div key=${does}><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>`,
        )}
      </dl>
      <label class="check">
        <input type="checkbox" checked=${letters.act} onChange=${() => letters.set(!letters.act)} />${LETTERS}
      </label>
    </dialog>`;
}

const LETTERS = "Keys with a single letter or digit, while you are not typing";
