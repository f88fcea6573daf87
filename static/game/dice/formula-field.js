/** @import { Preview } from "./preview.js" */

import { html } from "../ui/html.js";
import { isComposing } from "../ui/use-keys.js";
import { parse } from "./formula.js";
import { OddsChart } from "./odds-chart.js";
import { usePreview } from "./use-preview.js";

/** @typedef {(formula: string, signal: AbortSignal) => Promise<Preview | null>} FetchPreview */

/** @param {{ formula: string, setFormula: (formula: string) => void, fetchPreview: FetchPreview }} props */
export function FormulaField({ formula, setFormula, fetchPreview }) {
  const preview = usePreview(formula, fetchPreview);
  const words = preview !== null && "words" in preview ? preview.words : undefined;
  const refused = preview !== null && "words" in preview && preview.refused;
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || isComposing(event)) return;
    if (formula === "") /** @type {HTMLElement} */ (event.target).blur();
    setFormula("");
  };
  return html`
    <label class="formula" data-invalid=${refused ? "" : undefined}>
      <input type="text"
        aria-label="Formula" placeholder="1d20" maxlength="500" autocomplete="off" spellcheck=${false}
        data-key="formula" aria-describedby="formula-odds" onKeyDown=${press}
        value=${formula} onInput=${(/** @type {any} */ { target }) => setFormula(target.value)}
      />
      <span class="formula__odds" id="formula-odds" title=${words}>${previewWords(formula, preview)}</span>
      ${preview !== null && "shape" in preview && html`<${OddsChart} shape=${preview.shape} />`}
    </label>`;
}

/**
 * @param {string} formula
 * @param {Preview | null} preview
 */
function previewWords(formula, preview) {
  if (preview === null) return parse(formula) === null ? "\u00a0" : "Add dice, or type a formula";
  if ("words" in preview) return preview.words;
  const minus = (/** @type {number} */ value) => String(value).replace("-", "−");
  return `${minus(preview.min)} to ${minus(preview.max)}, average ${minus(Math.round(preview.mean * 10) / 10)}`;
}
