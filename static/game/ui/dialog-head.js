import { html } from "./html.js";

/**
 * A dialog's title, and the button that closes it.
 *
 * @param {{ id: string, title: string, close: () => void }} props
 */
export function DialogHead({ id, title, close }) {
  return html`
    <div class="row">
      <h2 id=${id}>${title}</h2>
      <button type="button" class="btn push" onClick=${close}>Close</button>
    </div>`;
}
