/**
 * The log: all of it to scroll through, of which only what is near the view is in the page.
 *
 * @import { Row } from "./rows.js"
 * @import { Line, Subjects } from "./types.d.ts"
 */

import { createContext } from "preact";
import { useContext, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { useMedia } from "../ui/use-media.js";
import { LogLine } from "./log-line.js";
import { speakerOf } from "./rows.js";
import { near, rowAt, tops } from "./virtual-rows.js";

/** So close to the end counts as there, in CSS pixels. */
const AT_END = 48;
/** So many views from an edge the next page is fetched. */
const EDGE = 4;

/**
 * The key of a line that stands out for a moment.
 *
 * @type {import("preact").Context<string | null>}
 */
export const Celebrated = createContext(/** @type {any} */ (null));

/**
 * @typedef {{
 *   rows: Row[],
 *   subjects: Subjects,
 *   me: number,
 *   before: number | null,
 *   after: number | null,
 *   loadEarlier: () => Promise<void>,
 *   loadLater: () => Promise<void>,
 *   atEnd: boolean,
 *   lookAtEnd: (atEnd: boolean) => void,
 *   silent: boolean,
 *   children?: unknown,
 * }} Props `atEnd`: keep the newest line in view; `silent`: there is nothing to show yet;
 *   `children` stand below the newest line
 */

/** @param {Props} props */
export function Log(props) {
  const { rows, subjects, me, before, after, silent } = props;
  const view = useRef(/** @type {HTMLElement | null} */ (null));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const latest = useRef(props);
  latest.current = props;
  const edges = useEdges(latest, view);
  const { from, to, above, below, onScroll } = useStretch(latest, view, list, edges.fill);
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "End") return;
    event.preventDefault();
    props.lookAtEnd(true);
  };
  return html`
    <div
      class="log" ref=${view} hidden=${silent} onScroll=${onScroll} onKeyDown=${press}
      tabindex="0" role="log" aria-live="off" aria-label="Session log"
    >
      <${Edge} before=${before} edges=${edges} />
      <ol ref=${list} style=${{ paddingTop: `${above}px`, paddingBottom: `${below}px` }}>
        ${rows
          .slice(from, to)
          .map((row) => html`<${LogRow} key=${row.key} row=${row} me=${me} subjects=${subjects} />`)}
      </ol>
      ${after === null && props.children}
    </div>`;
}

/** @param {{ row: Row, me: number, subjects: Subjects }} props */
function LogRow({ row, me, subjects }) {
  if (row.kind === "new") return html`<li class="divider">New since you left</li>`;
  if (row.kind === "day") {
    const day = new Date(row.at).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
    return html`<li class="system">${day}</li>`;
  }
  return html`<${Entry} line=${row.line} head=${row.head} me=${me} subjects=${subjects} />`;
}

/** @param {{ line: Line, head: boolean, me: number, subjects: Subjects }} props */
function Entry({ line, head, me, subjects }) {
  const celebrated = useContext(Celebrated) === line.key;
  const { event, seq } = line.frame;
  const mine = speakerOf(line.frame)?.user_id === me;
  return html`
    <li
      data-event=${event} data-seq=${seq} data-on=${head ? undefined : ""}
      data-celebrated=${celebrated ? "" : undefined}
    >
      <${LogLine} line=${line} head=${head} mine=${mine} subjects=${subjects} />
    </li>`;
}

/** @param {{ before: number | null, edges: ReturnType<typeof useEdges> }} props */
function Edge({ before, edges }) {
  const again =
    edges.failed &&
    html` <button type="button" class="btn btn--sm" onClick=${edges.retry}>Try again</button>`;
  return html`<p class="log__edge">${edgeWords(before, edges.failed)}${again}</p>`;
}

/**
 * @param {number | null} before
 * @param {boolean} failed
 */
function edgeWords(before, failed) {
  if (failed) return "Other lines could not be loaded.";
  return before === null ? "The story begins here." : "Loading earlier lines…";
}

/**
 * Fetches what the view comes near to, one page at a time; after a failure only when asked.
 *
 * @param {{ current: Props }} latest
 * @param {{ current: HTMLElement | null }} view
 */
function useEdges(latest, view) {
  const loading = useRef(false);
  const [failed, setFailed] = useState(false);
  const load = async (/** @type {() => Promise<void>} */ fetch) => {
    loading.current = true;
    try {
      await fetch();
      setFailed(false);
    } catch {
      setFailed(true);
    }
    loading.current = false;
  };
  const fill = () => {
    const scroller = view.current;
    if (scroller === null || loading.current || failed) return;
    const { scrollTop, clientHeight, scrollHeight } = scroller;
    const { before, after, loadEarlier, loadLater } = latest.current;
    if (before !== null && scrollTop < EDGE * clientHeight) load(loadEarlier);
    else if (after !== null && scrollHeight - scrollTop - clientHeight < EDGE * clientHeight) load(loadLater);
  };
  return { fill, failed, retry: () => load(latest.current.loadEarlier) };
}

/**
 * What the log remembers from one drawing to the next: `heights` of rows; `anchor`, the row that one reads;
 * `drawn`, the
 * rows in the page; `shape`, the view's size.
 *
 * @typedef {{ heights: Map<string, number>, anchor: { key: string, offset: number }, drawn: string, shape: string
 *   }} Kept
 */

