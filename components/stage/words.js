/** Every string that the stage shows, by the room that shows it: the one file to translate. */

/** The stage itself. */
const stage = {};

/** The connection to the backend, and the address bar. */
const wire = {
  lost: "The connection is lost; trying to get it back.",
  busy: "The server is busy; trying again.",
  refused: "The server does not accept a connection from this page; trying again from time to time.",
  blocked: "The server answers, but no WebSocket to it opens: a proxy in between may not pass WebSockets on.",
  /** @param {number} status */
  noRules: (status) => `The rules of the optimizers did not load: the server answered ${status}.`,
};

/** What is remembered and played. */
const state = {
  /** @param {number} steps */
  steps: (steps) => `${steps} steps`,
  /** @param {string} position */
  start: (position) => `start ${position}`,
  /**
   * @param {string} hyperparameter
   * @param {string} value
   */
  value: (hyperparameter, value) => `${hyperparameter.replaceAll("_", " ")} ${value}`,
};

/** The map, the loss curve and the saved picture. */
const draw = {};

/** The inside of a step. */
const step = {};

/** What the visitor presses, and the runs' cards. */
const controls = {};

export const words = { stage, wire, state, draw, step, controls };
