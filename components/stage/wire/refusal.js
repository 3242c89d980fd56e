/** Ask by HTTP why the server refuses a WebSocket: a browser does not tell a page. */

/** @import { Refusal } from "../../contract.js" */

/** After so many milliseconds without an answer, no reason is known. */
const PATIENCE = 5000;

/**
 * The reason for which a socket would be refused now; null if it would be accepted, or if the server does not answer.
 * @param {string} address the absolute address of the socket
 * @returns {Promise<Refusal | null>} its `message` is one sentence for people, which names the setting that helps
 */
export async function reasonOf(address) {
  const url = new URL(address);
  url.protocol = url.protocol === "wss:" ? "https:" : "http:";
  // The browser sends no Origin header when a page asks its own server.
  url.searchParams.set("origin", location.origin);
  const headers = { accept: "application/json" };
  try {
    const answer = await fetch(url, { headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return isRefusal(answer) ? await answer.json() : null;
  } catch {
    return null; // no server, or an answer of something else, such as a proxy's page: no reason is known
  }
}

/** @param {Response} answer */
function isRefusal({ status, headers }) {
  return status >= 400 && status < 500 && (headers.get("content-type") ?? "").startsWith("application/json");
}
