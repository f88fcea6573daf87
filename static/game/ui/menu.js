/** @import { Place } from "../page/top-bar.js" */

import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Icon } from "./icon.js";

/** @param {{ place: Place, showKeys: () => void, switchTheme: () => void, dark: boolean, endSession: (() => void) | null }} props */
export function Menu({ place, showKeys, switchTheme, dark, endSession }) {
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
      <button type="button" class="btn btn--quiet btn--icon" aria-label="Session menu" aria-haspopup="menu" aria-expanded=${open} onClick=${() => setOpen(!open)}>
        <${Icon} name="more" />
      </button>
      ${
        open &&
        html`<div class="menu" role="menu" aria-label="Session">
          <button type="button" role="menuitem" tabindex="-1" onClick=${choose(showKeys)}><${Icon} name="keyboard" />Keys <kbd class="push">?</kbd></button>
          <button type="button" role="menuitem" tabindex="-1" onClick=${choose(switchTheme)}><${Icon} name=${dark ? "sun" : "moon"} />${dark ? "Light" : "Dark"}</button>
          <hr />
          <a role="menuitem" tabindex="-1" href=${place.campaignUrl}><${Icon} name="people" />The campaign</a>
          <a role="menuitem" tabindex="-1" href=${place.luckUrl}><${Icon} name="star" />Luck</a>
          <hr />
          ${endSession && html`<button type="button" role="menuitem" tabindex="-1" onClick=${choose(endSession)}><${Icon} name="lock" />End the session</button>`}
          <a role="menuitem" tabindex="-1" href=${place.lobbyUrl}><${Icon} name="door" />Leave the table</a>
        </div>`
      }
    </div>`;
}
