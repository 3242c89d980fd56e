/** Every string that the picker shows, except the names of the surfaces: the one file to translate. */

export const words = {
  surface: "Surface",
  /** @param {string} label */
  picture: (label) => `Map of ${label}`,
  own: {
    field: "f(x, y) =",
    help: "How to write it, and samples",
    grammar:
      "+ − * / ^, 2x, |x|, sqrt, sin, cos, exp, ln, max, min, r, theta, pi. Other letters become sliders. " +
      "log is the natural logarithm.",
    map: "Edges of the map",
    edges: ["left edge", "right edge", "lower edge", "upper edge"],
    rising: "Each edge on the left or below must be less than the one opposite: exchange the two numbers.",
    proposed: "Use the proposed map",
    samples: [
      "x^2 + 3y^2",
      "(1-x)^2 + 100(y-x^2)^2",
      "sin x cos y + r^2/20",
      "a x^2 - b y^2",
      "|x| + |y|",
      "x ln x + y^2",
      "-exp(-r^2) + r²/50",
    ],
    /** @param {string} letter */
    letter: (letter) => `Value of ${letter}`,
  },
  /** @param {string} label @param {string} teaches */
  tooltip: (label, teaches) => `${label}. ${teaches}`,
};
