import { html } from "./html.js";

const place = /** @type {HTMLElement | null} */ (globalThis.document?.querySelector("[data-icons]") ?? null);
const sprite = place?.dataset.icons ?? "";

/**
 * A picture beside words; where it stands alone, its control carries the name.
 *
 * @param {{ name: string, size?: "sm" | "lg" }} props
 */
export function Icon({ name, size }) {
  const names = size ? `icon icon--${size}` : "icon";
  return html`<svg class=${names} aria-hidden="true"><use href=${`${sprite}#i-${name}`} /></svg>`;
}

/**
 * The empty face of a die, for a number to stand in.
 *
 * @param {{ sides: number }} props
 */
export function Face({ sides }) {
  const drawn = [4, 6, 8, 10, 12, 20].includes(sides) ? sides : 10;
  return html`<svg aria-hidden="true"><use href=${`${sprite}#f-d${drawn}`} /></svg>`;
}
