import { html } from "../ui/html.js";

const WIDTH = 60;
const HEIGHT = 24;
const MOST_BARS = 30;

/**
 * The shape of the odds, small.
 *
 * @param {{ shape: number[] }} props how likely each total is
 */
export function OddsChart({ shape }) {
  if (shape.length < 2) return null;
  const bars = gathered(shape);
  const highest = Math.max(...bars);
  const step = WIDTH / bars.length;
  const width = Math.max(step * 0.75, 1);
  const path = bars.map((share, index) => {
    const height = Math.max(1, (share / highest) * (HEIGHT - 2));
    return `M${(index * step).toFixed(2)} ${HEIGHT}v${-height.toFixed(2)}h${width.toFixed(2)}V${HEIGHT}z`;
  });
  return html`
    <svg class="spark" viewBox="0 0 60 24" preserveAspectRatio="none" aria-hidden="true">
      <path d=${path.join("")} />
    </svg>`;
}

/** @param {number[]} shape */
function gathered(shape) {
  const width = Math.ceil(shape.length / MOST_BARS);
  return Array.from({ length: Math.ceil(shape.length / width) }, (_, bar) => {
    const part = shape.slice(bar * width, (bar + 1) * width);
    return part.reduce((sum, share) => sum + share, 0) / part.length;
  });
}
