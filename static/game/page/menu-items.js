/**
 * What one can do besides playing: the page's entries and those of the subjects.
 *
 * @import { Item } from "../ui/menu.js"
 * @import { Seat } from "../table/types.d.ts"
 */

/**
 * @param {Seat} seat
 * @param {[dark: boolean, toggle: () => void]} theme
 * @param {() => void} showKeys
 * @returns {{ page: Item[], campaign: Item[], leaving: Item[] }}
 */
export function menuOf(seat, [dark, switchTheme], showKeys) {
  const { subjects, owns, place } = seat;
  const theirs = subjects.list.flatMap(({ name, menu }) => menu?.(seat, owns[name]) ?? []);
  const look = { icon: dark ? "sun" : "moon", label: dark ? "Light theme" : "Dark theme", act: switchTheme };
  return {
    page: [{ icon: "keyboard", label: "Keys", key: "?", act: showKeys }, look],
    campaign: [
      { icon: "people", label: "Campaign page", href: place.campaignUrl },
      ...theirs.filter(({ about }) => about === "campaign"),
    ],
    leaving: [
      ...theirs.filter(({ about }) => about === "leaving"),
      { icon: "door", label: "Leave the table", href: place.lobbyUrl },
    ],
  };
}
