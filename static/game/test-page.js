/** Several users of one session side by side, each with their own token and connection. */

import { render } from "preact";
import { useState } from "preact/hooks";
import { GameChat } from "./page/game-chat.js";
import { html } from "./ui/html.js";

/** @typedef {{ id: number, username: string, token: string }} User */

/** @param {{ sessionId: number, user: User }} props */
function Seat({ sessionId, user }) {
  const [here, setHere] = useState(true);
  return html`
    <section class="test-seat" aria-label=${user.username} data-user=${user.username}>
      <h2>
        ${user.username}
        <button type="button" class="btn btn--sm" onClick=${() => setHere(!here)}>${here ? "Go away" : "Come back"}</button>
      </h2>
      <${GameChat} sessionId=${sessionId} userId=${user.id} token=${user.token} autoConnect=${here} role="spectator" />
    </section>`;
}

const place = /** @type {HTMLElement} */ (document.getElementById("table"));
const users = /** @type {User[]} */ (JSON.parse(document.getElementById("users")?.textContent ?? "[]"));
const sessionId = Number(place.dataset.sessionId);
render(
  users.map((user) => html`<${Seat} key=${user.id} sessionId=${sessionId} user=${user} />`),
  place,
);
