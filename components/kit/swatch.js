/** The line sample beside a run's name. */

/** @import { Look } from "../contract.js" */

/**
 * A short sample of a run's line, as markup: its color and its dash.
 * @param {Look} look
 */
export function swatch({ color, dash }) {
  const stroke = `stroke="${color}" stroke-width="3" stroke-dasharray="${dash.join(" ")}"`;
  const line = `<line x1="1" y1="4" x2="29" y2="4" ${stroke}/>`;
  return `<svg class="swatch" viewBox="0 0 30 8" aria-hidden="true">${line}</svg>`;
}
