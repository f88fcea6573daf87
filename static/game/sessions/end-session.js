import { useState } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { useDialog } from "../ui/use-dialog.js";
import { endSession } from "./client.js";

/**
 * Asks the DM once more before the evening is over for everybody.
 *
 * @param {{ url: string, csrf: string, close: () => void }} props
 */
export function EndSession({ url, csrf, close }) {
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
        <p id="end-words">Nobody can speak or roll in it afterwards; all of it stays to be read. You can reopen it on the campaign’s page.</p>
        ${problem !== "" && html`<p class="field__error" role="alert"><${Icon} name="warn" size="sm" />${problem}</p>`}
        <div class="row">
          <button type="button" class="btn push" onClick=${() => dialog.current?.close()}>Go on playing</button>
          <button type="submit" class="btn btn--danger" disabled=${busy}>End the session</button>
        </div>
      </form>
    </dialog>`;
}
