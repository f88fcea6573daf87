/** What a DM does with a session over HTTP. */

/**
 * End it for everybody; the table hears of it as all others do.
 *
 * @param {string} url
 * @param {string} csrf
 * @returns {Promise<void>} rejects with words for a person
 */
export async function endSession(url, csrf) {
  const answer = await fetch(url, { method: "POST", headers: { "X-CSRFToken": csrf } }).catch(() => {
    throw new Error("The server can’t be reached. The session goes on. Try again.");
  });
  // The page of the campaign comes back; to somebody who is signed out, the one to sign in.
  if (answer.ok && url.startsWith(new URL(answer.url).pathname)) return;
  throw new Error("The server refused. You may be signed out, or no longer a DM of this campaign.");
}
