/** Buttons that copy what stands in a field: by the clipboard where the browser has one, else by the selection. */

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (button instanceof HTMLButtonElement) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy ?? ""));
  field.focus();
  field.select();
  const done = await toClipboard(field.value);
  const said = document.querySelector("[data-copied]");
  if (said)
    said.textContent = done ? "Copied." : "It is selected. Press Ctrl+C, or hold it down and choose Copy.";
}

/**
 * @param {string} text also the current selection
 * @returns {Promise<boolean>}
 */
async function toClipboard(text) {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
    // On plain HTTP there is no clipboard; this still copies the selection.
    return document.execCommand("copy");
  } catch {
    return false;
  }
}
