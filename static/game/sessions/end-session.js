/** @import { Seat } from "../table/types.d.ts" */

import { useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Problem } from "../ui/problem.js";
import { useDialog } from "../ui/use-dialog.js";
import { endSession } from "./client.js";

const WHAT_IT_MEANS =
  "Nobody can chat or roll in it afterwards, but all of it can be read. You can reopen it on the campaign’s page.";

/** @typedef {ReturnType<typeof useEnding>} Own */

/** Whether one is being asked about the session's end. */
export function useEnding() {
  const [asked, setAsked] = useState(false);
  return { asked, ask: () => setAsked(true), close: () => setAsked(false) };
}

/** @param {{ seat: Seat, own: Own }} props */
export function EndSession({ seat: { place }, own: { asked, close } }) {
  const { endUrl, csrf } = place;
  return asked && endUrl && csrf && html`<${Question} url=${endUrl} csrf=${csrf} close=${close} />`;
}

/**
 * Asks the DM once more before the evening is over for everybody.
 *
 * @param {{ url: string, csrf: string, close: () => void }} props
 */
function Question({ url, csrf, close }) {
  const dialog = useDialog(close);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setProblem("");
    setBusy(true);
    await endSession(url, csrf).then(
      () => dialog.current?.close(),
      ({ message }) => setProblem(message),
    );
    setBusy(false);
  };
  return html`
    <dialog class="dialog" ref=${dialog} aria-labelledby="end-title" aria-describedby="end-words">
      <form class="stack" onSubmit=${submit}>
        <h2 id="end-title">End the session?</h2>
        <p id="end-words">${WHAT_IT_MEANS}</p>
        ${problem !== "" && html`<${Problem}>${problem}<//>`}
        <div class="row">
          <button type="button" class="btn push" onClick=${() => dialog.current?.close()}>Keep playing</button>
          <button type="submit" class="btn btn--danger" disabled=${busy}>End the session</button>
        </div>
      </form>
    </dialog>`;
}
