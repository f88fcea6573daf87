/** @import { ChatSeat } from "./commands.js" */
/** @import { Drafts, Mode } from "./use-drafts.js" */

import { useRef } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { isComposing } from "../ui/use-keys.js";
import { actionOf } from "./actions.js";
import { SpeakingAs } from "./speaking-as.js";
import { useRecall } from "./use-recall.js";

/** @type {[mode: Mode, label: string, placeholder: string][]} */
const MODES = [
  ["say", "Say", "Say something"],
  ["attack", "Attack", "Goblin with longsword"],
  ["cast", "Cast", "Sleep at the guards"],
  ["help", "Help", "Whom?"],
  ["search", "Search", "Where?"],
  ["describe", "Act", "In your own words"],
];

/**
 * Where one speaks and acts.
 *
 * @param {{ seat: ChatSeat, own: Drafts }} props
 */
export function Composer({ seat, own }) {
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const { text, send, press } = useLine(seat, own);
  const { mode, setMode, aside, refusal } = own;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    send();
  };
  const choose = (/** @type {Mode} */ name) => {
    setMode(name === mode ? "say" : name);
    box.current?.focus();
  };
  const [, , hint] = MODES.find(([name]) => name === mode) ?? MODES[0] ?? [];
  const asSelf = aside && mode === "say";
  return html`
    <form class="say" onSubmit=${submit}>
      <${SpeakingAs} seat=${seat} own=${own} />
      <${Modes} mode=${mode} choose=${choose} />
      <div class="say__line">
        <textarea
          class="input" rows="1" ref=${box} aria-label="Message" maxlength="2000" data-key="message"
          placeholder=${asSelf ? "Say something as yourself" : hint} data-aside=${asSelf ? "" : undefined}
          aria-describedby=${refusal === "" ? undefined : "not-said"} onKeyDown=${press}
          value=${text.value} onInput=${(/** @type {any} */ { target }) => text.set(target.value)}
        ></textarea>
        <button type="submit" class="btn btn--icon" aria-label="Send"><${Icon} name="send" /></button>
      </div>
      ${
        refusal !== "" &&
        html`<p class="field__error" role="alert" id="not-said"><${Icon} name="warn" size="sm" />${refusal}</p>`
      }
    </form>`;
}

/** @param {{ mode: Mode, choose: (mode: Mode) => void }} props */
function Modes({ mode, choose }) {
  return html`
    <div class="modes" role="group" aria-label="What you do">
      ${MODES.map(
        ([name, label]) => html`
          <button
            type="button" class="mode" key=${name} aria-pressed=${name === mode} onClick=${() => choose(name)}
          >${label}</button>`,
      )}
    </div>`;
}

/**
 * The line that is being written, and what its keys do.
 *
 * @param {ChatSeat} seat
 * @param {Drafts} own
 */
function useLine(seat, { say, setSay, mode, setMode, setRefusal }) {
  const set = (/** @type {string} */ to) => {
    setRefusal("");
    setSay(to);
  };
  const past = useRecall(say, set);
  const act = () => {
    seat.table.sendPlayerAction(actionOf(mode, say));
    seat.lookAtEnd(true);
    return true;
  };
  const send = () => {
    // A quick action needs no object; a line without words says nothing.
    const bare = mode === "say" || mode === "describe";
    if (bare && say.trim() === "") return;
    if (!(mode === "say" ? seat.speak(say) : act())) return;
    past.keep(say);
    set("");
    setMode("say");
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    const { key } = event;
    if (isComposing(event)) return;
    if (key === "Escape" && mode !== "say") setMode("say");
    else if (key === "Escape") /** @type {HTMLElement} */ (event.target).blur();
    if (past.press(key)) event.preventDefault();
    if (key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  return { text: { value: say, set }, send, press };
}
