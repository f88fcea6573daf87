/** @import { Seat, Slot as Name } from "./types.d.ts" */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { html } from "../ui/html.js";

/**
 * Whose part of the page this is.
 *
 * @type {import("preact").Context<Seat>}
 */
export const Sitting = createContext(/** @type {any} */ (null));

/**
 * The page of one seat, with what its subjects tell to everything on it.
 *
 * @param {{ seat: Seat, children?: unknown }} props
 */
export function AtTable({ seat, children }) {
  const { subjects, owns } = seat;
  const inside = subjects.list.reduceRight(
    (within, { name, around }) =>
      around ? html`<${around} seat=${seat} own=${owns[name]}>${within}<//>` : within,
    children,
  );
  return html`<${Sitting.Provider} value=${seat}>${inside}<//>`;
}

/**
 * A place of the page, and what the subjects put there in their order.
 *
 * @param {{ name: Name }} props
 */
export function Slot({ name }) {
  const seat = useContext(Sitting);
  return seat.subjects.list.map(({ name: subject, views }) => {
    const view = views?.[name];
    return view && html`<${view} key=${subject} seat=${seat} own=${seat.owns[subject]} />`;
  });
}
