/** The invitation: the address of the page in large type, and as a code for a phone's camera. */

import { contract } from "../contract.js";
import { copy } from "../kit/copy.js";
import { element, verbatim } from "../kit/element.js";
import { ROOT, resolve } from "../kit/place.js";
import { shared } from "../stage/wire/places.js";
import { words } from "./words.js";

/** The most characters of an address in a code. */
const MOST_CHARACTERS = contract.limits.code;
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;
const { invitation } = words;

export class Invitation {
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
    this.#root.replaceChildren(element("div", {}, close, title, ...parts));
    this.#root.showModal();
  }

  remove() {
    this.#root.remove();
  }

  /** The parts that are shown if others can open the page: its code, its address and its link. */
  #together() {
    const link = shared(location.href);
    const fits = link.length <= MOST_CHARACTERS;
    const target = fits ? link : ROOT;
    const code = resolve(`api/code.svg?of=${encodeURIComponent(target)}`);
    const share = async () => {
      try {
        await copy(link);
        this.#status.textContent = invitation.copied;
      } catch (failure) {
        this.#status.textContent = /** @type {Error} */ (failure).message;
      }
    };
    return [
      element("img", { src: code, alt: invitation.code(target) }),
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
