/** @import { RollTable } from "./client.js" */
/** @import { TablesSeat } from "./commands.js" */

import { useContext, useEffect, useState } from "preact/hooks";
import { TheTray } from "../dice/use-tray.js";
import { VisibilityChoice } from "../dice/visibility-choice.js";
import { DialogHead } from "../ui/dialog-head.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Problem } from "../ui/problem.js";
import { useDialog } from "../ui/use-dialog.js";
import { standing } from "./client.js";

/** From so many tables on one can look for a name. */
const MANY = 8;

/**
 * Where one chooses a roll table and draws from it.
 *
 * @param {{ seat: TablesSeat }} props
 */
export function DrawButton({ seat }) {
  const [open, setOpen] = useState(false);
  return html`
    <button
      type="button" class="btn btn--sm btn--quiet push tray__tables" aria-haspopup="dialog"
      onClick=${() => setOpen(true)}
    ><${Icon} name="table" size="sm" />Roll tables</button>
    ${open && html`<${Sheet} seat=${seat} close=${() => setOpen(false)} />`}`;
}

/** @param {{ seat: TablesSeat, close: () => void }} props */
function Sheet({ seat, close }) {
  const { isDm, place } = seat;
  const dialog = useDialog(close);
  const { tables, fetchThem } = useTables(seat);
  const shut = () => dialog.current?.close();
  const address = isDm && place.campaignUrl ? `${place.campaignUrl}tables/` : null;
  const known = Array.isArray(tables);
  return html`
    <dialog class="dialog tables-sheet" ref=${dialog} aria-labelledby="tables-title">
      <${DialogHead} id="tables-title" title="Roll tables" close=${shut} />
      ${tables === null && html`<p role="status">Loading…</p>`}
      ${tables === "failed" && html`<${Failed} again=${fetchThem} />`}
      ${known && tables.length === 0 && html`<${Nothing} isDm=${isDm} address=${address} />`}
      ${known && tables.length > 0 && html`<${Choices} seat=${seat} tables=${tables} shut=${shut} />`}
      ${known && tables.length > 0 && address && html`<${Change} address=${address} />`}
    </dialog>`;
}

/** @param {TablesSeat} seat */
function useTables({ table }) {
  const [tables, setTables] = useState(/** @type {RollTable[] | "failed" | null} */ (null));
  const fetchThem = () => {
    table.fetchTables().then(setTables, () => setTables("failed"));
  };
  useEffect(fetchThem, []);
  return { tables, fetchThem };
}

/** @param {{ seat: TablesSeat, tables: RollTable[], shut: () => void }} props */
function Choices({ seat: { table, isDm, lookAtEnd }, tables, shut }) {
  const { visibility, setVisibility } = useContext(TheTray);
  const [sought, seek] = useState("");
  const draw = (/** @type {number} */ id) => {
    table.drawFromTable(visibility === "public" ? { table_id: id } : { table_id: id, visibility });
    lookAtEnd(true);
    shut();
  };
  const reset = (/** @type {number} */ id) => {
    table.resetTable(id);
    shut();
  };
  const found = tables.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  return html`
    ${tables.length > MANY && html`<${Search} sought=${sought} seek=${seek} />`}
    <ul class="tables-sheet__list">
      ${found.map((one) => html`<${Choice} key=${one.id} table=${one} draw=${draw} reset=${isDm ? reset : null} />`)}
    </ul>
    ${found.length === 0 && html`<p class="quiet">No table with that name.</p>`}
    <${VisibilityChoice} visibility=${visibility} byHand=${false} choose=${setVisibility} />`;
}

/** @param {{ sought: string, seek: (text: string) => void }} props */
function Search({ sought, seek }) {
  return html`
    <label class="field"><span class="visually-hidden">Search the tables</span>
      <input
        type="search" class="input" placeholder="Search the tables"
        value=${sought} onInput=${(/** @type {any} */ { target }) => seek(target.value)}
      />
    </label>`;
}

/** @param {{ again: () => void }} props */
function Failed({ again }) {
  return html`
    <${Problem}>
      The tables could not be loaded.${" "}<button type="button" class="btn btn--sm" onClick=${again}>Try again</button>
    <//>`;
}

/** @param {{ address: string }} props */
function Change({ address }) {
  return html`
    <p><a class="btn btn--sm" href=${address}><${Icon} name="pencil" size="sm" />Edit the tables</a></p>`;
}

const TO_MAKE =
  "Rumours, treasures, a deck of cards: create a table on the campaign’s page, and draw from it here.";
const TO_WAIT = "The tables that you may draw from will appear here.";

/** @param {{ isDm: boolean, address: string | null }} props `address`: where one may make a table */
function Nothing({ isDm, address }) {
  return html`
    <div class="empty">
      <${Icon} name="table" />
      <h3>No roll tables yet</h3>
      <p>${isDm ? TO_MAKE : TO_WAIT}</p>
      ${address && html`<a class="btn btn--primary" href=${address}>Create a table</a>`}
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
      ${reset && begun && html`<${Reset} name=${table.name} act=${() => reset(table.id)} />`}
      <button
        type="button" class="btn" disabled=${isOut} onClick=${() => draw(table.id)}
      >Draw<span class="visually-hidden"> from ${table.name}</span></button>
    </li>`;
}

/** @param {{ name: string, act: () => void }} props */
function Reset({ name, act }) {
  return html`
    <button type="button" class="btn btn--quiet" onClick=${act}>
      Reset<span class="visually-hidden"> ${name}</span>
    </button>`;
}
