/** The letters of a typed formula: the ends of their sliders. */

/** @import { FormulaLetter } from "../contract.js" */

const USUAL = 5;

/**
 * The ends of a letter's slider: as in Python's `FormulaLetter.ends`.
 * @param {FormulaLetter} letter
 * @returns {[number, number]}
 */
export function endsOf({ value, low, high }) {
  const widest = Math.abs(value) <= USUAL ? USUAL : 2 * Math.abs(value);
  return [low ?? -widest, high ?? widest];
}
