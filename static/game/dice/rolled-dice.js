/** @import { Die, DiceTerm } from "../client/protocol.d.ts" */

import { Component } from "preact";
import { html } from "../ui/html.js";
import { Face, Icon } from "../ui/icon.js";
import { marksOf } from "./rolls.js";

/**
 * The dice of a term; of more than `most` only the first, until one asks for the rest.
 *
 * @extends {Component<{ term: DiceTerm, most: number }, { all: boolean }>}
 */
export class Dice extends Component {
  /** @override */
  state = { all: false };

  /** @override */
  render() {
    const { dice, die, sides } = this.props.term;
    const drawn = this.state.all ? dice : dice.slice(0, this.props.most);
    const rest = dice.length - drawn.length;
    return html`
      ${drawn.map((one) => html`<${OneDie} die=${one} name=${die} sides=${sides} />`)}
      ${rest > 0 && html`<${More} count=${rest} show=${() => this.setState({ all: true })} />`}`;
  }
}

/** @param {{ count: number, show: () => void }} props */
function More({ count, show }) {
  return html`<button type="button" class="btn btn--quiet btn--sm" onClick=${show}>${count} more dice</button>`;
}

/** @param {{ die: Die, name: string, sides: number }} props */
function OneDie({ die, name, sides }) {
  const marks = marksOf(die);
  const words = marks.map((mark) => mark.words).join(", ");
  const icon = marks.find((mark) => mark.icon !== "")?.icon;
  const face = die.critical ? "best" : die.fumble ? "worst" : undefined;
  const title = words === "" ? name : `${name}, ${words}`;
  const said = html`
    <${Face} sides=${sides} />${String(die.value).replace("-", "−")}
    ${die.worth !== undefined && html`<small class="die__worth" aria-hidden="true">${die.worth}</small>`}
    ${icon && html`<span class="die__mark"><${Icon} name=${icon} /></span>`}
    ${words && html`<span class="visually-hidden"> ${words}</span>`}`;
  return die.kept
    ? html`<span class="die" data-die=${sides} data-face=${face} title=${title}>${said}</span>`
    : html`<s class="die" data-die=${sides} data-dropped title=${title}>${said}</s>`;
}
