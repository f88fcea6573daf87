/** @import { GameTable } from "../use-game-socket.js" */

import { useState } from "preact/hooks";
import { html } from "./html.js";

/** @param {{ table: GameTable }} props */
export function Composer({ table }) {
  const [text, setText] = useState("");
  const [last, setLast] = useState("");
  const said = text.trim() !== "";
  const send = () => {
    if (!said) return;
    table.sendChatMessage(text);
    setLast(text);
    setText("");
  };
  const act = () => {
    if (!said) return;
    table.sendPlayerAction({ action_type: "describe", details: { text } });
    setLast(text);
    setText("");
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowUp" && text === "") setText(last);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    send();
  };
  return html`
    <form class="composer" onSubmit=${submit}>
      <textarea
        aria-label="Message" placeholder="Say something" rows="2" maxlength="2000"
        value=${text} onInput=${(/** @type {any} */ { target }) => setText(target.value)} onKeyDown=${press}
      ></textarea>
      <button class="primary">Send</button>
      <button type="button" onClick=${act} title="Say what your character does">Act</button>
    </form>`;
}
