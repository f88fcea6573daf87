/**
 * Commands on their way: kept, in order, until the server has answered each.
 *
 * @import { Command, WritingEvent } from "./types.d.ts"
 */

/** A key for a command, 32 characters. `crypto.randomUUID` does not exist on plain-HTTP pages. */
export function commandId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Every change makes new commands, so that a view can compare them by identity. */
export class Outbox {
  #changed;
  #storage;
  #key;
  /** @type {Map<string, Command>} */
  #commands = new Map();

  /**
   * @param {() => void} changed called after every change
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined} storage where unanswered commands
   *   outlive a reload
   * @param {string} key under which
   */
  constructor(changed, storage, key) {
    this.#changed = changed;
    this.#storage = storage;
    this.#key = key;
    for (const command of this.#restored()) this.#commands.set(command.id, command);
    if (this.#commands.size > 0) this.#store();
  }

  /** @returns {Command[]} oldest first */
  get commands() {
    return [...this.#commands.values()];
  }

  /** @returns {Command | undefined} the oldest that is not done */
  get next() {
    return this.commands.find((command) => command.state !== "acked");
  }

  /**
   * @param {WritingEvent} event
   * @param {object} data
   * @returns {Command}
   */
  add(event, data) {
    /** @type {Command} */
    const command = { id: commandId(), event, data, state: "queued", crashes: 0 };
    this.#commands.set(command.id, command);
    this.#save();
    return command;
  }

  /** @param {string} id */
  sent(id) {
    this.#change(id, { state: "sent" });
  }

  /** @param {string} id */
  requeue(id) {
    this.#change(id, { state: "queued" });
  }

  /**
   * The server broke while it had this command.
   *
   * @param {string} id
   * @returns {number} how many times by now
   */
  crashed(id) {
    const crashes = (this.#commands.get(id)?.crashes ?? 0) + 1;
    this.#change(id, { crashes });
    return crashes;
  }

  /**
   * Done. It stays in sight until the log has come to `seq`, so that its line never vanishes in between.
   *
   * @param {string} id
   * @param {number | undefined} seq its place in the log
   * @param {number} seen how far the log has come
   */
  acked(id, seq, seen) {
    if (seq === undefined || seq <= seen) this.take(id);
    else this.#change(id, { state: "acked", seq });
  }

  /**
   * The log has come to `seq`.
   *
   * @param {number} seq
   */
  arrived(seq) {
    for (const command of this.commands) {
      if (command.state === "acked" && (command.seq ?? 0) <= seq) this.take(command.id);
    }
  }

  /**
   * Take a command out, for good.
   *
   * @param {string} id
   * @returns {Command | undefined}
   */
  take(id) {
    const command = this.#commands.get(id);
    if (this.#commands.delete(id)) this.#save();
    return command;
  }

  /**
   * @param {string} id
   * @param {Partial<Command>} change
   */
  #change(id, change) {
    const command = this.#commands.get(id);
    if (command === undefined) return;
    this.#commands.set(id, { ...command, ...change });
    this.#save();
  }

  #save() {
    this.#store();
    this.#changed();
  }

  #store() {
    const kept = this.commands.filter(({ state }) => state !== "acked");
    try {
      if (kept.length === 0) this.#storage?.removeItem(this.#key);
      else this.#storage?.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Full or forbidden storage costs the lines a reload, and nothing else.
    }
  }

  /** @returns {Command[]} */
  #restored() {
    try {
      /** @type {Command[]} */
      const kept = JSON.parse(this.#storage?.getItem(this.#key) ?? "[]");
      return kept.map((command) => ({ ...command, state: "queued" }));
    } catch {
      return [];
    }
  }
}
