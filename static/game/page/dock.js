import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

/** @type {[name: string, icon: string, label: string][]} */
const PLACES = [
  ["chat", "chat", "Chat"],
  ["dice", "d20", "Dice"],
  ["combat", "sword", "Combat"],
  ["characters", "person", "Characters"],
  ["more", "more", "More"],
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
        ([name, icon, label]) => html`
          <button key=${name} type="button" aria-current=${name === current ? "page" : undefined} onClick=${() => show(name)}>
            <${Icon} name=${icon} />${label}
            ${name === "chat" && unread !== "" && html`<span class="count">${unread}<span class="visually-hidden"> new</span></span>`}
          </button>`,
      )}
    </nav>`;
}
