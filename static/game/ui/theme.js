/** Dark or light: the system's choice until somebody makes another. */

/** @returns {"dark" | "light"} the one in use */
export function currentTheme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "dark" || chosen === "light") return chosen;
  return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
}

/**
 * Change to the other one; the profile keeps it.
 *
 * @param {{ url: string, csrf: string }} profile where it is told
 */
export async function switchTheme({ url, csrf }) {
  const theme = currentTheme() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try {
    await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: { "X-CSRFToken": csrf },
      body: new URLSearchParams({ theme }),
    });
  } catch {
    // Offline: it holds for this visit.
  }
}
