/**
 * Why a WebSocket did not open. A browser does not give the reason to a page, but the server returns it over HTTP, at
 * the same path.
 */

/**
 * The server's answer: `refused` is a sentence if the server refuses the connection, else null; `open` is whether it
 * would accept one now. Without an answer, `refused` is null and `open` is false.
 * @typedef {{refused: ?string, open: boolean}} Reason
 */

/** The longest wait for an answer, in milliseconds. */
const TIMEOUT = 5000;
const UNKNOWN = { refused: null, open: false };

/**
 * Request the reason for the WebSocket at an address.
 * @param {string} url
 * @returns {Promise<Reason>}
 */
export async function reasonOf(url) {
  const address = new URL(url.replace(/^ws/, "http"));
  // The server checks the origin, but the browser sends no Origin header with this request to the page's own server.
  address.searchParams.set("origin", location.origin);
  try {
    const headers = { accept: "application/json" };
    const answer = await fetch(address, { headers, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
    if (answer.ok) return { refused: null, open: true };
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
    return isJson ? { refused: String((await answer.json()).message), open: false } : UNKNOWN;
  } catch {
    return UNKNOWN; // no network, no server, or no answer in time
  }
}
