/** @import { Seat } from "../table/types.d.ts" */

import { Slot } from "../table/seat.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

/**
 * Where one writes and rolls; for those who may.
 *
 * @param {{ seat: Seat }} props
 */
export function SayAndRoll({ seat: { state, role, isDm, phone, place } }) {
  if (state.ended) return html`<${Ended} campaignUrl=${isDm ? place.campaignUrl : undefined} />`;
  if (role === "spectator")
    return html`<${Aside} icon="eye">You are watching: only players can speak and roll.<//>`;
  return html`
    <section class="composer" data-region="composer" aria-label="Write and roll">
      <${Slot} name="say" />
      ${phone && html`<${Slot} name="bar" />`}
      <${Slot} name="roll" />
    </section>`;
}

/** @param {{ campaignUrl: string | undefined }} props `campaignUrl`: where it can be opened again */
function Ended({ campaignUrl }) {
  const reopen = campaignUrl && html` <a href=${campaignUrl}>Reopen it on the campaign’s page.</a>`;
  return html`
    <${Aside} icon="lock">
      <span>This session has ended. It can be read, and takes no new lines.${reopen}</span>
    <//>`;
}

/** @param {{ icon: string, children?: unknown }} props */
function Aside({ icon, children }) {
  return html`
    <p class="composer aside" data-region="composer" tabindex="-1"><${Icon} name=${icon} />${children}</p>`;
}
