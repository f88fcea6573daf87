/** @import { Preview } from "./preview.js" */

import { useEffect, useState } from "preact/hooks";
import { odds, parse } from "./formula.js";

/** So long nobody types before the server is asked. */
const PAUSE_MS = 250;

/**
 * What a formula can come to: simple ones at once, others when the server has said; null until then, and where nobody
 * knows.
 *
 * @param {string} formula
 * @param {(formula: string, signal: AbortSignal) => Promise<Preview | null>} fetchPreview
 * @returns {Preview | null}
 */
export function usePreview(formula, fetchPreview) {
  const [heard, setHeard] = useState(
    /** @type {{ formula: string, preview: Preview | null } | null} */ (null),
  );
  const simple = parse(formula);
  const asks = simple === null;
  useEffect(() => {
    if (!asks) return;
    const stop = new AbortController();
    const pause = setTimeout(async () => {
      const preview = await fetchPreview(formula, stop.signal);
      if (!stop.signal.aborted) setHeard({ formula, preview });
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      stop.abort();
    };
  }, [formula, asks, fetchPreview]);
  if (simple !== null) return simple.dice.length > 0 ? odds(simple) : null;
  return heard?.formula === formula ? heard.preview : null;
}
