import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { Count } from "../ui/tabs.js";
import { HOME, panels } from "./panels.js";

/** @type {{ name: string, icon: string, short: string }[]} */
const PLACES = [
  ...panels.toSorted((one, other) => one.place - other.place),
  { name: "more", icon: "more", short: "More" },
];

/**
 * A phone's way from panel to panel.
 *
 * @param {{ panel: string, show: (panel: string) => void, unread: string }} props
 */
export function Dock({ panel, show, unread }) {
  const current = panel === "stage" ? "more" : panel;
  return html`
    <nav class="dock" aria-label="Table">
      ${PLACES.map(
        ({ name, icon, short }) => html`
          <button
            key=${name} type="button" aria-current=${name === current ? "page" : undefined}
            onClick=${() => show(name)}
          >
            <${Icon} name=${icon} />${short}
            ${name === HOME && unread !== "" && html`<${Count} count=${unread} />`}
          </button>`,
      )}
    </nav>`;
}
