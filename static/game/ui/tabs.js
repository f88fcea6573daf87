import { useRef } from "preact/hooks";
import { html } from "./html.js";

/**
 * A row of tabs, moved along with the arrow keys.
 *
 * @template {string} Name
 * @param {{
 *   tabs: [name: Name, label: string, count: string][],
 *   shown: Name,
 *   show: (name: Name) => void,
 * }} props `count` may be empty
 */
export function Tabs({ tabs, shown, show }) {
  const press = (/** @type {KeyboardEvent} */ event) => {
    const now = tabs.findIndex(([name]) => name === shown);
    const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    show(next[0]);
    document.getElementById(`tab-${next[0]}`)?.focus();
  };
  return html`
    <div class="tabs" role="tablist" aria-label="Panels" onKeyDown=${press}>
      ${tabs.map(
        ([name, label, count]) => html`
          <button
            key=${name} type="button" class="tab" role="tab" id=${`tab-${name}`} aria-controls=${`panel-${name}`}
            aria-selected=${name === shown} tabindex=${name === shown ? 0 : -1} onClick=${() => show(name)}
          >${label}${count !== "" && html` <${Count} count=${count} />`}</button>`,
      )}
    </div>`;
}

/**
 * How many are new.
 *
 * @param {{ count: string }} props
 */
export function Count({ count }) {
  return html`<span class="count">${count}<span class="visually-hidden"> new</span></span>`;
}

/**
 * @param {{ name: string, label: string, shown: boolean, tabbed: boolean, children?: unknown }} props `tabbed`: it
 *   has a tab
 */
export function Panel({ name, label, shown, tabbed, children }) {
  // Not drawn before it is looked at: the table is there sooner. Once drawn it keeps what was typed into it.
  const looked = useRef(false);
  looked.current ||= shown;
  return html`
    <section
      class="panel" role=${tabbed ? "tabpanel" : undefined} id=${`panel-${name}`} aria-label=${label} hidden=${!shown}
    >${looked.current && children}</section>`;
}
