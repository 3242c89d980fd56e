/** Every string that the picker shows, except the names of the surfaces: the one file to translate. */

export const words = {
  surface: "Surface",
  /** @param {string} label */
  picture: (label) => `Map of ${label}`,
  /** @param {string} label @param {string} teaches */
  tooltip: (label, teaches) => `${label}. ${teaches}`,
};
