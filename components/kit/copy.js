/** The clipboard. */

/** Put a text on the clipboard, also where the page came without https (a classroom's plain address). */
export async function copy(text) {
  if (navigator.clipboard && isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = Object.assign(document.createElement("textarea"), { value: text });
  Object.assign(field.style, { position: "fixed", opacity: "0" });
  // Beneath an open dialog nothing can be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("The browser did not let us copy: take the link from the address bar.");
}
