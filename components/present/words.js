/** Every string that the presenter's view and the invitation show: the file to translate. */

const view = {
  present: "Present",
  presentHelp: "For class: large type, everything works by keys; Esc leaves",
  invite: "Invite",
  inviteHelp: "The address of this page, large, and as a code for phones",
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

export const words = { view, keys, invitation };
