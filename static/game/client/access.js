/** The server looked at the refresh token and would not have it: signing in is the only way on. */
export class SignInNeeded extends Error {}

/**
 * A new access token for a refresh token.
 *
 * @param {string} origin for example `https://play.example`
 * @param {string} refresh
 * @returns {Promise<string>} rejects with SignInNeeded, or with whatever kept the question from being answered
 */
export async function refreshAccess(origin, refresh) {
  const answer = await fetch(`${origin}/api/token/refresh/`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ refresh }),
  });
  if (answer.status === 400 || answer.status === 401)
    throw new SignInNeeded("The refresh token was refused.");
  if (!answer.ok) throw new Error(`The token was not refreshed: ${answer.status}.`);
  return (await answer.json()).access;
}

/** Who one is: the access token in use, and the way to a new one. */
export class Access {
  #renewal;
  #renewed = false;

  /**
   * @param {string | undefined} token none: the session cookie
   * @param {(() => Promise<string>) | undefined} renewal brings a new one
   */
  constructor(token, renewal) {
    this.token = token;
    this.#renewal = renewal;
  }

  /** Whether it is worth asking for a new token: once, until one was let in. */
  get renewable() {
    return this.#renewal !== undefined && !this.#renewed;
  }

  /** The server let one in. */
  accepted() {
    this.#renewed = false;
  }

  /** Ask for a new token; rejects as the renewal does. */
  async renew() {
    this.token = await this.#renewal?.();
    this.#renewed = true;
  }
}
