/** @import { Desk, Mode } from "./use-drafts.js" */
/** @import { ClientEvents } from "../client/types.d.ts" */

import { useRef } from "preact/hooks";
import { actionOf } from "../table/describe.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { speak } from "./commands.js";

/** @type {[mode: Mode, label: string, placeholder: string][]} */
const MODES = [
  ["say", "Say", "Say something"],
  ["attack", "Attack", "Goblin with longsword"],
  ["cast", "Cast", "Sleep at the guards"],
  ["help", "Help", "Whom?"],
  ["search", "Search", "Where?"],
  ["describe", "Act", "What you do, in your words"],
];
const RECALLED = 50;

/**
 * Where one speaks and acts.
 *
 * @param {{
 *   desk: Desk,
 *   say: (message: string, outOfCharacter: boolean) => void,
 *   act: (action: ClientEvents["player_action"]) => void,
 *   roll: (roll: ClientEvents["dice_roll"]) => void,
 *   children?: unknown,
 * }} props `children`: whom one speaks as
 */
export function Composer({ desk, say, act, roll, children }) {
  const { say: text, setSay, mode, setMode, aside, refusal, setRefusal } = desk;
  const setText = (/** @type {string} */ to) => {
    setRefusal("");
    setSay(to);
  };
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const past = useRecall(text, setText);
  const [, , hint] = MODES.find(([name]) => name === mode) ?? MODES[0] ?? [];
  const asSelf = aside && mode === "say";
  // A quick action needs no object; a line without words says nothing.
  const bare = mode === "say" || mode === "describe";
  const send = () => {
    if (bare && text.trim() === "") return;
    if (mode === "say") {
      const refused = speak(text, { say, act, roll, aside });
      if (refused !== "") return setRefusal(refused);
    } else act(actionOf(mode, text));
    past.keep(text);
    setText("");
    setMode("say");
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && mode !== "say") setMode("say");
    else if (event.key === "Escape") box.current?.blur();
    if (past.press(event.key)) event.preventDefault();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    send();
  };
  const choose = (/** @type {Mode} */ name) => {
    setMode(name === mode ? "say" : name);
    box.current?.focus();
  };
  return html`
    <form class="say" onSubmit=${submit}>
      ${children}
      <div class="modes" role="group" aria-label="What you do">
        ${MODES.map(([name, label]) => html`<button type="button" class="mode" key=${name} aria-pressed=${name === mode} onClick=${() => choose(name)}>${label}</button>`)}
      </div>
      <div class="say__line">
        <textarea
          class="input" rows="1" ref=${box} aria-label="Message" placeholder=${asSelf ? "Say something as yourself" : hint} maxlength="2000" data-key="message"
          data-aside=${asSelf ? "" : undefined} aria-describedby=${refusal === "" ? undefined : "not-said"}
          value=${text} onInput=${(/** @type {any} */ { target }) => setText(target.value)} onKeyDown=${press}
        ></textarea>
        <button type="submit" class="btn btn--icon" aria-label="Send"><${Icon} name="send" /></button>
      </div>
      ${refusal !== "" && html`<p class="field__error" role="alert" id="not-said"><${Icon} name="warn" size="sm" />${refusal}</p>`}
    </form>`;
}

/**
 * One's own last lines: Up in an empty box brings them back, Down leads forward again.
 *
 * @param {string} text
 * @param {(text: string) => void} setText
 */
function useRecall(text, setText) {
  const lines = useRef(/** @type {string[]} */ ([]));
  const at = useRef(0);
  const recalling = () => text === "" || text === lines.current[at.current];
  const show = (/** @type {number} */ place) => {
    at.current = Math.min(Math.max(place, 0), lines.current.length);
    setText(lines.current[at.current] ?? "");
    return true;
  };
  return {
    keep: (/** @type {string} */ line) => {
      if (line.trim() !== "") lines.current = [...lines.current, line].slice(-RECALLED);
      at.current = lines.current.length;
    },
    press: (/** @type {string} */ key) => {
      if (text === "" && key === "ArrowUp") return lines.current.length > 0 && show(lines.current.length - 1);
      if (!recalling() || text === "") return false;
      if (key === "ArrowUp") return show(at.current - 1);
      return key === "ArrowDown" && show(at.current + 1);
    },
  };
}
