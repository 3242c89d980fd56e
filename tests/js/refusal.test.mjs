/** Why a socket is refused: asked by HTTP, at the socket's own path; nothing is made up where nobody answers. */

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
const { reasonOf } = await import(`${process.env.MODULES}/stage/wire/refusal.js`);

const REFUSAL = { code: "full", message: "A sentence.", setting: "MR_ADAM_SOCKETS_PER_ADDRESS" };
const asked = [];
let reply = null;
let server = null;
const port = () => server.address().port;

before(async () => {
  globalThis.location = { origin: "https://page.example" };
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.accept}`);
    reply(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
});

after(() => server.close());

const answer = (status, type, body) => (response) => response.writeHead(status, { "content-type": type }).end(body);
const socket = () => `ws://127.0.0.1:${port()}/user/x/api/stream`;

test("a refusal is the server's own, asked with the page's origin", async () => {
  for (const status of [400, 403, 429]) {
    reply = answer(status, "application/json", JSON.stringify(REFUSAL));
    assert.deepEqual(await reasonOf(socket()), REFUSAL);
  }
  assert.equal(asked[0], "GET /user/x/api/stream?origin=https%3A%2F%2Fpage.example application/json");
});

test("no reason is known where the socket would be accepted, or something else answers", async () => {
  const others = [
    (response) => response.writeHead(204).end(),
    answer(200, "application/json", JSON.stringify(REFUSAL)),
    answer(404, "text/html", "<p>not here</p>"),
    answer(502, "application/json", "{}"),
    answer(403, "application/json", "{"),
    (response) => response.destroy(),
  ];
  for (const other of others) {
    reply = other;
    assert.equal(await reasonOf(socket()), null);
  }
  assert.equal(await reasonOf("ws://127.0.0.1:1/api/stream"), null);
});
