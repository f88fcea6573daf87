/** @import { Seat } from "../table/types.d.ts" */

import { Slot } from "../table/seat.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

/**
 * The boxes for writing and rolling, for players and DMs.
 *
 * @param {{ seat: Seat }} props
 */
export function SayAndRoll({ seat: { state, role, isDm, phone, place } }) {
  if (state.ended) return html`<${Ended} campaignUrl=${isDm ? place.campaignUrl : undefined} />`;
  if (role === "spectator")
    return html`<${Aside} icon="eye">You’re watching. Spectators can’t chat or roll.<//>`;
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
      <span>This session has ended. You can read it, but it takes no more messages.${reopen}</span>
    <//>`;
}

/** @param {{ icon: string, children?: unknown }} props */
function Aside({ icon, children }) {
  return html`
    <p class="composer aside" data-region="composer" tabindex="-1"><${Icon} name=${icon} />${children}</p>`;
}
