/** An invitation: the address of what is on the screen, large, and as a code for a phone's camera. */

import { contract } from "./contract.js";
import { copy } from "./kit/copy.js";
import { element } from "./kit/element.js";

/** The most characters of an address in a code. */
const LONGEST = contract.limits.code;
const LOCAL = /^(localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;
const THIS_PICTURE = "The code leads to what is on the screen now; the address, typed, to the playground.";
const TOO_LONG = "This picture's own address is too long for a code: both lead to the playground. The link leads here.";

export class Invitation {
  #base;
  #said = element("p", { class: "said", role: "status" });

  /** `data.assets` tells under which path the server lives. */
  constructor({ assets }) {
    this.#base = assets.slice(0, assets.lastIndexOf("/assets/"));
    this.root = element("dialog", { class: "mradam-invite", "aria-labelledby": "mradam-invite-title" });
    // A click beside the card closes it.
    this.root.addEventListener("click", (event) => event.target === this.root && this.root.close());
    document.body.append(this.root);
  }

  /** Open it, or close it. */
  toggle() {
    if (this.root.open) {
      this.root.close();
      return;
    }
    this.#said.textContent = "";
    const close = element(
      "button",
      { type: "button", class: "close", click: () => this.root.close(), "aria-label": "Close" },
      "×",
    );
    const title = element("h2", { id: "mradam-invite-title" }, "Join from your own screen");
    this.root.replaceChildren(
      element("div", {}, close, title, ...(LOCAL.test(location.hostname) ? this.#alone() : this.#together())),
    );
    this.root.showModal();
  }

  remove() {
    this.root.remove();
  }

  #together() {
    const link = shared(location.href);
    const start = `${location.origin}${this.#base}/`;
    const fits = link.length <= LONGEST;
    const code = `${this.#base}/api/code.svg?of=${encodeURIComponent(fits ? link : start)}`;
    const share = async () => {
      try {
        await copy(link);
        this.#said.textContent = "Link copied.";
      } catch (failure) {
        this.#said.textContent = failure.message;
      }
    };
    return [
      element("img", { src: code, alt: `Code of the address ${fits ? link : start}` }),
      element("p", { class: "address" }, start.replace(/^http:\/\/|\/$/g, "")),
      element("p", {}, fits ? THIS_PICTURE : TOO_LONG),
      element("button", { type: "button", click: share }, "Copy the link"),
      this.#said,
    ];
  }

  /** Nobody else could follow. */
  #alone() {
    const port = location.port === "" ? "" : `:${location.port}`;
    const code = (text) => element("code", {}, text);
    return [
      element("p", {}, `You opened this page as ${location.hostname}, an address that leads every device to itself.`),
      element(
        "p",
        {},
        "Open it by the address that this computer has in your network instead, and the code for your class stands here: ",
        code(`http://ADDRESS${port}`),
        ".",
      ),
      element(
        "p",
        {},
        "Its settings tell that address, under Network or Wi-Fi; in a terminal it is ",
        code("hostname -I"),
        " on Linux, ",
        code("ipconfig getifaddr en0"),
        " on a Mac, ",
        code("ipconfig"),
        " on Windows.",
      ),
      element(
        "p",
        {},
        "If nothing answers there, the server listens to this computer alone, as after ",
        code("make run"),
        ": ",
        code("make run ADDRESS=0.0.0.0"),
        " opens it to the network. A container is open to it.",
      ),
    ];
  }
}

/** An address as a guest needs it: without the presenter's view. */
function shared(address) {
  const [path, query = ""] = address.split("#")[0].split("?");
  const kept = query.split("&").filter((part) => part !== "" && !part.startsWith("present="));
  return kept.length > 0 ? `${path}?${kept.join("&")}` : path;
}