/**
 * The rows that are in the page, and what stands for those that are not.
 *
 * @param {{ current: Props }} latest
 * @param {{ current: HTMLElement | null }} view
 * @param {{ current: HTMLElement | null }} list
 * @param {() => void} fill
 */
function useStretch(latest, view, list, fill) {
  const { rows, silent, atEnd } = latest.current;
  const [, redraw] = useReducer((/** @type {number} */ count) => count + 1, 0);
  const nothing = { heights: new Map(), anchor: { key: "", offset: 0 }, drawn: "", shape: "" };
  const kept = useRef(/** @type {Kept} */ (nothing)).current;
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const places = tops(keys, kept.heights);
  // Of what is hidden nothing is asked: the answer would cost a layout of the whole page.
  const printed = useMedia("print");
  const [from, to] = printed
    ? [0, rows.length]
    : within(places, silent ? null : view.current, list.current, atEnd);
  kept.drawn = `${from} ${to}`;

  useLayoutEffect(() => {
    const [scroller, items] = [view.current, list.current];
    if (printed || silent || scroller === null || items === null || scroller.clientHeight === 0) return;
    const moved = measure(items, keys.slice(from, to), kept.heights);
    const now = moved ? tops(keys, kept.heights) : places;
    const wanted = atEnd ? scroller.scrollHeight : anchored(kept.anchor, keys, now, items.offsetTop);
    if (wanted !== null && Math.abs(scroller.scrollTop - wanted) > 1) scroller.scrollTop = wanted;
    kept.shape = shapeOf(scroller);
    if (moved || within(now, scroller, items, atEnd).join(" ") !== kept.drawn) redraw(undefined);
    fill();
  });
  useEffect(() => onResize(view.current, kept.heights, () => redraw(undefined)), []);

  const onScroll = () => {
    const [scroller, items] = [view.current, list.current];
    if (scroller === null || items === null || scroller.clientHeight === 0) return;
    const seen = scrolled(scroller, items, keys, kept, latest.current);
    if (seen !== "same") redraw(undefined);
    if (seen !== "resized") fill();
  };
  const above = places[from] ?? 0;
  const below = (places[places.length - 1] ?? 0) - (places[to] ?? 0);
  return { from, to, above, below, onScroll };
}

/**
 * Note where one reads now, and tell whether that is the end.
 *
 * @param {HTMLElement} scroller
 * @param {HTMLElement} items
 * @param {string[]} keys
 * @param {Kept} kept
 * @param {Props} props
 * @returns {"resized" | "moved" | "same"} `moved`: other rows are to be drawn
 */
function scrolled(scroller, items, keys, kept, { atEnd: was, after, lookAtEnd }) {
  const now = tops(keys, kept.heights);
  const top = scroller.scrollTop - items.offsetTop;
  // Not the first: it loses its speaker's name, and some height, when the same speaker's earlier lines come.
  const row = Math.max(rowAt(now, top), Math.min(1, keys.length - 1));
  kept.anchor = { key: keys[row] ?? "", offset: top - (now[row] ?? 0) };
  // A view that changed its size scrolls by itself; a reader at the end stays there.
  if (was && shapeOf(scroller) !== kept.shape) return "resized";
  const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  const atEnd = left < AT_END && after === null;
  if (atEnd !== was) lookAtEnd(atEnd);
  return within(now, scroller, items, atEnd).join(" ") === kept.drawn ? "same" : "moved";
}

/** @param {HTMLElement} view */
function shapeOf({ clientWidth, clientHeight, scrollHeight }) {
  return `${clientWidth} ${clientHeight} ${scrollHeight}`;
}

/**
 * The rows to draw.
 *
 * @param {Float64Array} places
 * @param {HTMLElement | null} view
 * @param {HTMLElement | null} list
 * @param {boolean} atEnd
 * @returns {[from: number, to: number]}
 */
function within(places, view, list, atEnd) {
  const height = view?.clientHeight || 800;
  const end = places[places.length - 1] ?? 0;
  if (atEnd || view === null || list === null) return near(places, end - height, height);
  return near(places, view.scrollTop - list.offsetTop, height);
}

/**
 * @param {HTMLElement} items
 * @param {string[]} keys of the items, in their order
 * @param {Map<string, number>} heights changed to what was measured
 * @returns {boolean} whether anything was not as it was thought to be
 */
function measure(items, keys, heights) {
  let moved = false;
  for (const [index, key] of keys.entries()) {
    const height = items.children[index]?.getBoundingClientRect().height ?? 0;
    if (Math.abs((heights.get(key) ?? -1) - height) < 0.5) continue;
    heights.set(key, height);
    moved = true;
  }
  return moved;
}

/**
 * Where to scroll to so that the line one was reading stays where it is; null when it is gone.
 *
 * @param {{ key: string, offset: number }} anchor
 * @param {string[]} keys
 * @param {Float64Array} places
 * @param {number} start of the list in the view's content
 */
function anchored({ key, offset }, keys, places, start) {
  const row = keys.indexOf(key);
  return row === -1 ? null : start + (places[row] ?? 0) + offset;
}

/**
 * Another width makes other heights; so do fonts that come late.
 *
 * @param {HTMLElement | null} view
 * @param {Map<string, number>} heights
 * @param {() => void} changed
 */
function onResize(view, heights, changed) {
  if (view === null) return;
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (view.clientWidth !== width && view.clientWidth !== 0) {
      width = view.clientWidth;
      heights.clear();
    }
    changed();
  });
  observer.observe(view);
  document.fonts?.ready.then(changed);
  return () => observer.disconnect();
}
