/** What a browser remembers between visits. One that keeps nothing forgets, and nothing else. */

/**
 * @param {string} name
 * @returns {string | null}
 */
export function recall(name) {
  try {
    return localStorage.getItem(`rollscape.${name}`);
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} value empty: forget it
 */
export function remember(name, value) {
  try {
    if (value === "") localStorage.removeItem(`rollscape.${name}`);
    else localStorage.setItem(`rollscape.${name}`, value);
  } catch {
    // Full or forbidden.
  }
}
