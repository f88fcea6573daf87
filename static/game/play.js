/** The table's page: one user, by the session cookie. */

/** @import { Props } from "./page/table-page.js" */
/** @import { Character } from "./table/types.d.ts" */
/** @import { Figure } from "./ui/sigils.js" */

import { render } from "preact";
import { useState } from "preact/hooks";
import { TablePage } from "./page/table-page.js";
import { html } from "./ui/html.js";
import { recall, remember } from "./ui/memory.js";

/** @param {Omit<Props, "characterId" | "playAs">} props */
function Seat(props) {
  const key = `character ${props.sessionId}`;
  const [characterId, setCharacterId] = useState(() => lastPlayed(recall(key), props));
  const playAs = (/** @type {number} */ id) => {
    setCharacterId(id);
    remember(key, String(id));
  };
  return html`<${TablePage} ...${props} characterId=${characterId} playAs=${playAs} />`;
}

/**
 * The character played last in this session, or the first. A DM sits as themselves until they choose one: their
 * characters are for the most part other people.
 *
 * @param {string | null} last
 * @param {{ characters: Character[], role: string }} who
 * @returns {number | null}
 */
function lastPlayed(last, { characters, role }) {
  const first = role === "dm" ? undefined : characters[0];
  return (characters.find(({ id }) => String(id) === last) ?? first)?.id ?? null;
}

const root = /** @type {HTMLElement} */ (document.getElementById("table"));
const place = { ...root.dataset };
const [sessionId, userId] = [Number(place.sessionId), Number(place.userId)];
const cast = /** @type {Figure[]} */ (JSON.parse(document.getElementById("cast")?.textContent ?? "[]"));
const characters = cast
  .filter(({ user_id }) => user_id === userId)
  .map(({ character_id, character_name }) => ({ id: Number(character_id), name: character_name ?? "" }));
render(
  html`<${Seat}
    sessionId=${sessionId} userId=${userId} role=${place.role ?? "spectator"} place=${place}
    characters=${characters} cast=${cast}
  />`,
  root,
);
