/** The button in the bar changes the theme without leaving the page, which may show what is shown only once. */

import { switchTheme } from "./theme.js";

for (const form of document.querySelectorAll("form.theme")) {
  if (form instanceof HTMLFormElement) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      switchTheme({ url: form.action, csrf: form.dataset.csrf ?? "" });
    });
  }
}
