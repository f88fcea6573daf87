/**
 * The mark on a roll that the server made, and the dialog that proves it step by step.
 *
 * @import { Step } from "./recompute.js"
 * @import { Export } from "./verify.js"
 * @import { Proof, Roll, VeiledRoll } from "../../client/protocol.d.ts"
 * @import { Own } from "../use-dice.js"
 */

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { DialogHead } from "../../ui/dialog-head.js";
import { html } from "../../ui/html.js";
import { Icon } from "../../ui/icon.js";
import { useDialog } from "../../ui/use-dialog.js";
import { bareFormula, shown } from "../rolls.js";
import { Rotation } from "./rotation.js";

/**
 * What a proof needs of the table; null where there is none. `rotate` and `setSeed` are for those who play,
 * `doubt` opens the proof.
 *
 * @typedef {{
 *   fetchProof: (seq: number) => Promise<Export>,
 *   rotate: (() => void) | null,
 *   setSeed: ((seed: string) => void) | null,
 *   doubt: (doubted: Doubted) => void,
 * }} Provable
 * @type {import("preact").Context<Provable | null>}
 */
export const Proofs = createContext(/** @type {any} */ (null));

const MARKS = { good: "tick", bad: "x", open: "clock", weak: "warn", part: "info" };
const SAID = {
  good: "OK",
  bad: "Wrong",
  open: "Not known yet",
  weak: "Note",
  part: "Not checked here",
};

/**
 * @typedef {Roll & { proof: Proof }} Proved
 * @typedef {{ rolls: Proved[], seq: number }} Doubted rolls that somebody wants proved
 */

/**
 * @param {{ rolls: (Roll | VeiledRoll)[] | undefined, seq: number }} props `seq`: the place of the event that holds
 *   them
 */
export function ProofMark({ rolls = [], seq }) {
  const proofs = useContext(Proofs);
  const proved = /** @type {Proved[]} */ (rolls.filter((roll) => "proof" in roll && roll.proof));
  if (proved.length === 0 || proofs === null) return null;
  return html`
    <button
      type="button" class="proof" aria-label="Proof" title=${question(proved)}
      onClick=${() => proofs.doubt({ rolls: proved, seq })}
    ><${Icon} name="proof" size="sm" /></button>`;
}

/**
 * The proof of what somebody doubts. It stands beside the log and not in it: a line may be scrolled away, and a
 * dialog is
 * no part of a paragraph.
 *
 * @param {{ own: Own }} props
 */
export function Doubts({ own: { doubted, proofs, doubt } }) {
  return doubted && html`<${ProofSheet} doubted=${doubted} proofs=${proofs} close=${() => doubt(null)} />`;
}

/** @param {{ doubted: Doubted, proofs: Provable, close: () => void }} props */
function ProofSheet({ doubted: { rolls, seq }, proofs, close }) {
  const dialog = useDialog(close);
  const found = useSteps(rolls, seq, proofs);
  const waits = found?.flat().some(({ verdict }) => verdict === "open");
  const rotate = () => {
    proofs.rotate?.();
    dialog.current?.close();
  };
  return html`
    <dialog class="dialog proof-sheet" ref=${dialog} aria-labelledby="proof-title">
      <${DialogHead} id="proof-title" title=${question(rolls)} close=${() => dialog.current?.close()} />
      <div aria-live="polite" class="proof-sheet__rolls">
        ${rolls.map((roll, index) => html`<${Proven} roll=${roll} steps=${found && (found[index] ?? [])} />`)}
      </div>
      ${waits && proofs.rotate && html`<${Rotation} rotate=${rotate} />`}
    </dialog>`;
}

/** @param {{ roll: Proved, steps: Step[] | null }} props */
function Proven({ roll, steps }) {
  return html`
    <section>
      <p class="formula-text">${bareFormula(roll)} = <b>${shown(roll.result)}</b></p>
      ${steps === null ? html`<p>Checking…</p>` : html`<${Steps} steps=${steps} />`}
    </section>`;
}

/** @param {Proved[]} rolls */
function question({ length }) {
  return length === 1 ? "Is this roll fair?" : "Are these rolls fair?";
}

/** @param {{ steps: Step[] }} props */
function Steps({ steps }) {
  return html`
    <ol class="proof-sheet__steps">
      ${steps.map(
        ({ verdict, words }) => html`
          <li data-verdict=${verdict}>
            <${Icon} name=${MARKS[verdict]} size="sm" />
            <span><span class="visually-hidden">${SAID[verdict]}: </span>${words}</span>
          </li>`,
      )}
    </ol>
    <p><strong>${conclusion(steps)}</strong></p>`;
}

/** @param {Step[]} steps */
function conclusion(steps) {
  const has = (/** @type {Step["verdict"]} */ one) => steps.some(({ verdict }) => verdict === one);
  if (has("bad")) return "This roll does not match what the server promised.";
  if (has("open")) return "Nothing suspicious so far. You can check the dice when the secret is revealed.";
  if (has("weak")) return "The server kept its promise, but no player had added a seed.";
  return has("part")
    ? "The dice are proved. What the formula makes of them is not checked here."
    : "This roll is proved.";
}

/**
 * The steps of each roll, or null while they are worked out.
 *
 * @param {Proved[]} rolls
 * @param {number} seq
 * @param {Provable} proofs
 */
function useSteps(rolls, seq, proofs) {
  const [steps, setSteps] = useState(/** @type {Step[][] | null} */ (null));
  useEffect(() => {
    prove(rolls, seq, proofs)
      .catch(() => rolls.map(() => [UNKNOWN]))
      .then(setSteps);
  }, []);
  return steps;
}

/** @type {Step} */
const UNKNOWN = { verdict: "open", words: "The data for this check could not be loaded. Try again later." };

/**
 * @param {Proved[]} rolls
 * @param {number} seq
 * @param {Provable} proofs
 */
async function prove(rolls, seq, { fetchProof }) {
  // Fetched when it is asked for: few rolls are doubted.
  const [{ verify }, exported] = await Promise.all([import("./verify.js"), fetchProof(seq)]);
  return rolls.map((roll) => verify(exported, seq, roll));
}
