// What is known of the table, and what a subject gives to it.

import type {
  ClientEvents,
  Command,
  Player,
  Refused,
  ServerEvents,
  ServerFrame,
  Snapshot,
  Status,
} from "../client/types.d.ts";
import type { Figure } from "../ui/sigils.js";
import type { Table, tableCommands } from "./table.js";

/** One line of the log: `key` is unique in it. */
export interface Line {
  key: string;
  frame: ServerFrame;
}

/** All that one knows of the table; only `apply` makes a new one. Subjects add their parts. */
export interface State {
  sessionId: number | null;
  campaignId: number | null;
  createdAt: string | null;
  inRoom: boolean;
  me: Player | null;
  players: Player[];
  /** The user ids of those whose line is cut, and who may come back. */
  reconnecting: number[];
  /** The live end of the log. */
  log: Line[];
  /** Earlier lines stand below this seq; null when there are none. */
  before: number | null;
  /** The session is over: it can be read, and takes no commands. */
  ended: boolean;
  seq: number;
  /** Lines above this seq came as they happened; the others one found on joining or coming back. */
  live: number;
  epoch: string | null;
  /** How many events the last return brought; null after a fresh start. */
  missed: number | null;
  errors: ServerEvents["error"][];
  /** How many lines without a seq there were: their keys. */
  notes: number;
}

/** A stretch of the log. `before`: earlier lines stand below this seq; null at the log's beginning. */
export interface Reading {
  lines: Line[];
  before: number | null;
  /** Later lines stand above this seq; null at the live end. */
  after: number | null;
}

/** What the page was given by the server: names and addresses, by their names in its data attributes. */
export type Place = { readonly [name: string]: string | undefined };

export type Character = { id: number; name: string };

/** The table as a view has it: what `useGameSocket` returns, without what subjects add. */
export type SeatedTable = ReturnType<typeof tableCommands> & {
  isConnected: boolean;
  players: Player[];
  reading: Reading;
  status: Status;
  pending: Command[];
  refused: Refused[];
};

/** Somebody at the table, as the parts of the page are told. `Part`, `Sends`: what the subject itself adds to it. */
export interface Seat<Part = object, Sends = object> {
  table: SeatedTable & Sends;
  state: State & Part;
  subjects: Subjects;
  /** What the subjects keep for this seat, by their names. */
  owns: { [subject: string]: unknown };
  userId: number;
  role: string;
  isDm: boolean;
  /** Whether one may speak and roll. */
  mayPlay: boolean;
  phone: boolean;
  place: Place;
  /** The campaign's characters. */
  cast: Figure[];
  /** The user's own. */
  characters: Character[];
  characterId: number | null;
  playAs: (id: number) => void;
  /** The panel that is shown. */
  panel: string;
  show: (panel: string) => void;
  /** Whether the newest line of the log is in view. */
  atEnd: boolean;
  lookAtEnd: (atEnd: boolean) => void;
  /** Lines that came since one looked. */
  unread: number;
  /** Above this seq the log is new since the last visit; null when nothing is. */
  newAfter: number | null;
  /** Do what a typed line asks for; false when it was refused, and given back with the reason. */
  speak: (line: string) => boolean;
}

/** Where a subject may stand on the page. */
export type Slot =
  /** at the stage's top */
  | "stage"
  /** in the scene's picture */
  | "scene"
  /** below the scene */
  | "narration"
  /** over the stage, for a moment */
  | "over"
  /** a bar of buttons, at the stage's end or above the dice */
  | "bar"
  /** where one writes */
  | "say"
  /** where one rolls */
  | "roll"
  /** at the end of where one rolls */
  | "tray"
  /** dialogs */
  | "sheets";

/**
 * How an event stands in the log. `speech`: under its speaker's name. `apart`: by itself. `note`: small, with its icon;
 * `view` gives its words. `mine`: one did it oneself.
 */
export interface LineView<E extends keyof ServerEvents> {
  as: "speech" | "apart" | "note";
  view: (data: ServerEvents[E], about: { mine: boolean; seq: number }) => unknown;
}

/** What became of dice, as the list of rolls shows it. `of`: it was hidden, at this place in the log. */
export interface Listed {
  player: Player;
  of?: number;
  view: (again: (formula: string) => void) => unknown;
}

/** How an event is listed among the rolls. `reveals`: what it shows stands in the log elsewhere, too. */
export interface Listing<E extends keyof ServerEvents> {
  row: (data: ServerEvents[E]) => Listed;
  reveals?: true;
}

/** Rolls whose outcome an event is the first to tell. `knew`: one saw it before. */
export interface Told {
  roller: Player;
  rolls: object[];
  knew?: (me: Player) => boolean;
}

/** An entry of the session's menu: a link, or what it does. `about` says beside what it stands. */
export type MenuItem = { icon: string; label: string; about: "campaign" | "leaving" } & (
  | { href: string | undefined }
  | { act: () => void }
);

type View<Part, Sends, Own> = (props: { seat: Seat<Part, Sends>; own: Own }) => unknown;

/**
 * All that a subject gives. `E`: events of the server that are its own; `C`: what it says to the server; `Part`: its
 * part of the state; `Sends`: what it adds to `useGameSocket`; `Own`: what it keeps for a seat. (`object` stands for
 * nothing: of `{}` and `unknown` JSDoc makes `any`.)
 *
 * Each of the first tables has all of its events: `null` says that there is nothing to tell or to do.
 */
