/** @import { RollTable } from "./client.js" */
/** @import { Desk } from "../chat/use-drafts.js" */
/** @import { GameTable } from "../page/use-game-socket.js" */

import { useEffect, useState } from "preact/hooks";
import { VisibilityChoice } from "../dice/visibility-choice.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { useDialog } from "../ui/use-dialog.js";
import { standing } from "./client.js";

/** From so many tables on one can look for a name. */
const MANY = 8;

/**
 * Where one chooses a roll table and draws from it.
 *
 * @param {{ table: GameTable, desk: Desk, isDm: boolean, campaignUrl?: string, sent: () => void }} props
 */
export function TableDraw(props) {
  const [open, setOpen] = useState(false);
  return html`
    <button type="button" class="btn btn--sm btn--quiet push tray__tables" aria-haspopup="dialog" onClick=${() => setOpen(true)}><${Icon} name="table" size="sm" />Roll tables</button>
    ${open && html`<${Sheet} ...${props} close=${() => setOpen(false)} />`}`;
}

/** @param {Parameters<typeof TableDraw>[0] & { close: () => void }} props */
function Sheet({ table, desk, isDm, campaignUrl, sent, close }) {
  const dialog = useDialog(close);
  const [tables, setTables] = useState(/** @type {RollTable[] | "failed" | null} */ (null));
  const [sought, seek] = useState("");
  const fetchThem = () => {
    table.fetchTables().then(setTables, () => setTables("failed"));
  };
  useEffect(fetchThem, []);
  const { visibility } = desk;
  const draw = (/** @type {number} */ id) => {
    table.drawFromTable(visibility === "public" ? { table_id: id } : { table_id: id, visibility });
    sent();
    dialog.current?.close();
  };
  const reset = (/** @type {number} */ id) => {
    table.resetTable(id);
    dialog.current?.close();
  };
  const address = isDm && campaignUrl ? `${campaignUrl}tables/` : null;
  const listed = Array.isArray(tables) ? tables : [];
  const found = listed.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  return html`
    <dialog class="dialog tables-sheet" ref=${dialog} aria-labelledby="tables-title">
      <div class="row"><h2 id="tables-title">Roll tables</h2><button type="button" class="btn push" onClick=${() => dialog.current?.close()}>Close</button></div>
      ${tables === null && html`<p role="status">Looking them up …</p>`}
      ${tables === "failed" && html`<p class="field__error" role="alert"><${Icon} name="warn" size="sm" />They could not be fetched. <button type="button" class="btn btn--sm" onClick=${fetchThem}>Try again</button></p>`}
      ${Array.isArray(tables) && tables.length === 0 && html`<${Nothing} isDm=${isDm} address=${address} />`}
      ${listed.length > MANY && html`<label class="field"><span class="visually-hidden">Look for a table</span><input type="search" class="input" placeholder="Look for a table" value=${sought} onInput=${(/** @type {any} */ { target }) => seek(target.value)} /></label>`}
      ${listed.length > 0 && html`<ul class="tables-sheet__list">${found.map((one) => html`<${Choice} key=${one.id} table=${one} draw=${draw} reset=${isDm ? reset : null} />`)}</ul>`}
      ${listed.length > 0 && found.length === 0 && html`<p class="quiet">No table has that in its name.</p>`}
      ${listed.length > 0 && html`<${VisibilityChoice} visibility=${visibility} byHand=${false} choose=${desk.setVisibility} />`}
      ${address && listed.length > 0 && html`<p><a class="btn btn--sm" href=${address}><${Icon} name="pencil" size="sm" />Change the tables</a></p>`}
    </dialog>`;
}

/** @param {{ isDm: boolean, address: string | null }} props `address`: where one may make a table */
function Nothing({ isDm, address }) {
  return html`
    <div class="empty">
      <${Icon} name="table" />
      <h3>Nothing to draw from</h3>
      <p>${isDm ? "Rumours, treasures, a deck of cards: make a table on the campaign’s pages, and draw from it here." : "The tables that your Dungeon Master lets you draw from will stand here."}</p>
      ${address && html`<a class="btn btn--primary" href=${address}>Make a table</a>`}
    </div>`;
}

/** @param {{ table: RollTable, draw: (id: number) => void, reset: ((id: number) => void) | null }} props */
function Choice({ table, draw, reset }) {
  const words = standing(table);
  const isOut = table.left === 0;
  const begun = !table.with_replacement && table.rows !== table.left;
  return html`
    <li>
      <span class="tables-sheet__what"><b>${table.name}</b>${words && html`<small>${words}</small>`}</span>
      ${reset && begun && html`<button type="button" class="btn btn--quiet" onClick=${() => reset(table.id)}>Reset<span class="visually-hidden"> ${table.name}</span></button>`}
      <button type="button" class="btn" disabled=${isOut} onClick=${() => draw(table.id)}>Draw<span class="visually-hidden"> from ${table.name}</span></button>
    </li>`;
}
