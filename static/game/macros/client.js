/** Macros as the server keeps them. */

/** @import { Bar, Laying, Macro } from "./macros.js" */

/** @typedef {{ macrosUrl: string, hotbarUrl: string, csrf: string }} Keeper where they are kept, of one campaign */
/** @typedef {Omit<Macro, "id" | "owner_id">} MacroFields */

const UNREACHED = "The server can’t be reached. Nothing was changed. Try again.";

/**
 * @param {Keeper} keeper
 * @returns {Promise<{ results: Macro[], bars: Bar[] }>}
 */
export function fetchMacros(keeper) {
  return asked(keeper, "GET", keeper.macrosUrl);
}

/**
 * @param {Keeper} keeper
 * @param {number | null} id null: a new one
 * @param {Partial<MacroFields>} fields
 * @returns {Promise<Macro>}
 */
export function saveMacro(keeper, id, fields) {
  if (id === null) return asked(keeper, "POST", keeper.macrosUrl, fields);
  return asked(keeper, "PATCH", `${keeper.macrosUrl}${id}/`, fields);
}

/**
 * @param {Keeper} keeper
 * @param {number} id
 */
export function deleteMacro(keeper, id) {
  return asked(keeper, "DELETE", `${keeper.macrosUrl}${id}/`);
}

/**
 * @param {Keeper} keeper
 * @param {Laying} laying
 * @returns {Promise<{ bars: Bar[] }>} all bars as they are now
 */
export function layOnKeys(keeper, { characterId, slots }) {
  return asked(keeper, "PATCH", keeper.hotbarUrl, { character_id: characterId, slots });
}

/**
 * @param {Keeper} keeper
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<any>} rejects with words for a person
 */
async function asked({ csrf }, method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
    body: body && JSON.stringify(body),
  }).catch(() => {
    throw new Error(UNREACHED);
  });
  if (answer.status === 204) return null;
  const said = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(complaintOf(said) ?? UNREACHED);
  return said;
}

/**
 * @param {unknown} said `{detail}`, or for each field that is wrong a list of what is
 * @returns {string | undefined}
 */
export function complaintOf(said) {
  if (typeof said !== "object" || said === null) return undefined;
  return Object.entries(said)
    .map(([field, words]) =>
      field === "detail" ? String(words) : `${named(field)}: ${[words].flat().join(" ")}`,
    )
    .join(" ");
}

/** @param {string} field */
function named(field) {
  return field.charAt(0).toUpperCase() + field.slice(1).replace("_id", "");
}
