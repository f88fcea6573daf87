/** @import { GameTable } from "../use-game-socket.js" */

import { useState } from "preact/hooks";
import { html } from "./html.js";

/**
 * What only the DM has: the narration, the turn and the combat.
 *
 * @param {{ table: GameTable }} props
 */
export function DmPanel({ table }) {
  return html`
    <${Narration} narrate=${table.sendDMNarration} />
    <${Turn} table=${table} />
    <${CombatSwitch} table=${table} />`;
}

/** @param {{ narrate: (narration: string) => void }} props */
function Narration({ narrate }) {
  const [text, setText] = useState("");
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.trim() === "") return;
    narrate(text);
    setText("");
  };
  return html`
    <form class="dm" onSubmit=${submit}>
      <label>Narration
        <textarea
          rows="4" maxlength="8000" value=${text}
          onInput=${(/** @type {any} */ { target }) => setText(target.value)}
        ></textarea>
      </label>
      <button>Narrate</button>
    </form>`;
}

/** @param {{ table: GameTable }} props */
function Turn({ table }) {
  const [name, setName] = useState("");
  const acting = table.players.filter(({ role }) => role === "player");
  const names = new Set(acting.map(({ character_name, username }) => character_name ?? username));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (name.trim() !== "") table.sendTurnChange({ current_character_name: name });
  };
  return html`
    <form class="dm" onSubmit=${submit}>
      <label>Whose turn
        <input value=${name} maxlength="200" onInput=${(/** @type {any} */ { target }) => setName(target.value)} />
      </label>
      <span class="names">
        ${[...names].map((known) => html`<button type="button" key=${known} onClick=${() => setName(known)}>${known}</button>`)}
      </span>
      <button>Set turn</button>
      <button type="button" onClick=${() => table.sendTurnChange({ current_character_name: null })}>Nobody’s</button>
    </form>`;
}

/** @param {{ table: GameTable }} props */
function CombatSwitch({ table }) {
  const active = table.state.combat?.active ?? false;
  const change = () => table.sendCombatUpdate({ ...table.state.combat, active: !active });
  return html`<p class="dm"><button type="button" onClick=${change}>${active ? "End combat" : "Start combat"}</button></p>`;
}
