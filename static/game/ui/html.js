import htm from "htm";
import { h } from "preact";

/** Markup as a tagged template. What is put into it is text, never markup. */
export const html = htm.bind(h);
