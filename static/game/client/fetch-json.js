/**
 * @typedef {{ origin: string, token: string | undefined }} Server `token`: none where the session cookie says who asks
 */

/**
 * What the server answers over HTTP.
 *
 * @param {Server} server
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} rejects when the server cannot be asked, or refuses
 */
export async function fetchJson({ origin, token }, path, signal) {
  const headers = token === undefined ? undefined : { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${origin}${path}`, { headers, signal });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.json();
}
