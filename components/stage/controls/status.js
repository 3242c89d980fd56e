/** The line on the map for what has to be seen wherever one looks; what only screen readers need stands there unseen. */

/** Say something `urgent` to all, or else something `quiet`; `error` marks it as a failure. */
export function tell(line, { urgent, quiet, error }) {
  const told = urgent || quiet;
  line.classList.toggle("unseen", urgent === "");
  line.toggleAttribute("data-error", error);
  if (line.textContent !== told) line.textContent = told;
}
