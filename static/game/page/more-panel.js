/** @import { Item } from "../ui/menu.js" */
/** @import { Seat } from "../table/types.d.ts" */

import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Players } from "./players.js";

/**
 * What a phone has no room for elsewhere.
 *
 * @param {{ seat: Seat, menu: { page: Item[], campaign: Item[], leaving: Item[] } }} props
 */
export function MorePanel({ seat: { state, userId, show }, menu: { page, campaign, leaving } }) {
  const stage = { icon: "scene", label: "Scene", act: () => show("stage") };
  const items = [stage, ...page.toReversed(), ...campaign, ...leaving];
  return html`
    <div class="panel__scroll" tabindex="0">
      <ul class="list list--tight">
        ${items.map((item) => html`<li key=${item.label}><${Entry} ...${item} /></li>`)}
      </ul>
      <section class="section" data-region="players" tabindex="-1">
        <${Players} players=${state.players} reconnecting=${state.reconnecting} me=${userId} />
      </section>
    </div>`;
}

/** @param {Item} props */
function Entry({ icon, label, href, act }) {
  const words = html`<${Icon} name=${icon} /><b>${label}</b>`;
  if (act === undefined) return html`<a class="entry" href=${href}>${words}</a>`;
  return html`<button type="button" class="entry" onClick=${act}>${words}</button>`;
}
