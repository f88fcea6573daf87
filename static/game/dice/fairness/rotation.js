import { html } from "../../ui/html.js";

/**
 * The button for a new secret, which reveals the one in use.
 *
 * @param {{ rotate: () => void }} props
 */
export function Rotation({ rotate }) {
  return html`
    <div class="proof-sheet__form">
      <button type="button" class="btn btn--sm" onClick=${rotate}>New secret</button>
      <p class="quiet">This reveals the secret to everybody. The next dice use a new one.</p>
    </div>`;
}
