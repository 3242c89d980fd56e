/** The reason why a WebSocket did not open is requested over HTTP, at its own path. */

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.location = { origin: "https://here.example" };
const { reasonOf } = await import(`${process.env.MODULES}/stage/wire/reason.js`);
const SILENT = { refused: null, open: false };
const json = (status, body) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

const ANSWERS = {
  "would accept it": [() => new Response(null, { status: 204 }), { refused: null, open: true }],
  "refuses it with a sentence": [() => json(403, { message: "No." }), { refused: "No.", open: false }],
  "answers without a sentence": [() => new Response("<html>", { status: 404 }), SILENT],
  "does not answer": [() => Promise.reject(new TypeError("Failed to fetch")), SILENT],
};
for (const [what, [answer, reason]] of Object.entries(ANSWERS)) {
  test(`a server that ${what}`, async () => {
    const asked = [];
    globalThis.fetch = async (address, { headers }) => {
      asked.push(address.href, headers.accept);
      return answer();
    };
    assert.deepEqual(await reasonOf("wss://there.example/demo/api/stream"), reason);
    const address = "https://there.example/demo/api/stream?origin=https%3A%2F%2Fhere.example";
    assert.deepEqual(asked, [address, "application/json"]);
  });
}
