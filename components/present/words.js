/** Every string that the presenter's view and the invitation show: the file to translate. */

const view = {
  present: "Present",
  presentHelp: "For class: large type, everything works by keys; Esc leaves",
  invite: "Invite",
  inviteHelp: "The address of this page, large, and as a code for phones",
  link: "Make a link…",
  linkHelp: "A link of this picture: which controls and parts its page offers, as address, code and frame",
  leave: "Leave the presenter's view",
  blank: "The screen is black. Any key or a click shows the page again.",
};

/** What the keys do, in the line at the bottom. */
const keys = {
  choose: "choose",
  run: "run",
  again: "ask again",
  play: "play or pause",
  step: "one step",
  line: "choose a line",
  look: "look inside a step",
  lookOn: "next run",
  close: "close",
  both: "next or previous lesson",
  next: "next lesson",
  previous: "previous lesson",
  scene: "scene",
  all: "all keys",
  code: "code to join",
  blank: "black screen",
  leave: "leave",
  space: "Space",
  pageUp: "Page ↑",
  pageDown: "Page ↓",
};

const invitation = {
  title: "Join from your own screen",
  close: "Close",
  /** @param {string} address */
  code: (address) => `Code of the address ${address}`,
  thisPicture: "The code opens what is on the screen now. The typed address opens the playground.",
  tooLong:
    "The address of this picture is too long for a code: code and address both open the playground. " +
    "The link opens this picture.",
  copy: "Copy the link",
  copied: "Link copied.",
  /** @param {string} host */
  alone: (host) =>
    `You opened this page as ${host}. On each device this address means that device, so others cannot use it.`,
  instead: "Open the page by the address of this computer in your network; then the code for your class appears here: ",
  settings: "The computer's settings show that address under Network or Wi-Fi. In a terminal it is shown by ",
  onLinux: " on Linux, ",
  onMac: " on a Mac, ",
  onWindows: " on Windows.",
  noAnswer: "If nothing answers at that address, the server accepts connections from this computer only, as after ",
  opens: " accepts them from the network, and so does a container.",
};

/** The dialog that makes a link. */
const link = {
  title: "Make a link",
  close: "Close",
  appName: "Mr. Adam",
  pageTitle: "Title of the page",
  controlsTitle: "Controls that the page offers",
  partsTitle: "Parts of the page that are shown",
  openingTitle: "How it opens",
  /** Names of controls that are not the name of a number. @type {Record<string, string>} */
  controls: { runs: "add, remove and change runs", data: "own data" },
  /** @type {Record<string, string>} */
  parts: {
    cards: "cards",
    curve: "loss curve",
    picker: "surfaces",
    presets: "presets",
    panel: "panel",
    tools: "tools on the map",
    transport: "play and step",
  },
  moves: "the start can be moved",
  /** @param {number} step @param {number} steps */
  asNow: (step, steps) => `as it is shown now: step ${step} of ${steps}, speed, scale and part of the map`,
  address: "The link",
  frame: "The HTML of a frame for a page of your own",
  frameNote: "The server shows the app in frames of those sites only that are listed in ",
  copy: "Copy the link",
  copyFrame: "Copy the frame",
  copied: "Copied.",
  tooLong: "The link is too long for a code.",
};

/** What is shown large while a key selects or changes something. */
const runs = {
  /** @param {string} name */
  selected: (name) => name,
  /** @param {string} name @param {string} value */
  set: (name, value) => `${name} ${value}`,
  /** @param {number} number @param {string} name @param {string} setting */
  ofRun: (number, name, setting) => `${number} ${name}: ${setting}`,
  /** @param {string} name */
  none: (name) => `${name} has no momentum`,
  /** @param {string} name */
  locked: (name) => `This link does not offer ${name}`,
};

const help = {
  title: "Keys",
  close: "Close",
  /** @type {[string[], string][]} */
  keys: [
    [["Space"], "play or pause; while a question waits, run"],
    [["←", "→"], "one step back or forward"],
    [["Home", "End"], "first or last step"],
    [["1–8"], "select a run; while a question waits, choose an answer"],
    [["U", "J"], "lr of the selected run up or down"],
    [["O", "L"], "momentum (beta1) of the selected run up or down"],
    [["W", "S"], "more or fewer steps"],
    [["Shift", "← ↑ ↓ →"], "move the start"],
    [["I"], "inside of a step: of each run in turn"],
    [["↑", "↓"], "line of the open inside"],
    [["T"], "the lesson's idea, figures and why; again: back to the map"],
    [["A"], "ask the lesson's question again"],
    [["Page ↑", "Page ↓"], "scene of the lesson, then the lesson beside it"],
    [["N", "P"], "next or previous lesson"],
    [["Q"], "code to join"],
    [["B"], "black screen"],
    [["Esc"], "close, then leave the presenter's view"],
  ],
};

export const words = { view, keys, invitation, link, runs, help };
