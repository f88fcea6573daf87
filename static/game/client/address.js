/**
 * Where the server is.
 *
 * @typedef {{ sessionId?: number | string, url?: string }} Place `url` is the socket's whole address;
 *   without it, `sessionId` is looked for on the server this page came from
 */

/**
 * The socket's address without who is asking.
 *
 * @param {Place} place
 * @returns {URL}
 */
export function socketAddress({ url, sessionId }) {
  if (url !== undefined) return new URL(url, globalThis.location?.href);
  if (sessionId === undefined) throw new TypeError("A GameSocket needs a sessionId or a url.");
  const { protocol, host } = globalThis.location;
  return new URL(`${protocol === "https:" ? "wss:" : "ws:"}//${host}/ws/game/${sessionId}`);
}

/**
 * The HTTP side of the same server, for example `https://play.example`.
 *
 * @param {URL} socket
 * @returns {string}
 */
export function httpOrigin(socket) {
  return `${socket.protocol === "wss:" ? "https:" : "http:"}//${socket.host}`;
}

const SAFE_PROTOCOL = /^[\w.~+-]+$/;

/**
 * What to open the socket with. The token goes along as a subprotocol, which no log writes down.
 *
 * @param {URL} address
 * @param {string | undefined} token none: the session cookie decides
 * @param {object} asked the query's fields; undefined ones are left out
 * @returns {{ url: string, protocols: string[] }}
 */
export function invitation(address, token, asked) {
  const url = new URL(address);
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
  }
  if (token === undefined) return { url: url.href, protocols: [] };
  if (SAFE_PROTOCOL.test(token)) return { url: url.href, protocols: ["rollscape.v1", `bearer.${token}`] };
  url.searchParams.set("token", token);
  return { url: url.href, protocols: [] };
}
