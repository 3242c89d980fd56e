/**
 * Why a WebSocket did not open. A browser does not tell a page; the server says it over HTTP, at the same path.
 */

/**
 * What the server says: `refused` is a sentence if it refuses the connection, else null; `open` is whether it would
 * accept
 * one now. Neither holds if the server does not answer.
 * @typedef {{refused: ?string, open: boolean}} Reason
 */

/** After so many milliseconds without an answer, no reason is known. */
const PATIENCE = 5000;
const SILENT = { refused: null, open: false };

/**
 * Ask the server about the WebSocket at an address.
 * @param {string} url
 * @returns {Promise<Reason>}
 */
export async function reasonOf(url) {
  const address = new URL(url.replace(/^ws/, "http"));
  // A browser sends no Origin header with a request to the page's own server.
  address.searchParams.set("origin", location.origin);
  try {
    const headers = { accept: "application/json" };
    const answer = await fetch(address, { headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return { refused: null, open: true };
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
    return isJson ? { refused: String((await answer.json()).message), open: false } : SILENT;
  } catch {
    return SILENT; // no network, no server, or no answer in time
  }
}
