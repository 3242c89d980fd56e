/** The sample of a line beside a run's name. */

/** A short sample of a run's line: its color and its dash. */
export function swatch(look) {
  return `<svg class="swatch" viewBox="0 0 30 8" aria-hidden="true"><line x1="1" y1="4" x2="29" y2="4" stroke="${look.color}" stroke-width="3" stroke-dasharray="${look.dash.join(" ")}"/></svg>`;
}
