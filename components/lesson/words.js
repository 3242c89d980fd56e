/** Every string that the parts of a lesson show, except the lesson's own text: the one file to translate. */

const predict = {
  title: "Predict, then run",
  run: "Run it",
  skip: "Skip and run",
  again: "Ask again",
  againHelp: "Takes back the prediction and all changes of the scene: the question waits again",
  place: {
    mouse:
      "Click the map where you expect the run to end. With the keyboard: press Tab until the flag has a frame, " +
      "then move it with the arrow keys.",
    finger: "Tap the map where you expect the run to end.",
  },
  placed: "The flag is placed. You can still move it.",
  waits: "Playing. Watch the map.",
  right: "Correct.",
  wrong: "Not quite.",
  skipped: "What happens",
  markRight: "✓ correct",
  markWrong: "✗ your choice",
  /** @param {string} away */
  away: (away) => `${away} of the map`,
  /** @param {string} label */
  correct: (label) => `The correct answer is: ${label}. `,
  /** The distance of the flag from the end of the run, and how the flag was judged. */
  measures: {
    /** @param {string} away */
    same_basin: (away) =>
      `Your flag is ${away} of the map away from where the run ends, in the same basin of attraction: gradient ` +
      "descent in short steps from your flag reaches the same minimum.",
    /** @param {string} away */
    other_basin: (away) =>
      `Your flag is ${away} of the map away from where the run ends, in another basin of attraction: gradient ` +
      "descent in short steps from your flag reaches another minimum.",
    /** @param {string} away */
    no_basin: (away) =>
      `Your flag is ${away} of the map away from where the run ends: gradient descent in short steps from your flag ` +
      "reaches no minimum.",
    /** @param {string} away */
    distance: (away) =>
      `Your flag is ${away} of the map away from where the run is after its last step; up to 5 % counts as correct.`,
  },
  /** What a presenter may press next. */
  keys: {
    run: "Space runs it.",
    /** @param {number} choices */
    choose: (choices) => `choose with the keys 1–${choices}`,
    flag: "click the map to place the flag",
    /** @param {string} how */
    warned: (how) => `Nothing is predicted yet: ${how}, or press Space again to run without a prediction.`,
    /** @param {string} how */
    first: (how) => `${how[0].toUpperCase()}${how.slice(1)}, then Space runs it.`,
  },
};

const goals = {
  copied: "Copied",
  lesson: "Copy a link to my solution",
  playground: "Copy it as a playground link",
  done: "Done",
  open: "Not yet",
  /** @param {number} score @param {number} most */
  score: (score, most) => `${score} of ${most} points`,
  /** @param {number} points */
  points: (points) => (points === 1 ? "1 point" : `${points} points`),
  /** What a goal can give a range for. */
  measures: {
    spread: "spread",
    held: "held by the plane",
    accuracy: "accuracy",
    validation: "validation loss",
  },
  /** The present value of a goal about one number, and of one about several. @param {string} value */
  now: (value) => `now ${value}`,
  /** @param {string} run @param {string} name @param {string} value */
  value: (run, name, value) => `${run === "" ? "" : `${run}: `}${name} ${value}`,
  /** @param {string} text @param {string} says */
  reached: (text, says) => `Done: ${text} ${says}`,
};

const row = {
  lessons: "Lessons",
  neighbors: "Neighboring lessons",
  previous: "← Previous lesson",
  next: "Next lesson →",
  done: "done",
  begun: "started",
  /** @param {number} number @param {string} title @param {string} state */
  name: (number, title, state) => `Lesson ${number}: ${title}${state && `, ${state}`}`,
  /** @param {number} number @param {string} title @param {string} state */
  tooltip: (number, title, state) => `${number}. ${title}${state && ` (${state})`}`,
};

const knobs = {
  /** @param {string} run @param {string} name */
  name: (run, name) => `${run}: ${name}`,
};

export const words = { predict, goals, row, knobs };
