/**
 * Where the server's files and routes lie, seen from the browser.
 *
 * A proxy may serve the app below a path of its own and remove that path before the server sees a request. So the
 * server
 * cannot know its address, and paths are resolved from this module's own: `<root>/assets/<version>/kit/place.js`.
 */

/** The root of the app as the browser sees it, with a slash at its end. */
export const ROOT = new URL("../../../", import.meta.url).href;

/**
 * The full address of a path that Python has handed over.
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
