/** The invitation: the address of the page in large type, and as a code for a phone's camera. */

import { copy } from "../kit/copy.js";
import { element, verbatim } from "../kit/element.js";
import { ROOT } from "../kit/place.js";
import { shared } from "../stage/wire/places.js";
import { codeOf, fitsCode } from "./code.js";
import { words } from "./words.js";

const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;
const { invitation } = words;

export class Invitation {
  /** Opens the dialog that makes a link; null where there is none. @type {(() => void) | null} */
  makeLink = null;
  #status = element("p", { class: "status", role: "status" });
  #root = element("dialog", { class: "mradam-invite", "aria-labelledby": "mradam-invite-title" });

  constructor() {
    // A click outside the card closes it.
    this.#root.addEventListener("click", (event) => event.target === this.#root && this.#root.close());
    document.body.append(this.#root);
  }

  get open() {
    return this.#root.open;
  }

  /** Open it, or close it. */
  toggle() {
    if (this.open) {
      this.#root.close();
      return;
    }
    this.#status.textContent = "";
    const close = element(
      "button",
      { type: "button", class: "close", click: () => this.#root.close(), "aria-label": invitation.close },
      "×",
    );
    const title = element("h2", { id: "mradam-invite-title" }, invitation.title);
    const parts = LOCAL.test(location.hostname) ? alone() : this.#together();
    this.#root.replaceChildren(element("div", {}, close, title, ...parts, ...this.#further()));
    this.#root.showModal();
  }

  /** The button that makes a link of one's own choice. */
  #further() {
    const { makeLink } = this;
    if (makeLink === null) return [];
    const click = () => {
      this.#root.close();
      makeLink();
    };
    return [
      element("button", { type: "button", click, "data-do": "link", title: words.view.linkHelp }, words.view.link),
    ];
  }

  remove() {
    this.#root.remove();
  }

  /** The parts that are shown if others can open the page: its code, its address and its link. */
  #together() {
    const link = shared(location.href);
    const fits = fitsCode(link);
    const target = fits ? link : ROOT;
    const share = async () => {
      try {
        await copy(link);
        this.#status.textContent = invitation.copied;
      } catch (failure) {
        this.#status.textContent = /** @type {Error} */ (failure).message;
      }
    };
    return [
      codeOf(target),
      verbatim("p", { class: "address" }, ROOT.replace(/^http:\/\/|\/$/g, "")),
      element("p", {}, fits ? invitation.thisPicture : invitation.tooLong),
      element("button", { type: "button", click: share }, invitation.copy),
      this.#status,
    ];
  }
}

/** The parts that are shown for an address such as localhost, which others cannot use: what to do instead. */
function alone() {
  const port = location.port === "" ? "" : `:${location.port}`;
  const code = (/** @type {string} */ text) => verbatim("code", {}, text);
  const paragraph = (/** @type {(string | Node)[]} */ ...parts) => element("p", {}, ...parts);
  return [
    paragraph(invitation.alone(location.hostname)),
    paragraph(invitation.instead, code(`http://ADDRESS${port}`), "."),
    paragraph(
      invitation.settings,
      code("hostname -I"),
      invitation.onLinux,
      code("ipconfig getifaddr en0"),
      invitation.onMac,
      code("ipconfig"),
      invitation.onWindows,
    ),
    paragraph(invitation.noAnswer, code("make run"), ": ", code("make run ADDRESS=0.0.0.0"), invitation.opens),
  ];
}
