import { html } from "./html.js";
import { Icon } from "./icon.js";

/**
 * What went wrong, said at once to those who listen.
 *
 * @param {{ children?: unknown }} props
 */
export function Problem({ children }) {
  return html`<p class="field__error" role="alert"><${Icon} name="warn" size="sm" />${children}</p>`;
}
