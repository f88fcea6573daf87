/** @import { Item } from "../ui/menu.js" */
/** @import { Seat } from "../table/types.d.ts" */

import { countOf } from "../table/use-unread.js";
import { html } from "../ui/html.js";
import { Panel, Tabs } from "../ui/tabs.js";
import { Hint } from "./hint.js";
import { MorePanel } from "./more-panel.js";
import { HOME, panels } from "./panels.js";
import { SayAndRoll } from "./say-and-roll.js";

/**
 * The panels, one at a time, and below them where one writes and rolls.
 *
 * @param {{ seat: Seat, menu: { page: Item[], campaign: Item[], leaving: Item[] } }} props
 */
export function Side({ seat, menu }) {
  const { panel, show, phone, unread, state, owns } = seat;
  const shown = phone || panels.some(({ name }) => name === panel) ? panel : HOME;
  const count = unread > 0 ? countOf(unread) : "";
  const tabs = panels.map(({ name, label }) => [name, label, name === HOME ? count : ""]);
  return html`
    <section class="side" data-region="panel" aria-label="Chat and tools">
      ${!phone && html`<${Tabs} tabs=${tabs} shown=${shown} show=${show} />`}
      ${panels.map(
        ({ name, label, view }) => html`
          <${Panel} key=${name} name=${name} label=${label} shown=${shown === name} tabbed=${!phone}>
            <${view} seat=${seat} own=${owns[name]} />
          <//>`,
      )}
      ${
        phone &&
        html`<${Panel} name="more" label="More" shown=${shown === "more"} tabbed=${false}>
          <${MorePanel} seat=${seat} menu=${menu} />
        <//>`
      }
      ${shown === HOME && !state.ended && html`<${Hint} seat=${seat} />`}
      <${SayAndRoll} seat=${seat} />
    </section>`;
}
