/** The kit without a browser: text in a translated page, copying in a frame, addresses below a proxy's path. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

class Text {
  constructor(data) {
    this.data = data;
  }
}
globalThis.Text = Text;
globalThis.HTMLElement = class {};

/** An element that holds nodes, as far as text goes. */
class Holder {
  nodes = [];
  get firstChild() {
    return this.nodes[0] ?? null;
  }
  get lastChild() {
    return this.nodes.at(-1) ?? null;
  }
  get textContent() {
    return this.nodes.map((node) => node.data ?? node.textContent).join("");
  }
  set textContent(text) {
    this.nodes = [new Text(text)];
  }
}

const { rewrite } = await import(`${process.env.MODULES}/kit/element.js`);
const { copy } = await import(`${process.env.MODULES}/kit/copy.js`);
const { takesText } = await import(`${process.env.MODULES}/kit/keys.js`);
const { resolve, resolveSocket, ROOT } = await import(`${process.env.MODULES}/kit/place.js`);
const { words } = await import(`${process.env.MODULES}/kit/words.js`);

test("a text node stays while its text changes", () => {
  const holder = new Holder();
  rewrite(holder, "1 of 9");
  const node = holder.firstChild;
  rewrite(holder, "2 of 9");
  assert.deepEqual([holder.firstChild === node, holder.textContent], [true, "2 of 9"]);
});

test("a text that a translator has wrapped, split or removed is written all the same", () => {
  const wrapped = new Holder();
  wrapped.textContent = "1 von 9";
  for (const nodes of [[wrapped], [new Text("1"), wrapped], [new Text("1 von"), new Text(" 9")], []]) {
    const holder = new Holder();
    holder.nodes = nodes;
    rewrite(holder, "2 of 9");
    assert.equal(holder.textContent, "2 of 9");
    rewrite(holder, "3 of 9");
    assert.equal(holder.textContent, "3 of 9");
  }
});

const page = { copied: [], allows: true };
beforeEach(() => {
  Object.assign(page, { copied: [], allows: true });
  const field = { style: {}, select: () => {}, remove: () => {} };
  globalThis.isSecureContext = true;
  globalThis.document = {
    activeElement: null,
    body: { append: () => {} },
    createElement: () => field,
    querySelector: () => null,
    execCommand: () => page.allows && page.copied.push(field.value) > 0,
  };
});
const clipboard = (writeText) =>
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { clipboard: { writeText } } });
const refuse = () => Promise.reject(new DOMException("blocked by permissions policy", "NotAllowedError"));

test("a link is copied by the clipboard, or else by the older command", async () => {
  const texts = [];
  clipboard(async (text) => void texts.push(text));
  await copy("a");
  assert.deepEqual([texts, page.copied], [["a"], []]);
  clipboard(refuse);
  await copy("b");
  globalThis.isSecureContext = false;
  await copy("c");
  assert.deepEqual([texts, page.copied], [["a"], ["b", "c"]]);
});

test("if copying fails, a sentence explains it", async () => {
  clipboard(refuse);
  page.allows = false;
  await assert.rejects(copy("a"), { message: words.notCopied });
  globalThis.document.execCommand = () => {
    throw new Error("sandboxed");
  };
  await assert.rejects(copy("a"), { message: words.notCopied });
});

test("keys belong to a field only where text is typed", () => {
  const input = (type) => ({ tagName: "INPUT", type });
  for (const target of [
    input("text"),
    input("number"),
    { tagName: "TEXTAREA" },
    { tagName: "P", isContentEditable: true },
  ])
    assert.equal(takesText(target), true);
  for (const target of [input("range"), input("radio"), { tagName: "BUTTON" }, { tagName: "SELECT" }, null])
    assert.equal(takesText(target), false);
});

test("paths are resolved from the app's root, below whatever path a proxy serves it", () => {
  assert.equal(`${ROOT}`, new URL("../../", `${process.env.MODULES}/`).href, "two folders above the modules' own");
  for (const root of ["https://hub.example/user/ada/proxy/8501/", "http://localhost:8501/"]) {
    assert.equal(resolve("./assets/1a", root), `${root}assets/1a`);
    assert.equal(resolve("assets/1a", root), `${root}assets/1a`);
    assert.equal(resolveSocket("./api/stream", root), `${root.replace("http", "ws")}api/stream`);
  }
  assert.equal(resolve("/demo/assets/1a", "http://host/demo/"), "http://host/demo/assets/1a");
});
