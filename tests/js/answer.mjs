/** Calls what the modules in the first argument's folder export: [name, ...arguments] in, {value} or {error} out. */

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = (path) => import(pathToFileURL(`${process.argv[2]}/${path}`).href);
const { contract } = await load("contract.js");
const { spell } = await load("kit/numbers.js");
const { runName, settings } = await load("kit/runs.js");
const { linkOf } = await load("stage/wire/link.js");
const { offerParts, openingParts } = await load("stage/wire/offer.js");
const { SPEEDS } = await load("stage/state/playback.js");
const { namesScenario } = await load("stage/wire/query.js");
const { Network } = await load("stage/model/network.js");
const { Prediction } = await load("stage/model/program.js");
const { rowsOf, changeRow, addRow } = await load("kit/data_rows.js");
const { exampleCount } = await load("kit/epochs.js");
const { scalingOf } = await load("stage/model/data.js");
const { exact, parse, short } = await load("panel/typed.js");

const CALLS = {
  link: linkOf,
  namesScenario,
  offer: offerParts,
  /** Python sends the speed as the link spells it: JSON has no infinity. */
  opening: (look) => openingParts({ ...look, speed: look.speed === "instant" ? Infinity : Number(look.speed) }),
  speeds: () => SPEEDS.map((speed) => (speed === Infinity ? "instant" : String(speed))),
  /** Numbers come as texts: JSON has no infinity. */
  spell: (text, spelling, minus) => spell(Number(text), contract.spellings[spelling], minus),
  names: (scenario) => scenario.runs.map((_, index) => runName(scenario, index)),
  settings,
  rows: rowsOf,
  change: changeRow,
  add: addRow,
  examples: exampleCount,
  /** Shift and unit of each column of some rows. */
  scaling: (rows, scales) => {
    const columns = rows[0].map((_, at) => Float64Array.from(rows, (row) => row[at]));
    const { shift, unit } = scalingOf(columns, scales);
    return [shift, unit];
  },
  /** What a traced model predicts; what is no number is null. */
  predict: (program, x, y, rows) => [
    ...new Prediction(program, rows.length).at(
      x,
      y,
      rows.map((row) => Float64Array.from(row)),
    ),
  ],
  /** The outputs of a network with these weights, which the stream sends as float32. */
  network: (layers, weights, rows) => [
    ...new Network(layers).at(
      Float32Array.from(weights),
      rows.map((row) => Float64Array.from(row)),
    ),
  ],
  field: (text, room) => short(Number(text), room),
  /** Whether a number is read back from its text in the panel. */
  typed: (text) => Object.is(parse(exact(Number(text))), Number(text)),
};

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const [name, ...given] = JSON.parse(line);
    answer = { value: CALLS[name](...given) };
  } catch (error) {
    answer = { error: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
