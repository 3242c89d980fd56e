/** Files that the server writes: what is posted, what is told while they arrive, and what is said if they do not. */

import assert from "node:assert/strict";
import { test } from "node:test";

const MODULES = process.env.MODULES;
const { nameIn, requestFile } = await import(`${MODULES}/stage/wire/download.js`);
const { frameOf, shownScenario } = await import(`${MODULES}/stage/controls/take_home.js`);
const { takeHome } = await import(`${MODULES}/stage/export_words.js`);

const SCENARIO = { surface: "hump", runs: [{ optimizer: "sgd" }] };
const HEADERS = { "Content-Disposition": 'attachment; filename="hump-sgd.csv"', "Content-Type": "text/csv" };

/** A request, with this answer of the server. */
async function request(answer) {
  const [sent, arrived] = [[], []];
  globalThis.fetch = async (url, options) => {
    sent.push({ url, ...options });
    return answer();
  };
  const file = await requestFile("http://here/api/export", "csv", SCENARIO, takeHome, (size) => arrived.push(size));
  return { sent, arrived, file };
}

/** A body that sends pieces and then ends, or breaks. */
function body(pieces, breaks = false) {
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece));
      else if (breaks) controller.error(new Error("lost"));
      else controller.close();
    },
  });
}

test("a scenario is posted, and the pieces of its file are joined", async () => {
  const pieces = ["a".repeat(2000), "b".repeat(1000)];
  const { sent, arrived, file } = await request(() => new Response(body([...pieces]), { headers: HEADERS }));
  assert.equal(sent[0].url, "http://here/api/export/csv");
  assert.deepEqual(JSON.parse(sent[0].body), SCENARIO);
  assert.deepEqual(arrived, [2, 3]);
  assert.equal(file.name, "hump-sgd.csv");
  assert.equal(await file.content.text(), pieces.join(""));
});

test("a refusal is the server's sentence", async () => {
  await assert.rejects(
    request(() => new Response("No format.", { status: 404 })),
    { message: "No format." },
  );
});

test("a file that breaks off is not saved", async () => {
  const broken = () => new Response(body(["a"], true), { headers: HEADERS });
  await assert.rejects(request(broken), { message: takeHome.stopped });
});

test("a server that is not reached is told", async () => {
  const unreached = () => {
    throw new TypeError("failed to fetch");
  };
  await assert.rejects(request(unreached), { message: takeHome.notReached });
});

test("a file without a name has one", () => {
  assert.equal(nameIn(null), "walk");
});

test("hidden runs are not taken home", () => {
  const scenario = { surface: "hump", runs: ["sgd", "adam", "nadam"] };
  assert.deepEqual(shownScenario({ scenario, runs: [{ index: 0 }, { index: 2 }] }).runs, ["sgd", "nadam"]);
});

test("a frame has the whole link, and nothing in it can end the attribute", () => {
  const frame = frameOf("http://here/?f=x%5E2&run=sgd");
  assert.ok(frame.startsWith('<iframe src="http://here/?f=x%5E2&amp;run=sgd&amp;embed=true" '));
  assert.ok(frameOf("http://here/").includes('src="http://here/?embed=true"'));
  assert.equal(frameOf('http://here/?f="><script>').split('"').length, frame.split('"').length);
  assert.doesNotMatch(frameOf('http://here/?f="><script>'), /<script/);
});
