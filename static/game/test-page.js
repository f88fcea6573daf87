/**
 * Several users of one session side by side, each with their own token and connection, and below each all the events
 * that there are: what was heard of them, and a way to say them.
 */

import { render } from "preact";
import { useState } from "preact/hooks";
import { EventList } from "./page/event-list.js";
import { GameChat } from "./page/game-chat.js";
import { html } from "./ui/html.js";

/** @typedef {{ id: number, username: string, token: string }} User */

/** @param {{ sessionId: number, user: User }} props */
function Seat({ sessionId, user }) {
  const [here, setHere] = useState(true);
  const toggle = () => setHere(!here);
  return html`
    <section class="test-seat" aria-label=${user.username} data-user=${user.username}>
      <h2>
        ${user.username}
        <button type="button" class="btn btn--sm" onClick=${toggle}>${here ? "Go away" : "Come back"}</button>
      </h2>
      <${GameChat} sessionId=${sessionId} userId=${user.id} token=${user.token} autoConnect=${here} role="spectator">
        <${EventList} />
      <//>
    </section>`;
}

const place = /** @type {HTMLElement} */ (document.getElementById("table"));
const users = /** @type {User[]} */ (JSON.parse(document.getElementById("users")?.textContent ?? "[]"));
const sessionId = Number(place.dataset.sessionId);
render(
  users.map((user) => html`<${Seat} key=${user.id} sessionId=${sessionId} user=${user} />`),
  place,
);