export interface Subject<
  E extends keyof ServerEvents = never,
  C extends keyof ClientEvents = never,
  Part = object,
  Sends = object,
  Own = undefined,
> {
  /** The folder's name; its panel's, too. */
  name: string;
  /** What an event changes, besides the log: what has a line is written there. */
  reducers: {
    [K in E]: ((state: State & Part, data: ServerEvents[K], frame: ServerFrame) => State & Part) | null;
  };
  /** How it stands in the log. */
  lines: { [K in E]: LineView<K> | null };
  /** The picture beside a note. */
  icons: { [K in E]: string | ((data: ServerEvents[K]) => string) | null };
  /** How it is told to those who do not see the table. */
  sentences: { [K in E]: ((data: ServerEvents[K]) => string) | null };
  /** Whether it counts as an unread line. */
  counts: { [K in E]: true | null };
  /** What one reads of a command that is on its way. */
  outgoing: { [K in C]: ((data: ClientEvents[K]) => string) | null };
  /** Brings a refused command back to where it was written. */
  drafts: { [K in C]: ((data: ClientEvents[K], own: Own, seat: Seat<Part, Sends>) => void) | null };

  /** Its part of the state: before anything is known, and as a snapshot tells it. */
  state?: { initial: Part; restore: (snapshot: Snapshot) => Part };
  /** What it adds to `useGameSocket`. */
  sends?: (table: Table) => Sends;
  /** What it does at the table by itself. */
  attend?: (table: Table) => Attendant<Part>;
  /** Events that tell even their own sender something new. */
  surprises?: E[];
  /** Told each line of a log in turn, says whether it tells nothing new. */
  repeats?: () => (frame: ServerFrame) => boolean;
  /** Events that the list of rolls shows. */
  listed?: { [K in E]?: Listing<K> };
  /** Events that tell how dice fell. */
  told?: { [K in E]?: (data: ServerEvents[K]) => Told };

  /** A hook: what it keeps for a seat. Called with each drawing of the page. */
  use?: (seat: Seat<Part, Sends>) => Own;
  /** What it tells to everything on the page, as providers of contexts around it. */
  around?: (props: { seat: Seat<Part, Sends>; own: Own; children?: unknown }) => unknown;
  views?: { [S in Slot]?: View<Part, Sends, Own> };
  /** `label` stands on the tab; `short` and `place`, from the left, are of a phone's dock. */
  panel?: { label: string; short: string; icon: string; place: number; view: View<Part, Sends, Own> };
  menu?: (seat: Seat<Part, Sends>, own: Own) => MenuItem[];
  /** A word on the first visit, for a role. */
  hints?: { [role: string]: [name: string, words: string] };
  /** What is typed with a slash; answers with why nothing was done. */
  slash?: { [name: string]: (words: string, seat: Seat<Part, Sends>, own: Own) => string | undefined };
  /** What becomes of a line without a slash, and of one that was refused. One subject has it. */
  speech?: {
    say: (line: string, seat: Seat<Part, Sends>, own: Own) => void;
    giveBack: (line: string, why: string, seat: Seat<Part, Sends>, own: Own) => void;
  };
  /** Keys that act from anywhere at the table, and how the list of keys tells them. */
  keys?: {
    help: [keys: string[], does: string, dmOnly?: boolean][];
    actions?: (seat: Seat<Part, Sends>, own: Own) => { [key: string]: (() => void) | undefined };
  };
}

/** `changed` is told each new state; `expects` says of a refused command that it is nobody's business. */
export interface Attendant<Part> {
  changed: (state: State & Part) => void;
  expects: (refused: Refused) => boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: each has its own, and nobody below asks which
export type AnySubject = Subject<any, any, any, any, any>;

/** The subjects put together: their tables, by event. */
export interface Subjects<L extends readonly AnySubject[] = readonly AnySubject[]> {
  list: L;
  initial: object;
  restore: (snapshot: Snapshot) => object;
  reducers: Entries<AnySubject["reducers"]>;
  lines: TableOf<L, "lines">;
  icons: Entries<AnySubject["icons"]>;
  sentences: Entries<AnySubject["sentences"]>;
  counts: Entries<AnySubject["counts"]>;
  outgoing: TableOf<L, "outgoing">;
  listed: Entries<NonNullable<AnySubject["listed"]>>;
  told: Entries<NonNullable<AnySubject["told"]>>;
  surprises: Set<string>;
  sends: (table: Table) => SendsOf<L>;
}

/** What is known of the table with all the subjects' parts. */
export type StateOf<L extends readonly AnySubject[]> = State &
  Together<
    L[number] extends infer S ? (S extends { state?: { initial: infer Part } } ? Giver<Part> : never) : never
  >;

/** What all the subjects add to `useGameSocket`. */
export type SendsOf<L extends readonly AnySubject[]> = Together<
  L[number] extends infer S
    ? S extends { sends?: (table: Table) => infer Sends }
      ? Giver<Sends>
      : never
    : never
>;

type TableOf<L extends readonly AnySubject[], K extends "lines" | "outgoing"> = Together<
  L[number] extends infer S ? (S extends AnySubject ? Giver<S[K]> : never) : never
>;
/** Somebody's share in all that is given. */
type Giver<T> = (share: T) => void;
type Together<G> = [G] extends [Giver<infer All>] ? All : never;
type Entries<T> = { [event: string]: T[keyof T] | undefined };
