/** Whether the page is in the presenter's view: a class on the root element says so, for styles and for code. */

export const VIEW = "mradam-present-view";

export function presented() {
  return document.documentElement.classList.contains(VIEW);
}
