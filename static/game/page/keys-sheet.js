import { html } from "../ui/html.js";
import { useDialog } from "../ui/use-dialog.js";

/** @type {[keys: string[], does: string, dmOnly?: boolean][]} */
const KEYS = [
  [["Enter"], "Send; Shift+Enter breaks the line"],
  [["↑"], "In an empty box: bring back your last line"],
  [["Esc"], "Leave the box; close a menu; clear the formula"],
  [["Shift+C"], "To the chat box"],
  [["R"], "To the dice formula; Enter rolls"],
  [["←", "→"], "Along the dice, the tabs, the order of turns"],
  [["Backspace"], "On a die: take one away (Shift+click does too)"],
  [["A", "D"], "In the dice tray: advantage, disadvantage; again for neither"],
  [["1", "…", "0"], "Run what lies on the hotbar; ← → along it, Delete takes away"],
  [["Alt+1", "…", "Alt+4"], "Chat, Combat, Characters, Dice log"],
  [["M"], "To the narration", true],
  [["N", "Shift+N"], "Next and previous turn", true],
  [["F6"], "Next region: stage, panel, composer, players"],
  [["?"], "This list"],
];

/**
 * @param {{ close: () => void, isDm: boolean, letters: boolean, setLetters: (letters: boolean) => void }} props
 */
export function KeysSheet({ close, isDm, letters, setLetters }) {
  const dialog = useDialog(close);
  return html`
    <dialog class="dialog keys" ref=${dialog} aria-labelledby="keys-title">
      <div class="row"><h2 id="keys-title">Keys</h2><button type="button" class="btn push" onClick=${() => dialog.current?.close()}>Close</button></div>
      <dl>
        ${KEYS.filter(([, , dmOnly]) => isDm || !dmOnly).map(
          ([keys, does]) =>
            html`<div key=${does}><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${does}</dd></div>`,
        )}
      </dl>
      <label class="check"><input type="checkbox" checked=${letters} onChange=${() => setLetters(!letters)} />Keys of a single letter or digit act when nothing is being typed</label>
    </dialog>`;
}
