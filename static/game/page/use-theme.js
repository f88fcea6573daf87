import { useEffect, useState } from "preact/hooks";
import { currentTheme, switchTheme } from "../ui/theme.js";
import { useMedia } from "../ui/use-media.js";

/**
 * @param {{ url: string, csrf: string }} profile where the choice is kept
 * @returns {[dark: boolean, toggle: () => void]}
 */
export function useTheme(profile) {
  const [dark, setDark] = useState(currentTheme() === "dark");
  const light = useMedia("(prefers-color-scheme: light)");
  useEffect(() => setDark(currentTheme() === "dark"), [light]);
  const toggle = () => {
    switchTheme(profile);
    setDark(currentTheme() === "dark");
  };
  return [dark, toggle];
}
