/** The strings that the stage shows only for networks. */

/** On the loss chart. `description` is for screen readers. */
const thin = {
  button: "thin: validation loss",
  help: "Show the validation loss at each step as thin lines; a mark at the edge stands for one beyond the axis",
  description: "The thin lines are the validation losses; a mark at the edge stands for one beyond the axis.",
};

/** In the picture of the model. */
const model = {
  /** @param {number} step */
  weightsOf: (step) => `weights of step ${step} · pale: validation`,
};

/** In the inside of a step. */
const step = {
  /** The names of the two weights whose steps are shown. */
  axes: ["w₁", "w₂"],
  /** In the place of the position at which the gradient is computed. */
  allWeights: "(θ)",
  /** @param {[string, string]} places of the two weights in the network */
  watched: ([first, second]) =>
    `w₁: ${first}. w₂: ${second}. Of all weights these two change most along the directions of the plane. ` +
    "The map shows the plane, so their steps are not drawn on it.",
};

/** On the cards and in the box under the pointer. */
const controls = {
  rows: {
    offPlane: "off the plane",
    moved: "moved",
    held: "held by the plane",
    validationLoss: "validation loss",
    accuracy: "accuracy",
    validationAccuracy: "validation accuracy",
  },
  /** The part of the gradient that lies in the plane. */
  gradient: "gradient in the plane",
  help: {
    position: "The point of the plane that is nearest to the weights",
    offPlane:
      "The distance from the weights to the plane. Where it is more than half of the distance that they have moved, " +
      "the path is drawn pale.",
    moved: "The distance from the first weights to these",
    held:
      "How much of the path lies in the plane: the share of the squared distances from the first weights, " +
      "summed over the steps so far",
    loss: "Loss at these weights: the mean over the training examples",
    validationLoss: "The mean loss over the validation examples, which do not train the network",
    accuracy: "The share of training examples whose class is predicted",
    validationAccuracy: "The share of validation examples whose class is predicted",
  },
};

export const networkWords = { thin, model, step, controls };
