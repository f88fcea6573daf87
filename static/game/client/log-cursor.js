/** @import { ClientEvents, ServerEvents } from "./types.d.ts" */

/** How far one has read in the session's log. */
export class LogCursor {
  /** @type {number | null} null before the first `room_joined` */
  #seq = null;
  /** @type {string | null} */
  #epoch = null;
  /** @type {number | null} */
  #missing = null;

  get seq() {
    return this.#seq ?? 0;
  }

  /**
   * What `join_room` needs to bring only the rest.
   *
   * @returns {ClientEvents["join_room"]}
   */
  get since() {
    return this.#seq === null ? {} : { since: this.#seq, epoch: this.#epoch ?? undefined };
  }

  /** @param {ServerEvents["room_joined"]} data */
  joined({ seq, epoch, resumed }) {
    this.#epoch = epoch;
    if (!resumed || this.#seq === null) this.#seq = seq;
  }

  /**
   * Read on, if this is the next. `gap`: something before it was lost.
   *
   * @param {number} seq
   * @returns {"next" | "seen" | "gap"}
   */
  read(seq) {
    if (seq <= this.seq) return "seen";
    if (seq !== this.seq + 1) return "gap";
    this.#seq = seq;
    return "next";
  }

  /**
   * What to join with after a gap. When the same gap was there after asking before, the log itself has a
   * hole, and only starting afresh helps.
   */
  get repair() {
    const again = this.#missing === this.seq;
    this.#missing = this.seq;
    return again ? {} : this.since;
  }
}
