/** The texts of the menu in which a visitor takes a walk home. */

export const takeHome = {
  /** The button on the map. */
  open: "Take home: the script, the notebook or the numbers of this walk",
  title: "Take home",
  families: { code: "As code", numbers: "As numbers", picture: "As a picture", film: "As a film" },
  pictures: {
    png: { label: "Picture (PNG)", says: "What the stage shows at this step, with a legend: for slides." },
    svg: { label: "Picture (SVG)", says: "The same as vector graphics: for papers." },
    saved: "The picture is saved.",
  },
  caption: "with the link as a caption",
  /** The group of what is put into another page. */
  page: "In a page of yours",
  frame: {
    label: "Frame (HTML)",
    says: "Copies an iframe that shows this walk in a page of yours.",
    copied: "The frame is copied: paste it into the HTML of your page.",
    title: "Mr. Adam: optimizers on a loss surface",
  },
  /** While the server writes. @param {string} format @param {number} kilobytes that have arrived */
  writing: (format, kilobytes) => (kilobytes === 0 ? `${format}: writing` : `${format}: ${kilobytes} kB`),
  /** @param {string} file */
  saved: (file) => `Saved as ${file}.`,
  notReached: "The server was not reached. Try again in a moment.",
  noWalk: "There is no walk yet. Try again in a moment.",
  stopped: "The file is not complete: the server stopped while it was writing. Try again in a moment.",
};
