/** @import { Place } from "../table/types.d.ts" */

import { farewell } from "../table/connection.js";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

/**
 * The whole page, when the server will not have one back as things are.
 *
 * @param {{ code: number | undefined, place: Place, connect: () => void }} props
 */
export function Closed({ code, place: { signInUrl, lobbyUrl }, connect }) {
  const { title, text, way } = farewell(code);
  const strength = way === "lobby" ? "btn btn--primary" : "btn btn--quiet";
  return html`
    <main class="closed">
      <div class="empty" role="alert">
        <${Icon} name="door" />
        <h2>${title}</h2>
        <p>${text}</p>
        ${way === "sign-in" && html`<a class="btn btn--primary" href=${signInUrl}>Sign in</a>`}
        ${
          way === "again" &&
          html`<button type="button" class="btn btn--primary" onClick=${connect}>Reconnect</button>`
        }
        ${way !== "sign-in" && html`<a class=${strength} href=${lobbyUrl}>Your campaigns</a>`}
      </div>
    </main>`;
}
