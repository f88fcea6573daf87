import { html } from "./html.js";

/**
 * The time of day, where one is.
 *
 * @param {{ at: string }} props
 */
export function Time({ at }) {
  const date = new Date(at);
  const hours = String(date.getHours()).padStart(2, "0");
  const minutes = String(date.getMinutes()).padStart(2, "0");
  return html`<time dateTime=${at} title=${date.toLocaleString()}>${hours}:${minutes}</time>`;
}
