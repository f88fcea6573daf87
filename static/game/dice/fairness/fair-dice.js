/**
 * How the dice are kept fair at this table, and what one can do for it oneself.
 *
 * @import { FairnessState } from "../../client/protocol.d.ts"
 * @import { Player } from "../../client/types.d.ts"
 */

import { useContext, useState } from "preact/hooks";
import { DialogHead } from "../../ui/dialog-head.js";
import { html } from "../../ui/html.js";
import { Icon } from "../../ui/icon.js";
import { nameOf } from "../../ui/names.js";
import { useDialog } from "../../ui/use-dialog.js";
import { Proofs } from "./proof.js";
import { Rotation } from "./rotation.js";

/** @typedef {{ fairness: FairnessState | null | undefined, players: Player[], luckUrl: string | undefined }} Props */

/** @param {Props} props */
export function FairDice(props) {
  const [open, setOpen] = useState(false);
  return html`
    <button
      type="button" class="btn btn--sm btn--quiet push" onClick=${() => setOpen(true)}
    ><${Icon} name="proof" size="sm" />Fair dice</button>
    ${open && html`<${Sheet} ...${props} close=${() => setOpen(false)} />`}`;
}

const HOW = [
  "Before a roll, the server chooses a secret and commits to it, and every player’s browser adds a seed.",
  "So nobody can choose the dice. When the secret is revealed, the proof of each roll shows it.",
].join(" ");

/** @param {Props & { close: () => void }} props */
function Sheet({ fairness, players, luckUrl, close }) {
  const dialog = useDialog(close);
  const proofs = useContext(Proofs);
  return html`
    <dialog class="dialog proof-sheet" ref=${dialog} aria-labelledby="fair-title">
      <${DialogHead} id="fair-title" title="Fair dice" close=${() => dialog.current?.close()} />
      <p>${HOW}</p>
      ${fairness && html`<${InUse} fairness=${fairness} players=${players} />`}
      ${proofs?.setSeed && html`<${SeedForm} setSeed=${proofs.setSeed} />`}
      ${proofs?.rotate && html`<${AskForNext} rotate=${proofs.rotate} />`}
      <p><a class="btn btn--sm" href=${luckUrl}><${Icon} name="star" size="sm" />Luck, and the rolls to download</a></p>
    </dialog>`;
}

/** @param {{ fairness: FairnessState, players: Player[] }} props */
function InUse({ fairness: { rotation, commitments, seeds }, players }) {
  const used = commitments.find((one) => one.rotation === rotation);
  const names = seeds.map(({ user_id }) => {
    const player = players.find((one) => one.user_id === user_id);
    return player ? nameOf(player) : "somebody who has left";
  });
  return html`
    <dl class="proof-sheet__seeds">
      <div><dt>Commitment to secret ${rotation}</dt><dd><code>${used?.hash}</code></dd></div>
      <div><dt>Seeds in use from</dt><dd>${names.length > 0 ? names.join(", ") : "Nobody yet"}</dd></div>
    </dl>`;
}

/** @param {{ setSeed: (seed: string) => void }} props */
function SeedForm({ setSeed }) {
  const [done, setDone] = useState(false);
  const change = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    setSeed(String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("seed")));
    setDone(true);
  };
  if (done) return html`<p role="status">Your new seed counts from the next roll on.</p>`;
  return html`
    <form class="proof-sheet__form" onSubmit=${change}>
      <label class="field">
        <span>Your own seed: type anything</span>
        <input class="input" name="seed" required maxlength="64" autocomplete="off" />
      </label>
      <button class="btn btn--sm">Change my seed</button>
    </form>`;
}

/** @param {{ rotate: () => void }} props */
function AskForNext({ rotate }) {
  const [done, setDone] = useState(false);
  const ask = () => {
    rotate();
    setDone(true);
  };
  if (!done) return html`<${Rotation} rotate=${ask} />`;
  return html`<p role="status">Asked for. You can check the rolls so far as soon as the secret is revealed.</p>`;
}
