/** The table's page: one user, by the session cookie. */

import { render } from "preact";
import { useState } from "preact/hooks";
import { TablePage } from "./page/table-page.js";
import { html } from "./ui/html.js";
import { recall, remember } from "./ui/memory.js";

/** @import { Character } from "./page/say-and-roll.js" */
/** @import { Figure } from "./ui/sigils.js" */

/** @param {Omit<import("./page/table-page.js").Props, "characterId" | "playAs">} props */
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
const { sessionId, userId, role = "spectator", campaign, session } = root.dataset;
const { signInUrl, lobbyUrl, campaignUrl, luckUrl, endUrl, themeUrl, csrf, reports, macrosUrl, hotbarUrl } =
  root.dataset;
const cast = /** @type {Figure[]} */ (JSON.parse(document.getElementById("cast")?.textContent ?? "[]"));
const characters = cast
  .filter(({ user_id }) => user_id === Number(userId))
  .map(({ character_id, character_name }) => ({ id: Number(character_id), name: character_name ?? "" }));
render(
  html`<${Seat}
    sessionId=${Number(sessionId)} userId=${Number(userId)} role=${role} characters=${characters} cast=${cast} signInUrl=${signInUrl} mayReport=${reports !== undefined}
    place=${{ campaign, session, lobbyUrl, campaignUrl, luckUrl, endUrl }} profile=${{ url: themeUrl, csrf }} keeper=${{ macrosUrl, hotbarUrl, csrf }}
  />`,
  root,
);
