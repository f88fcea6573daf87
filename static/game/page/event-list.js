/**
 * Every event there is, of the subjects as they stand in their list: for trying them out.
 *
 * @import { Seat } from "../table/types.d.ts"
 */

import { useContext, useEffect, useState } from "preact/hooks";
import { subjects } from "../subjects.js";
import { Sitting } from "../table/seat.js";
import { html } from "../ui/html.js";
import { Problem } from "../ui/problem.js";

/** @typedef {{ count: number, data: string }} Heard how often, and what was heard last */

export const SERVER_EVENTS = Object.keys(subjects.lines).sort();
export const CLIENT_EVENTS = Object.keys(subjects.outgoing).sort();

/** What one hears and may say. */
export function EventList() {
  const seat = useContext(Sitting);
  const heard = useHeard(seat);
  return html`
    <details class="events">
      <summary>Every event</summary>
      <${SayAny} seat=${seat} />
      <table>
        <thead><tr><th scope="col">Event</th><th scope="col">Heard</th><th scope="col">Last</th></tr></thead>
        <tbody>
          ${SERVER_EVENTS.map((event) => html`<${Row} key=${event} event=${event} heard=${heard[event]} />`)}
        </tbody>
      </table>
    </details>`;
}

/** @param {{ event: string, heard: Heard | undefined }} props */
function Row({ event, heard = { count: 0, data: "" } }) {
  return html`
    <tr data-heard=${event}>
      <th scope="row"><code>${event}</code></th>
      <td class="num">${heard.count}</td>
      <td><code>${heard.data}</code></td>
    </tr>`;
}

/**
 * @param {Seat} seat
 * @returns {{ [event: string]: Heard }}
 */
function useHeard({ table }) {
  const [heard, setHeard] = useState(/** @type {{ [event: string]: Heard }} */ ({}));
  useEffect(
    () =>
      table.onFrame(({ event, data }) => {
        const last = { data: JSON.stringify(data) };
        setHeard((before) => ({ ...before, [event]: { ...last, count: (before[event]?.count ?? 0) + 1 } }));
      }),
    [table.onFrame],
  );
  return heard;
}

/**
 * Any event with any data: what the server refuses is seen above.
 *
 * @param {{ seat: Seat }} props
 */
function SayAny({ seat: { table } }) {
  const [event, setEvent] = useState(CLIENT_EVENTS[0] ?? "");
  const [text, setText] = useState("{}");
  const [problem, setProblem] = useState("");
  const say = (/** @type {(event: any, data: object) => void} */ by) => {
    try {
      by(event, JSON.parse(text));
      setProblem("");
    } catch (error) {
      setProblem(String(error));
    }
  };
  const submit = (/** @type {Event} */ submitted) => {
    submitted.preventDefault();
    say(table.send);
  };
  return html`
    <form class="row row--wrap" onSubmit=${submit}>
      <select aria-label="Event" onChange=${(/** @type {any} */ { target }) => setEvent(target.value)}>
        ${CLIENT_EVENTS.map((name) => html`<option key=${name} selected=${name === event}>${name}</option>`)}
      </select>
      <input
        class="input" aria-label="Data" value=${text}
        onInput=${(/** @type {any} */ { target }) => setText(target.value)}
      />
      <button type="submit" class="btn btn--sm">Send</button>
      <button type="button" class="btn btn--sm" onClick=${() => say(table.pass)}>Say in passing</button>
      ${problem !== "" && html`<${Problem}>${problem}<//>`}
    </form>`;
}
