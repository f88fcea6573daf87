import { useRef } from "preact/hooks";

const RECALLED = 50;

/**
 * The user's own last lines: Up in an empty box brings them back, Down leads forward again.
 *
 * @param {string} text
 * @param {(text: string) => void} setText
 */
export function useRecall(text, setText) {
  const lines = useRef(/** @type {string[]} */ ([]));
  const at = useRef(0);
  const recalling = () => text === "" || text === lines.current[at.current];
  const show = (/** @type {number} */ place) => {
    at.current = Math.min(Math.max(place, 0), lines.current.length);
    setText(lines.current[at.current] ?? "");
    return true;
  };
  return {
    keep: (/** @type {string} */ line) => {
      if (line.trim() !== "") lines.current = [...lines.current, line].slice(-RECALLED);
      at.current = lines.current.length;
    },
    press: (/** @type {string} */ key) => {
      if (text === "" && key === "ArrowUp") return lines.current.length > 0 && show(lines.current.length - 1);
      if (!recalling() || text === "") return false;
      if (key === "ArrowUp") return show(at.current - 1);
      return key === "ArrowDown" && show(at.current + 1);
    },
  };
}
