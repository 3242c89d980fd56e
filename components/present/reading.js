/** The lesson's text instead of the map: its idea, and after the answer the figures and the explanation. */

/** The class on the root element that shows it (reading.css). */
const READS = "mradam-present-reads";

/** Whether the text is shown. */
export function reads() {
  return document.documentElement.classList.contains(READS);
}

/** Show the text, or the map again. @param {boolean} on */
export function read(on) {
  document.documentElement.classList.toggle(READS, on);
  // So that the arrow keys scroll the text.
  const page = document.querySelector(".stMain");
  if (on && page instanceof HTMLElement) {
    page.tabIndex = -1;
    page.focus({ preventScroll: true });
    page.scrollTop = 0;
  } else if (page !== null) {
    /** @type {?HTMLElement} */ (document.querySelector(".mradam-stage"))?.focus({ preventScroll: true });
  }
}
