/** An invitation: the address of what is on the screen, large, and as a code for a phone's camera. */

import { contract } from "../contract.js";
import { copy } from "../kit/copy.js";
import { element, verbatim } from "../kit/element.js";
import { ROOT, resolve } from "../kit/place.js";
import { words } from "./words.js";

/** The most characters of an address in a code. */
const LONGEST = contract.limits.code;
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;
const { invitation } = words;

export class Invitation {
  #said = element("p", { class: "said", role: "status" });
  #root = element("dialog", { class: "mradam-invite", "aria-labelledby": "mradam-invite-title" });

  constructor() {
    // A click beside the card closes it.
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
    this.#said.textContent = "";
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

  /** Others can open the page: its code, its address and its link. */
  #together() {
    const link = shared(location.href);
    const fits = link.length <= LONGEST;
    const target = fits ? link : ROOT;
    const code = resolve(`api/code.svg?of=${encodeURIComponent(target)}`);
    const share = async () => {
      try {
        await copy(link);
        this.#said.textContent = invitation.copied;
      } catch (failure) {
        this.#said.textContent = /** @type {Error} */ (failure).message;
      }
    };
    return [
      element("img", { src: code, alt: invitation.code(target) }),
      verbatim("p", { class: "address" }, ROOT.replace(/^http:\/\/|\/$/g, "")),
      element("p", {}, fits ? invitation.thisPicture : invitation.tooLong),
      element("button", { type: "button", click: share }, invitation.copy),
      this.#said,
    ];
  }
}

/** The page was opened by an address that means every device itself: how to open it for others. */
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

/**
 * An address as a guest needs it: without the presenter's view.
 * @param {string} address
 */
export function shared(address) {
  const [path, query = ""] = address.split("#")[0].split("?");
  const kept = query.split("&").filter((part) => part !== "" && !part.startsWith("present="));
  return kept.length > 0 ? `${path}?${kept.join("&")}` : path;
}
