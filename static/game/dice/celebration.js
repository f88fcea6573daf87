import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { html } from "../ui/html.js";
import { Face, Icon } from "../ui/icon.js";

/**
 * What is being celebrated, or nothing.
 *
 * @type {import("preact").Context<import("./celebrations.js").Celebration | null>}
 */
export const Celebrating = createContext(/** @type {any} */ (null));

/**
 * What lies over the stage, on a phone over any panel, for a moment. The log tells it in words, so nobody needs to
 * hear it twice.
 */
export function Celebration() {
  const celebration = useContext(Celebrating);
  if (celebration === null) return null;
  const { key, outcome, icon, words, name, secret, die } = celebration;
  return html`
    <div class="celebration" key=${key} data-outcome=${outcome} data-secret=${secret || undefined} aria-hidden="true">
      <span class="celebration__die" data-die=${die.sides}>
        <svg class="celebration__rays" viewBox="0 0 64 64">
          ${RAYS[outcome].map((path) => html`<path d=${path} />`)}
        </svg>
        <${Face} sides=${die.sides} /><b>${String(die.value).replace("-", "−")}</b>
      </span>
      <p><strong><${Icon} name=${icon} />${words}</strong><span>${name}</span></p>
    </div>`;
}

/** Rays that leave the die, and splinters that fall from it. */
const RAYS = {
  crit: [
    "M32 9V2",
    "M48.3 15.7l4.9-4.9",
    "M55 32h7",
    "M48.3 48.3l4.9 4.9",
    "M32 55v7",
    "M15.7 48.3l-4.9 4.9",
    "M9 32H2",
    "M15.7 15.7l-4.9-4.9",
  ],
  fumble: ["M18 52l-3 6h5z", "M32 55l-2 7h5z", "M45 51l2 6 3-5z"],
};
