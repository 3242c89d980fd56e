/** What the presenter's view does with other parts of the page. */

/**
 * Give a stage the focus, or its flag while one is to be placed.
 * @param {HTMLElement} stage
 */
export function focus(stage) {
  /** @type {?HTMLElement} */
  const flag = stage.querySelector(".mradam-curtain-flag:not([hidden]):not(:disabled)");
  (flag ?? stage).focus({ preventScroll: true });
}

/**
 * Press one of the page's own buttons, which this view hides.
 * @param {string} key the button's key in Streamlit
 */
export function press(key) {
  /** @type {?HTMLElement} */ (document.querySelector(`.st-key-${CSS.escape(key)} button`))?.click();
}
