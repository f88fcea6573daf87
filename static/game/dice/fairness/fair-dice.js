/**
 * How the dice are kept fair at this table, and what one can do for it oneself.
 *
 * @import { FairnessState, Player } from "../../client/types.d.ts"
 */

import { useContext, useState } from "preact/hooks";
import { nameOf } from "../../table/describe.js";
import { html } from "../../ui/html.js";
import { Icon } from "../../ui/icon.js";
import { useDialog } from "../../ui/use-dialog.js";
import { Proofs } from "./proof.js";

/** @param {{ fairness: FairnessState | null | undefined, players: Player[], luckUrl: string }} props */
export function FairDice({ fairness, players, luckUrl }) {
  const [open, setOpen] = useState(false);
  return html`
    <button type="button" class="btn btn--sm btn--quiet push" onClick=${() => setOpen(true)}><${Icon} name="proof" size="sm" />Fair dice</button>
    ${open && html`<${Sheet} fairness=${fairness} players=${players} luckUrl=${luckUrl} close=${() => setOpen(false)} />`}`;
}

/** @param {{ fairness: FairnessState | null | undefined, players: Player[], luckUrl: string, close: () => void }} props */
function Sheet({ fairness, players, luckUrl, close }) {
  const dialog = useDialog(close);
  const proofs = useContext(Proofs);
  return html`
    <dialog class="dialog proof-sheet" ref=${dialog} aria-labelledby="fair-title">
      <div class="row"><h2 id="fair-title">Fair dice</h2><button type="button" class="btn push" onClick=${() => dialog.current?.close()}>Close</button></div>
      <p>Before the dice fall, the server fixes a secret number and shows its fingerprint; every player’s browser adds a seed of its own. So nobody can choose what falls, and the proof of each roll shows it once the secret is out.</p>
      ${fairness && html`<${InUse} fairness=${fairness} players=${players} />`}
      ${proofs?.setSeed && html`<${SeedForm} setSeed=${proofs.setSeed} />`}
      ${proofs?.rotate && html`<${Rotation} rotate=${proofs.rotate} />`}
      <p><a class="btn btn--sm" href=${luckUrl}><${Icon} name="star" size="sm" />Luck, and the rolls as a file</a></p>
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
      <div><dt>Fingerprint of secret number ${rotation}</dt><dd><code>${used?.hash}</code></dd></div>
      <div><dt>Whose seeds count</dt><dd>${names.length > 0 ? names.join(", ") : "Nobody’s yet"}</dd></div>
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
      <label class="field"><span>Your own seed, whatever you like</span><input class="input" name="seed" required maxlength="64" autocomplete="off" /></label>
      <button class="btn btn--sm">Change my seed</button>
    </form>`;
}

/** @param {{ rotate: () => void }} props */
function Rotation({ rotate }) {
  const [done, setDone] = useState(false);
  const ask = () => {
    rotate();
    setDone(true);
  };
  if (done)
    return html`<p role="status">Asked for. The rolls so far can be proved as soon as the secret number is out.</p>`;
  return html`<div class="proof-sheet__form"><button type="button" class="btn btn--sm" onClick=${ask}>New server seed</button><p class="quiet">This brings the secret number out, for everybody; the dice go on with the next one.</p></div>`;
}
