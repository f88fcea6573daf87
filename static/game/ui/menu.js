import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Icon } from "./icon.js";

/**
 * @typedef {{ icon: string, label: string, key?: string, href?: string | undefined, act?: () => void }} Item a link, or
 *   what it does; `key` does it, too
 */

/**
 * A button with a menu under it, walked through with the arrow keys.
 *
 * @param {{ name: string, label: string, groups: Item[][] }} props `name` of the button, `label` of the menu
 */
export function Menu({ name, label, groups }) {
  const [open, setOpen] = useState(false);
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const items = () =>
    /** @type {HTMLElement[]} */ ([...(root.current?.querySelectorAll("[role=menuitem]") ?? [])]);
  const close = () => {
    setOpen(false);
    /** @type {HTMLElement | null | undefined} */ (root.current?.querySelector("button"))?.focus();
  };
  useEffect(() => {
    if (!open) return;
    items()[0]?.focus();
    const away = (/** @type {Event} */ { target }) => {
      if (!root.current?.contains(/** @type {Node} */ (target))) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [open]);
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (!open) return;
    const all = items();
    const now = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return setOpen(false);
    else if (to !== undefined) all.at(to % all.length)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = (/** @type {() => void} */ act) => () => {
    close();
    act();
  };
  return html`
    <div class="menu-place" ref=${root} onKeyDown=${press}>
      <button
        type="button" class="btn btn--quiet btn--icon" aria-label=${name} aria-haspopup="menu" aria-expanded=${open}
        onClick=${() => setOpen(!open)}
      >
        <${Icon} name="more" />
      </button>
      ${open && html`<${Items} label=${label} groups=${groups} choose=${choose} />`}
    </div>`;
}

/** @param {{ label: string, groups: Item[][], choose: (act: () => void) => () => void }} props */
function Items({ label, groups, choose }) {
  return html`
    <div class="menu" role="menu" aria-label=${label}>
      ${groups.map(
        (items, index) => html`
        ${index > 0 && html`<hr />`}
        ${items.map((item) => html`<${Entry} key=${item.label} item=${item} choose=${choose} />`)}
      `,
      )}
    </div>`;
}

/** @param {{ item: Item, choose: (act: () => void) => () => void }} props */
function Entry({ item: { icon, label, key, href, act }, choose }) {
  if (act === undefined)
    return html`<a role="menuitem" tabindex="-1" href=${href}><${Icon} name=${icon} />${label}</a>`;
  return html`
    <button type="button" role="menuitem" tabindex="-1" onClick=${choose(act)}>
      <${Icon} name=${icon} />${label}${key && html` <kbd class="push">${key}</kbd>`}
    </button>`;
}
