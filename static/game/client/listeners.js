/**
 * Who wants to be told what. A listener that throws keeps nobody else from hearing.
 *
 * @template {object} News what each name's listeners are given
 */
export class Listeners {
  /** @type {Map<keyof News, Set<(news: any) => void>>} */
  #byName = new Map();

  /**
   * @template {keyof News} N
   * @param {N} name
   * @param {(news: News[N]) => void} listener
   * @returns {() => void} takes it away again
   */
  add(name, listener) {
    const listeners = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * @template {keyof News} N
   * @param {N} name
   * @param {News[N]} news
   */
  tell(name, news) {
    for (const listener of [...(this.#byName.get(name) ?? [])]) {
      try {
        listener(news);
      } catch (error) {
        console.error(error);
      }
    }
  }
}
