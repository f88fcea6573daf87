/**
 * The subjects, in the order of their tabs and of what they put on the page. A new subject is added here.
 *
 * @import { ClientEvents, ServerEvents } from "./client/types.d.ts"
 */

import { characters } from "./characters/index.js";
import { chat } from "./chat/index.js";
import { combat } from "./combat/index.js";
import { dice } from "./dice/index.js";
import { macros } from "./macros/index.js";
import { rollTables } from "./roll-tables/index.js";
import { sessions } from "./sessions/index.js";
import { room } from "./table/room.js";
import { together } from "./table/subject.js";

export const subjects = together(
  /** @type {const} */ ([room, chat, combat, characters, dice, rollTables, macros, sessions]),
);

// The type checker names the event that no subject has. A subject's other tables have what these two have.
/** @satisfies {{ [E in keyof ServerEvents]: unknown }} */ (subjects.lines);
/** @satisfies {{ [E in keyof ClientEvents]: unknown }} */ (subjects.outgoing);
