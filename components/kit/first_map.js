/**
 * The first map of the page comes before small pictures: a browser opens six connections to a server, and pictures that
 * the server still has to compute would occupy them all.
 */

/** Called when a map has been drawn, or cannot be drawn. */
export let mapShown = () => {};
/** Resolves when the first map of the page has been drawn. @type {Promise<void>} */
export const firstMap = new Promise((resolve) => {
  mapShown = resolve;
});
