import { html } from "../../ui/html.js";

/**
 * The way to a new server seed, which brings the one in use to light.
 *
 * @param {{ rotate: () => void }} props
 */
export function Rotation({ rotate }) {
  return html`
    <div class="proof-sheet__form">
      <button type="button" class="btn btn--sm" onClick=${rotate}>New server seed</button>
      <p class="quiet">This brings the secret number out, for everybody; the dice go on with the next one.</p>
    </div>`;
}
