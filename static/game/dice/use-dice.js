/**
 * What the dice keep for a seat, and tell to everything on its page.
 *
 * @import { DiceSeat } from "./commands.js"
 * @import { Doubted } from "./fairness/proof.js"
 */

import { useMemo, useState } from "preact/hooks";
import { Celebrated } from "../table/log.js";
import { html } from "../ui/html.js";
import { Celebrating } from "./celebration.js";
import { Proofs } from "./fairness/proof.js";
import { Revealing } from "./reveal.js";
import { useCelebration } from "./use-celebration.js";
import { TheTray, useTray } from "./use-tray.js";

/** @typedef {ReturnType<typeof useDice>} Own */

/** @param {DiceSeat} seat */
export function useDice({ table, state, subjects, mayPlay, isDm }) {
  const { fetchProof, sendFairnessRotate, sendSeedSet, revealRoll } = table;
  const tray = useTray();
  const celebration = useCelebration(state, subjects);
  const [doubted, doubt] = useState(/** @type {Doubted | null} */ (null));
  const proofs = useMemo(() => {
    return {
      fetchProof,
      rotate: mayPlay ? sendFairnessRotate : null,
      setSeed: mayPlay ? sendSeedSet : null,
      doubt,
    };
  }, [fetchProof, mayPlay]);
  const known = state.me !== null && mayPlay;
  const revealing = useMemo(() => (known ? { reveal: revealRoll, isDm } : null), [known, isDm, revealRoll]);
  return { tray, celebration, doubted, doubt, proofs, revealing };
}

/** @param {{ own: Own, children?: unknown }} props */
export function AroundDice({ own, children }) {
  const { tray, celebration, proofs, revealing } = own;
  return html`
    <${TheTray.Provider} value=${tray}><${Proofs.Provider} value=${proofs}><${Revealing.Provider} value=${revealing}>
      <${Celebrating.Provider} value=${celebration}><${Celebrated.Provider} value=${celebration?.key ?? null}>
        ${children}
      <//><//>
    <//><//><//>`;
}
