import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";

/** @param {{ value: number, change: (to: number) => void }} props */
export function ModifierField({ value, change }) {
  const input = (/** @type {any} */ { target }) => {
    const typed = Number.parseInt(target.value.replace("−", "-"), 10);
    change(Number.isNaN(typed) ? 0 : Math.max(-999, Math.min(999, typed)));
  };
  return html`
    <div class="stepper" role="group" aria-label="Modifier">
      <button
        type="button" aria-label="One less" onClick=${() => change(value - 1)}
      ><${Icon} name="minus" size="sm" /></button>
      <input
        type="text" value=${value > 0 ? `+${value}` : `${value}`.replace("-", "−")}
        inputmode="numeric" aria-label="Added to the dice" onChange=${input}
      />
      <button
        type="button" aria-label="One more" onClick=${() => change(value + 1)}
      ><${Icon} name="plus" size="sm" /></button>
    </div>`;
}
