/** Every string that the panel shows: the one file to translate. */

/** @param {boolean} whole */
const kind = (whole) => (whole ? "a whole number" : "a number");

export const words = {
  runs: "Runs",
  walk: "All runs",
  add: "Add a run",
  /** @param {number} most */
  full: (most) => `At most ${most} runs`,
  optimizer: "Optimizer",
  duplicate: "Duplicate this run",
  remove: "Remove this run",
  more: "more",
  /** @param {number} number @param {string} label */
  run: (number, label) => `Run ${number}: ${label}`,
  /** Where the lr of a new run comes from. @param {string} name @param {string} value */
  copiedRate: (name, value) => `lr ${value} as in ${name}.`,
  /** @param {string} value */
  defaultRate: (value) => `lr ${value} is torch's default.`,
  /** @param {string} value @param {string} name @param {string} bad */
  defaultRateInstead: (value, name, bad) => `lr ${value} is torch's default: with lr ${bad}, ${name} left the map.`,
  start: "start",
  startOfAll: "Start of all runs",
  seed: "New seed",
  idle: "needs noise",
  /** The name of a hyperparameter, and its symbol in the formulas. @param {string} name @param {string} symbol */
  withSymbol: (name, symbol) => `${name} (${symbol})`,
  idleWithData: "needs noise or a batch",
  /** @param {string} name */
  slider: (name) => `${name}, slider`,
  /** @param {string} name @param {boolean} whole */
  nothing: (name, whole) => `${name} must be ${kind(whole)}: got nothing.`,
  /** @param {string} name @param {boolean} whole @param {string} got */
  noNumber: (name, whole, got) => `${name} must be ${kind(whole)}: got “${got}”.`,
  /** @param {string} name @param {string} got @param {string} one @param {string} other */
  ambiguous: (name, got, one, other) => `${name}: “${got}” can mean ${one} or ${other}. Type one of the two.`,
  /** @param {string} name @param {string} got */
  infinite: (name, got) => `${name} must be finite: got ${got}.`,
  /** @param {string} name @param {boolean} whole @param {string} low @param {string} high @param {string} got */
  outside: (name, whole, low, high, got) =>
    `${name} must be ${whole ? "a whole number " : ""}between ${low} and ${high}: got ${got}.`,
};
