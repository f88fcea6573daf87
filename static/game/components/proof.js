/**
 * The mark on a roll that the server made, and the dialog that proves it step by step.
 *
 * @import { Export, Step } from "../fairness.js"
 * @import { Roll } from "../wire.d.ts"
 */

import { createContext } from "preact";
import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Icon } from "./icon.js";

/**
 * What a proof needs of the table; null where there is none.
 *
 * @type {import("preact").Context<{ fetchProof: (seq: number) => Promise<Export>, rotate: (() => void) | null, setSeed: ((seed: string) => void) | null } | null>}
 */
export const Proofs = createContext(/** @type {any} */ (null));

const MARKS = { good: "tick", bad: "x", open: "clock", weak: "warn" };
const SAID = { good: "Holds", bad: "Does not hold", open: "Not yet known", weak: "Mind this" };

/** @param {{ roll: Roll, seq: number }} props */
export function ProofMark({ roll, seq }) {
  const [open, setOpen] = useState(false);
  const proofs = useContext(Proofs);
  if (!roll.proof || proofs === null) return null;
  return html`
    <p class="proof"><button type="button" class="btn btn--sm btn--quiet" onClick=${() => setOpen(true)}><${Icon} name="proof" size="sm" />Proof</button></p>
    ${open && html`<${ProofSheet} roll=${roll} seq=${seq} proofs=${proofs} close=${() => setOpen(false)} />`}`;
}

/**
 * @param {{
 *   roll: Roll,
 *   seq: number,
 *   proofs: { fetchProof: (seq: number) => Promise<Export>, rotate: (() => void) | null, setSeed: ((seed: string) => void) | null },
 *   close: () => void,
 * }} props
 */
function ProofSheet({ roll, seq, proofs, close }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const steps = useSteps(roll, seq, proofs);
  useEffect(() => dialog.current?.showModal(), []);
  const rotate = () => {
    proofs.rotate?.();
    dialog.current?.close();
  };
  return html`
    <dialog class="dialog proof-sheet" ref=${dialog} aria-labelledby="proof-title" onClose=${close}>
      <div class="row"><h2 id="proof-title">Is this roll fair?</h2><button type="button" class="btn push" onClick=${() => dialog.current?.close()}>Close</button></div>
      <p class="formula-text">${roll.formula} = ${roll.result}</p>
      <div aria-live="polite">${steps === null ? html`<p>Working it out …</p>` : html`<${Steps} steps=${steps} />`}</div>
      ${steps?.some(({ verdict }) => verdict === "open") && proofs.rotate && html`<p><button type="button" class="btn btn--sm" onClick=${rotate}>New server seed</button></p>`}
      ${proofs.setSeed && html`<${SeedForm} setSeed=${proofs.setSeed} />`}
    </dialog>`;
}

/** @param {{ setSeed: (seed: string) => void }} props */
function SeedForm({ setSeed }) {
  const [done, setDone] = useState(false);
  const change = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    setSeed(String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("seed")));
    setDone(true);
  };
  if (done) return html`<p role="status">From your next roll on your new seed counts.</p>`;
  return html`
    <form class="row row--wrap" onSubmit=${change}>
      <label class="field"><span>Your own seed for the dice to come</span><input class="input" name="seed" required maxlength="64" autocomplete="off" /></label>
      <button class="btn btn--sm">Change my seed</button>
    </form>`;
}

/** @param {{ steps: Step[] }} props */
function Steps({ steps }) {
  return html`
    <ol class="proof-sheet__steps">
      ${steps.map(({ verdict, words }) => html`<li data-verdict=${verdict}><${Icon} name=${MARKS[verdict]} size="sm" /><span><span class="visually-hidden">${SAID[verdict]}: </span>${words}</span></li>`)}
    </ol>
    <p><strong>${conclusion(steps)}</strong></p>`;
}

/** @param {Step[]} steps */
function conclusion(steps) {
  const has = (/** @type {Step["verdict"]} */ one) => steps.some(({ verdict }) => verdict === one);
  if (has("bad")) return "This roll is not what was promised.";
  if (has("open")) return "So far nothing is wrong. The dice can be checked when the secret number is out.";
  return has("weak") ? "The server kept its word, but nobody else had a say." : "This roll is proved.";
}

/**
 * The steps, or null while they are worked out.
 *
 * @param {Roll} roll
 * @param {number} seq
 * @param {{ fetchProof: (seq: number) => Promise<Export> }} proofs
 */
function useSteps(roll, seq, proofs) {
  const [steps, setSteps] = useState(/** @type {Step[] | null} */ (null));
  useEffect(() => {
    prove(roll, seq, proofs)
      .catch(() => [{ verdict: /** @type {const} */ ("open"), words: "What it takes could not be fetched." }])
      .then(setSteps);
  }, []);
  return steps;
}

/**
 * @param {Roll} roll
 * @param {number} seq
 * @param {{ fetchProof: (seq: number) => Promise<Export> }} proofs
 */
async function prove(roll, seq, { fetchProof }) {
  // Fetched when it is asked for: few rolls are doubted.
  const [{ verify }, exported] = await Promise.all([import("../fairness.js"), fetchProof(seq)]);
  return verify(exported, seq, /** @type {any} */ (roll));
}
