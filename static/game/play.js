/** The table's page: one user, by the session cookie. */

import { render } from "preact";
import { useState } from "preact/hooks";
import { GameChat } from "./components/game-chat.js";
import { html } from "./components/html.js";

/** @typedef {{ id: number, name: string }} Character */

/** @param {{ sessionId: number, userId: number, role: string, signIn: string, characters: Character[] }} props */
function Seat({ characters, ...seat }) {
  const [characterId, setCharacterId] = useState(() => remembered(seat.sessionId, characters));
  const choose = (/** @type {any} */ { target }) => {
    setCharacterId(Number(target.value));
    remember(seat.sessionId, target.value);
  };
  return html`
    ${
      characters.length > 1 &&
      html`<label class="seat">Playing
        <select onChange=${choose}>
          ${characters.map(({ id, name }) => html`<option value=${id} selected=${id === characterId}>${name}</option>`)}
        </select>
      </label>`
    }
    <${GameChat} ...${seat} characterId=${characterId} />`;
}

const key = (/** @type {number} */ sessionId) => `rollscape.character ${sessionId}`;

/**
 * The character played last in this session, or the first.
 *
 * @param {number} sessionId
 * @param {Character[]} characters
 * @returns {number | null}
 */
function remembered(sessionId, characters) {
  const first = characters[0]?.id ?? null;
  try {
    const last = Number(localStorage.getItem(key(sessionId)));
    return characters.some(({ id }) => id === last) ? last : first;
  } catch {
    return first;
  }
}

/**
 * @param {number} sessionId
 * @param {string} characterId
 */
function remember(sessionId, characterId) {
  try {
    localStorage.setItem(key(sessionId), characterId);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

const place = /** @type {HTMLElement} */ (document.getElementById("table"));
const characters = [...place.querySelectorAll("data")].map((data) => {
  return { id: Number(data.value), name: data.textContent ?? "" };
});
const { sessionId, userId, role = "spectator", signIn = "" } = place.dataset;
place.replaceChildren();
render(
  html`<${Seat} sessionId=${Number(sessionId)} userId=${Number(userId)} role=${role} signIn=${signIn} characters=${characters} />`,
  place,
);
