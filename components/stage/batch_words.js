/** The texts about the batch of a step: its switches, and the notes on what is drawn of it. */

/** @import { Landings } from "../contract.js" */

const examples = (/** @type {number} */ count) => (count === 1 ? "1 example" : `${count} examples`);

export const batch = {
  /** The group of switches. */
  name: "The batch of a step on the map",
  nameOfAll: "The examples of a step on the map",
  on: {
    gradients: "gradients of the examples",
    losses: "loss of the batch",
    landings: "steps with other batches",
  },
  help: {
    gradients: "Arrows for the gradient of each example of the step, for the batch, and for all examples",
    losses: "Dashed contour lines of the loss of the step's batch, over those of the loss over all examples",
    landings: "Dots where the step would end with other batches, from the optimizer's present state",
  },
  /** On the loss chart. `description` is for screen readers. */
  thin: {
    button: "thin: batch loss",
    help: "Show the loss of the batch at each step as thin lines; a mark at the edge stands for one beyond the axis",
    description: "The thin lines are the losses of the batches; a mark at the edge stands for one beyond the axis.",
  },

  /** The notes on the map: short, since they cover a part of it. */
  note: {
    /** @param {number} count @param {string} factor empty at true length @param {boolean} batches */
    gradients: (count, factor, batches) =>
      `gradients${factor === "" ? "" : ` ×${factor}`}, uphill: ${examples(count)} (thin), ` +
      (batches ? "batch (thick), all (dashed)" : "mean (thick)"),
    losses: "dashed lines: loss of the batch",
    landings: (/** @type {Landings} */ { batches, every }) =>
      batches === 1
        ? "ring: end of the step"
        : `ring: end of the step; dots: with ${every ? `all ${batches - 1} other` : `${batches - 1} random`} batches`,
  },

  // The same in sentences, with the reason where nothing is drawn.
  /**
   * @param {number} count
   * @param {string} factor empty at true length
   * @param {boolean} batches
   * @param {number} cut how many arrows end outside of the view
   */
  gradients: (count, factor, batches, cut) =>
    `Gradients${factor === "" ? " at true length" : ` ×${factor}`}: thin, ${examples(count)}; ` +
    (batches ? "thick, their mean, the batch; dashed, all examples." : "thick, their mean.") +
    " They point uphill; a step goes against them." +
    (cut === 0 ? "" : ` Arrows that end outside of this view: ${cut}.`),
  short: "The gradients are too short to be drawn.",
  /** @param {number} count @param {boolean} batches */
  losses: (count, batches) =>
    batches
      ? `Dashed lines: the loss of the batch (${examples(count)}), at every second level of the map.`
      : "Dashed lines: the loss over all examples, at every second level of the map.",
  noLosses: "The loss of the batch is not finite everywhere on the map.",
  /** @param {Landings} landings @param {number} size of a batch @param {number} unseen how many dots are not in view */
  landings: ({ batches, every }, size, unseen) =>
    (batches === 1
      ? "Ring: the end of the step; a step uses all examples."
      : `Ring: the end of the step; dots: its end with ` +
        (every
          ? `each of the other ${batches - 1} batches of ${examples(size)}`
          : `${batches - 1} random batches of ${examples(size)}`)) +
    (batches === 1 ? "" : unseen === 0 ? "." : `; ${unseen} outside of this view.`),
  noLandings: "The step does not end at a finite position.",
};
