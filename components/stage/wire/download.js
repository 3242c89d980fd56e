/** Requests a scenario as a file from the server: see `backend/downloads.py`. */

/** @import { Scenario } from "../../contract.js" */

/**
 * A file that the server has written.
 * @typedef {{ name: string, content: Blob }} WrittenFile
 */
/**
 * What cannot be said in words here.
 * @typedef {{ notReached: string, stopped: string }} Failures
 */

/**
 * Request a file. The scenario is posted, since a link cannot carry much data. An error's message is a sentence.
 * @param {string} address of the route, without the format
 * @param {string} format a key of the contract's exports
 * @param {Scenario} scenario
 * @param {Failures} texts
 * @param {(kilobytes: number) => void} arrived
 * @returns {Promise<WrittenFile>}
 */
export async function requestFile(address, format, scenario, texts, arrived) {
  const answer = await post(`${address}/${format}`, JSON.stringify(scenario), texts);
  if (!answer.ok) throw new Error(await answer.text());
  const content = await contentOf(answer, texts, arrived);
  return { name: nameIn(answer.headers.get("Content-Disposition")), content };
}

/** @param {string} url @param {string} body @param {Failures} texts */
async function post(url, body, texts) {
  try {
    return await fetch(url, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json" },
      cache: "no-store",
    });
  } catch {
    throw new Error(texts.notReached);
  }
}

/**
 * All pieces of an answer.
 * @param {Response} answer
 * @param {Failures} texts
 * @param {(kilobytes: number) => void} arrived
 */
async function contentOf(answer, texts, arrived) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const pieces = [];
  let bytes = 0;
  const reader = answer.body?.getReader();
  try {
    for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
      pieces.push(read.value);
      bytes += read.value.length;
      arrived(Math.round(bytes / 1000));
    }
  } catch {
    throw new Error(texts.stopped);
  }
  return new Blob(pieces, { type: answer.headers.get("Content-Type") ?? "" });
}

/**
 * The name of the file in a header.
 * @param {string | null} header
 */
export function nameIn(header) {
  return /filename="([^"]+)"/.exec(header ?? "")?.[1] ?? "walk";
}
