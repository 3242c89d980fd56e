/**
 * The addresses of the server's files and routes, as the browser has to request them.
 *
 * A proxy may serve the app below a path of its own and remove that path from each request. The server then does not
 * receive its full address, so paths are resolved from the address of this module, which is
 * `<root>/assets/<version>/kit/place.js`.
 */

/** The root of the app as the browser sees it, with a slash at its end. */
export const ROOT = new URL("../../../", import.meta.url).href;

/**
 * The full address of a path that Python has sent.
 * @param {string} path relative to the app's root, or absolute on the host
 * @param {string} root
 */
export function resolve(path, root = ROOT) {
  return new URL(path, root).href;
}

/**
 * The same for a WebSocket.
 * @param {string} path
 * @param {string} root
 */
export function resolveSocket(path, root = ROOT) {
  return resolve(path, root).replace(/^http/, "ws");
}
