/** Every string that the stage shows, by the room that shows it: the one file to translate. */

/** The stage itself. */
const stage = {};

/** The connection to the backend, and the address bar. */
const wire = {};

/** What is remembered and played. */
const state = {};

/** The map, the loss curve and the saved picture. */
const draw = {};

/** The inside of a step. */
const step = {};

/** What the visitor presses, and the runs' cards. */
const controls = {};

export const words = { stage, wire, state, draw, step, controls };
