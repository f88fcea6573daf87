/**
 * The log: all of it to scroll through, of which only what is near the view is in the page.
 *
 * @import { Row } from "./rows.js"
 * @import { Line } from "../client/types.d.ts"
 */

import { useContext, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { Celebrating } from "../dice/celebration.js";
import { html } from "../ui/html.js";
import { LogLine } from "./log-line.js";
import { speakerOf } from "./rows.js";
import { near, rowAt, tops } from "./virtual-rows.js";

/** So close to the end counts as there, in CSS pixels. */
const AT_END = 48;
/** So many views from an edge the next page is fetched. */
const EDGE = 4;

/**
 * @typedef {{
 *   rows: Row[],
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
  const { rows, me, before, after } = props;
  const view = useRef(/** @type {HTMLElement | null} */ (null));
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const [, redraw] = useReducer((/** @type {number} */ count) => count + 1, 0);
  const heights = useRef(/** @type {Map<string, number>} */ (new Map()));
  const anchor = useRef({ key: "", offset: 0 });
  const drawn = useRef("");
  const shape = useRef("");
  const latest = useRef(props);
  latest.current = props;
  const edges = useEdges(latest, view);

  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const places = tops(keys, heights.current);
  // Of what is hidden nothing is asked: the answer would cost a layout of the whole page.
  const [from, to] = within(places, props.silent ? null : view.current, list.current, props.atEnd);
  drawn.current = `${from} ${to}`;

  useLayoutEffect(() => {
    const scroller = view.current;
    const items = list.current;
    if (props.silent || scroller === null || items === null || scroller.clientHeight === 0) return;
    const moved = measure(items, keys.slice(from, to), heights.current);
    const now = moved ? tops(keys, heights.current) : places;
    const wanted = props.atEnd ? scroller.scrollHeight : anchored(anchor.current, keys, now, items.offsetTop);
    if (wanted !== null && Math.abs(scroller.scrollTop - wanted) > 1) scroller.scrollTop = wanted;
    shape.current = shapeOf(scroller);
    const next = within(now, scroller, items, props.atEnd).join(" ");
    if (moved || next !== drawn.current) redraw(undefined);
    edges.fill();
  });
  useEffect(() => onResize(view.current, heights.current, () => redraw(undefined)), []);

  const onScroll = () => {
    const scroller = view.current;
    const items = list.current;
    if (scroller === null || items === null || scroller.clientHeight === 0) return;
    const now = tops(keys, heights.current);
    const top = scroller.scrollTop - items.offsetTop;
    // Not the first: it loses its speaker's name, and some height, when the same speaker's earlier lines come.
    const row = Math.max(rowAt(now, top), Math.min(1, keys.length - 1));
    anchor.current = { key: keys[row] ?? "", offset: top - (now[row] ?? 0) };
    // A view that changed its size scrolls by itself; whoever was at the end stays there.
    if (latest.current.atEnd && shapeOf(scroller) !== shape.current) return redraw(undefined);
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    const atEnd = left < AT_END && latest.current.after === null;
    if (atEnd !== latest.current.atEnd) latest.current.lookAtEnd(atEnd);
    if (within(now, scroller, items, atEnd).join(" ") !== drawn.current) redraw(undefined);
    edges.fill();
  };

  const above = places[from] ?? 0;
  const below = (places[places.length - 1] ?? 0) - (places[to] ?? 0);
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "End") return;
    event.preventDefault();
    props.lookAtEnd(true);
  };
  return html`
    <div class="log" ref=${view} hidden=${props.silent} onScroll=${onScroll} onKeyDown=${press} tabindex="0" role="log" aria-live="off" aria-label="Session log">
      <p class="log__edge">${edgeWords(before, edges.failed)}${edges.failed && html` <button type="button" class="btn btn--sm" onClick=${edges.retry}>Try again</button>`}</p>
      <ol ref=${list} style=${{ paddingTop: `${above}px`, paddingBottom: `${below}px` }}>
        ${rows.slice(from, to).map((row) => html`<${LogRow} key=${row.key} row=${row} me=${me} />`)}
      </ol>
      ${after === null && props.children}
    </div>`;
}

/** @param {{ row: Row, me: number }} props */
function LogRow({ row, me }) {
  if (row.kind === "new") return html`<li class="divider">New since you left</li>`;
  if (row.kind === "day") {
    const day = new Date(row.at).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
    return html`<li class="system">${day}</li>`;
  }
  return html`<${Told} line=${row.line} head=${row.head} me=${me} />`;
}

/** @param {{ line: Line, head: boolean, me: number }} props */
function Told({ line, head, me }) {
  const celebrated = useContext(Celebrating)?.key === line.key;
  return html`
    <li data-event=${line.frame.event} data-seq=${line.frame.seq} data-on=${head ? undefined : ""} data-celebrated=${celebrated ? "" : undefined}>
      <${LogLine} line=${line} head=${head} mine=${speakerOf(line.frame)?.user_id === me} />
    </li>`;
}

/**
 * @param {number | null} before
 * @param {boolean} failed
 */
function edgeWords(before, failed) {
  if (failed) return "Other lines could not be fetched.";
  return before === null ? "The story begins here." : "Fetching earlier lines…";
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
