import { useEffect, useState } from "preact/hooks";

/**
 * Whether something has held for so long without a break.
 *
 * @param {boolean} holds
 * @param {number} ms
 */
export function useAfter(holds, ms) {
  const [after, setAfter] = useState(false);
  useEffect(() => {
    setAfter(false);
    if (!holds) return;
    const handle = setTimeout(() => setAfter(true), ms);
    return () => clearTimeout(handle);
  }, [holds, ms]);
  return holds && after;
}
