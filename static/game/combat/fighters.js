/** @import { Combatant } from "./combat.js" */
/** @import { Figure } from "../ui/sigils.js" */
/** @import { Player } from "../client/types.d.ts" */

import { useEffect, useRef } from "preact/hooks";
import { html } from "../ui/html.js";
import { Icon } from "../ui/icon.js";
import { playing, SigilOfName } from "../ui/sigil.js";
import { sigilOf } from "../ui/sigils.js";

/**
 * The combatants, side by side in initiative order; the one whose turn it is stays in view.
 *
 * @param {{ combatants: Combatant[], players: Player[], cast: Figure[] }} props
 */
export function Strip({ combatants, players, cast }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const acting = combatants.find((one) => one.acting)?.place;
  useEffect(() => {
    const card = /** @type {HTMLElement | null | undefined} */ (
      list.current?.querySelector("[aria-current=step]")
    );
    if (!card || !list.current) return;
    list.current.scrollLeft = card.offsetLeft - (list.current.clientWidth - card.offsetWidth) / 2;
  }, [acting]);
  const press = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || list.current === null) return;
    event.preventDefault();
    list.current.scrollLeft += step * 110;
  };
  return html`
    <div class="stage__strip">
      <ol class="strip" aria-label="Initiative order" tabindex="0" ref=${list} onKeyDown=${press}>
        ${combatants.map((one) => html`<${Fighter} key=${one.place} one=${one} players=${players} cast=${cast} />`)}
      </ol>
    </div>`;
}

/**
 * @param {{ one: Combatant, players: Player[], cast: Figure[], children?: unknown }} props `children`: what a DM can do
 *   to it
 */
export function Fighter({ one, players, cast, children }) {
  const { name, initiative, acting, next, hp, conditions } = one;
  const player = playing(name, players) ?? playing(name, cast);
  const away = player !== undefined && !players.some(({ user_id }) => user_id === player.user_id);
  const down = hp !== null && hp <= 0;
  return html`
    <li
      class="fighter" data-player=${player && sigilOf(player).colour} aria-current=${acting ? "step" : undefined}
      data-next=${next ? "" : undefined} data-defeated=${down ? "" : undefined}
    >
      ${acting && html`<span class="fighter__tag">Now</span>`}
      ${next && html`<span class="fighter__tag">Next</span>`}
      <span class="fighter__init">${initiative}</span>
      <${SigilOfName} name=${name} player=${player} away=${away} />
      <span class="fighter__name" title=${away ? `${name} (the player is away)` : name}>${name}</span>
      <${HitPoints} one=${one} />
      <span class="fighter__state num">
        <${HitPointWords} one=${one} counted=${children !== undefined && children !== false} />
        ${conditions.map((condition) => html`<${ConditionMark} ...${condition} />`)}
      </span>
      ${children}
    </li>`;
}

/** @param {{ one: Combatant }} props */
function HitPoints({ one: { name, hp, maxHp } }) {
  if (hp === null || maxHp === null || maxHp <= 0) return null;
  const share = Math.min(1, Math.max(0, hp / maxHp));
  return html`
    <span
      class="hp" role="meter" aria-label=${`Hit points of ${name}`}
      aria-valuemin="0" aria-valuemax=${maxHp} aria-valuenow=${Math.min(maxHp, Math.max(0, hp))}
      data-low=${share <= 0.5 ? "" : undefined} style=${{ "--hp-now": `${share * 100}%` }}
    ></span>`;
}

/** @param {{ one: Combatant, counted: boolean }} props `counted`: the number stands elsewhere */
function HitPointWords({ one: { hp, maxHp }, counted }) {
  if (hp === null) return null;
  if (hp <= 0) return html`<${Wounded} icon="skull" words="Down" shown=${!counted} />`;
  if (maxHp === null || maxHp <= 0) return counted ? null : html`${hp}`;
  const bloodied = hp / maxHp <= 0.5 && html`<${Wounded} icon="drop" words="Bloodied" shown=${false} />`;
  return html`${bloodied}${!counted && html`<span>${hp} / ${maxHp}</span>`}`;
}

/** @param {{ icon: string, words: string, shown: boolean }} props `shown`: to those who see, too */
function Wounded({ icon, words, shown }) {
  return html`
    <span data-bloodied title=${words}>
      <${Icon} name=${icon} size="sm" /><span class=${shown ? undefined : "visually-hidden"}>${words}</span>
    </span>`;
}

const CONDITION_ICONS = /** @type {{ [name: string]: string }} */ ({
  blessed: "bless",
  concentrating: "focus",
  poisoned: "poison",
  frightened: "fear",
  prone: "prone",
});

/** @param {{ name: string, rounds: number | null }} props */
function ConditionMark({ name, rounds }) {
  const icon = CONDITION_ICONS[name.toLowerCase()] ?? "info";
  const left = rounds === null ? name : `${name}, rounds left: ${rounds}`;
  return html`
    <span class="condition" title=${left}>
      <${Icon} name=${icon} size="sm" /><span class="visually-hidden">${left}</span>
      ${rounds !== null && html`<span aria-hidden="true">${rounds}</span>`}
    </span>`;
}
