// Written by `make contract` from the Python records. Do not edit.

export const contract: Contract;

/** The header of a binary frame, in this order. */
export interface FrameHeader {
  version: number;
  kind: number;
  slot: number;
  id: number;
  first: number;
  count: number;
  runs: number;
  columns: number;
  parts: number;
}

/** After ``done``, on request: what to try after the outcome of one run. */
export interface Advice {
  kind: "advice";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  run: number;
  advice: string;
  message: Statement;
  detail: string;
  change: Change | null;
}

/** From the browser: request advice on the last walk of a slot, which must be complete. */
export interface Advise {
  kind: "advise";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
}

/** A column of a dataset: an input or the target. */
export interface AxisFact {
  label: string;
  unit: string;
  classes: string[];
}

/** An axis of a map: see ``trajectories.Axis``. */
export interface AxisRecord {
  name: string;
  run: number;
  low: number | null;
  high: number | null;
}

/** The loss of a batch on an even grid over the map, as tones of the map, and the levels of the map's lines. */
export interface BatchMap {
  columns: number;
  rows: number;
  tones: number[];
  levels: number[];
}

/** The answer to a ``BatchesRequest``. */
export interface Batches {
  kind: "batches";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  first: number;
  count: number;
  batches: number[][];
}

/** From the browser: request which examples are in the batches of the steps from ``first`` on. */
export interface BatchesRequest {
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  scenario: Scenario;
  kind: "batches";
  first: number;
}

/** Before the first frame of an answer: the names of the numbers in its frames. */
export interface Begin {
  kind: "begin";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  columns: string[];
  parts: string[];
  runs: number;
}

/** The best cells of one run, each as (row, column); null if no cell qualifies. */
export interface BestCells {
  run: number;
  loss: [number, number] | null;
  steps: [number, number] | null;
  tried: number;
  loss_starts: number | null;
  steps_starts: number | null;
}

/** The answer to a request when the queue is full: send the request again after ``retry_ms`` milliseconds. */
export interface Busy {
  kind: "busy";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  retry_ms: number;
}

/** From the browser: end the request of a slot. There is no answer. */
export interface Cancel {
  kind: "cancel";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
}

export type CasesItem = [FormulaNode, [FormulaNode, FormulaNode] | null];

/** One change of a scenario as plain data: a hyperparameter of one run, the steps, or the start of all runs. */
export interface Change {
  hyperparameter: string | null;
  value: number | null;
  steps: number | null;
  start: [number, number] | null;
}

/** The ends of a fan that are nearest to one minimum: see ``trajectories.clouds.Cloud``. */
export interface CloudRecord {
  minimum: number;
  count: number;
  center: [number, number];
  axes: [[number, number], [number, number]];
  deviations: [number, number];
}

/** The colors of one theme: see ``charts.theme.Theme``. */
export interface Colors {
  page: string;
  ink: string;
  muted: string;
  line: string;
  font: string;
  looks: Look[];
  inks: { [name: string]: string };
  outcomes: { [name: string]: string };
  minima: MinimumStyle[];
}

/** All constants, which the browser loads once as a module. */
export interface Contract {
  wire: Wire;
  limits: Limits;
  link: LinkTable;
  offers: OfferWords;
  naming: Naming;
  spellings: { [name: string]: Spelling };
  words: Words;
  examples: { [name: string]: number };
  networks: { [name: string]: NetworkCard };
  optimizers: { [name: string]: OptimizerCard };
  exports: ExportCard[];
  themes: { [name: string]: Colors };
  symbols: { [name: string]: string };
}

/** A number that the visitor can set. */
export interface Control {
  name: string;
  help: string;
  low: number;
  high: number;
  whole: boolean;
  stops: number[];
}

/** After the last frame of a walk: the outcome of each run. */
export interface Done {
  kind: "done";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  steps: number;
  outcomes: OutcomeRecord[];
}

/** The answer to a message that cannot be used, or whose answer failed; slot and id are null if it had none. */
export interface ErrorAnswer {
  kind: "error";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits" | null;
  id: number | null;
  code: "version" | "unusable" | "failed" | "refused";
  message: string;
  type: "error";
}

/** The answer to an ``ExamplesRequest``. */
export interface Examples {
  kind: "examples";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  run: number;
  step: number;
  batch: number[];
  gradients: [number, number][];
  batch_gradient: [number, number];
  full_gradient: [number, number];
  map: BatchMap | null;
  landings: Landings | null;
}

/** From the browser: request the gradients of the examples that one step of one run uses. */
export interface ExamplesRequest {
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  scenario: Scenario;
  kind: "examples";
  run: number;
  step: number;
  losses: boolean;
  landings: boolean;
}

/** A format in which the server writes a scenario: see ``exports.Format``. */
export interface ExportCard {
  key: string;
  label: string;
  family: "code" | "numbers" | "picture" | "film";
  says: string;
}

/** Before the frame of a run: how its walks end. */
export interface Fan {
  kind: "fan";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  run: number;
  count: number;
  arrived: number;
  circled: number;
  clouds: CloudRecord[];
}

/** After the last frame of a fan. */
export interface Fanned {
  kind: "fanned";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  runs: number[];
  wait: number | null;
}

/** A letter of a typed formula, which is shown as a slider. */
export interface FormulaLetter {
  name: string;
  value: number;
  low: number | null;
  high: number | null;
}

/** A formula as a tree: see charts/formula.py. */
export type FormulaNode = 
  | ["number", string]
  | ["symbol", Letter, Reference]
  | ["gradient"]
  | ["sum", ...SumItem[]]
  | ["product", ...ProductItem[]]
  | ["power" | "fraction" | "max", FormulaNode, FormulaNode]
  | ["root" | "group" | "abs", FormulaNode]
  | ["cases", ...CasesItem[]];

/** What is wrong with a typed formula: a sentence, and the part of the text that is wrong. */
export interface FormulaProblem {
  sentence: string;
  position: number;
  length: number;
}

/** The answer to a typed formula: how it is drawn, and its letters; or what is wrong. See ``backend.formulas``. */
export interface FormulaReading {
  math: MathElement | null;
  letters: string[];
  error: FormulaProblem | null;
}

/** The answer to a ``GroundRequest``: what belongs to the tones in the frame that follows. */
export interface Ground {
  kind: "ground";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  facts: GroundFacts;
}

/** What belongs to a grid of tones. */
export interface GroundFacts {
  bounds: [[number, number], [number, number]];
  minima: MinimumFact[] | null;
  stationary: StationaryFact[];
  undefined: boolean;
  levels: [number, number, number];
  ticks: number[];
  tick_texts: string[];
}

/** From the browser: request the map of a scenario with edited data. */
export interface GroundRequest {
  kind: "ground";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  scenario: Scenario;
  live: boolean;
}

/** A hyperparameter: a number of one optimizer. ``scale`` says how its values are spaced. */
export interface HyperparameterControl {
  name: string;
  help: string;
  low: number;
  high: number;
  whole: boolean;
  stops: number[];
  symbol: string | null;
  default: number;
  scale: string;
}

/** Where the step would end with other batches. */
export interface Landings {
  own: [number, number];
  others: [number, number][];
  batches: number;
  every: boolean;
}

/** The parts of a symbol that are drawn: its letter, its accent, its superscript and its subscript. */
export interface Letter {
  text: string;
  accent: string | null;
  sup: string | null;
  sub: string | null;
}

/** A line of theory over the map: see ``trajectories.limits``. */
export interface LimitLine {
  run: number;
  statement: Statement;
  sentence: string;
  source: string;
  error: Statement | null;
  error_sentence: string;
  lines: [number, number][][];
}

/** Ranges and largest values. */
export interface Limits {
  runs: number;
  link: number;
  code: number;
  points: number;
  rows: number;
  value: number;
  x: Control;
  y: Control;
  steps: Control;
  batch: Control;
  noise: Control;
  seed: Control;
}

/** One part of a link. */
export interface LinkField {
  key: string;
  field: string;
  kind: "name" | "text" | "number" | "numbers" | "letters" | "runs" | "points" | "rows";
  left_out: number | string | null;
}

/** The parts of a link, in the order in which they are written. */
export interface LinkTable {
  fields: LinkField[];
  others: string[];
  stay: string[];
  new: string;
  out: string;
  between: string;
  most_rows: number;
  offer: string[];
  opening: string[];
}

/** How one run is drawn (color, dashes, head): see ``charts.palette.Trail``. */
export interface Look {
  color: string;
  dash: number[];
  head: string;
}

/** Before the first frame of a map: the window that its cells fill. */
export interface Map {
  kind: "map";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  window: [[number, number], [number, number]];
  runs: number[];
}

/** From the browser: request where the walks of one or two runs end, from every cell of a map. */
export interface MapRequest {
  kind: "map";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  scenario: Scenario;
  runs: number[];
  window: [[number, number], [number, number]] | null;
  rows: number;
  columns: number;
  live: boolean;
}

/** After the last frame of a map. */
export interface Mapped {
  kind: "mapped";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  rows: number;
  columns: number;
  coarse: boolean;
  wait: number | null;
  sensitive: number | null;
}

/** A typed formula as MathML: see formulas/mathml.py. */
export type MathElement = 
  | ["mi" | "mn" | "mo", string]
  | ["mrow" | "msup" | "msub" | "msqrt" | "mfrac", ...MathElement[]];

/** A minimum of a surface, listed or found by a search. */
export interface MinimumFact {
  x: number;
  y: number;
  value: number;
  global: boolean;
  origin: string;
  name: string;
  style: number;
  level: boolean;
}

/** What stands for a minimum in figures and on the map of basins: see ``charts.minimum_styles``. */
export interface MinimumStyle {
  color: string;
  symbol: string;
}

/** The data and the model behind a loss. ``rows`` are raw numbers; the model gets ``(number - shift) / unit``. */
export interface ModelFacts {
  name: string;
  row: string;
  source: string;
  license: string;
  axes: AxisFact[];
  rows: number[][];
  shift: number[];
  unit: number[];
  input_scale: "raw" | "standardized";
  target_scale: "raw" | "standardized";
  boundary: number | null;
  weights: [string, string];
  program: Program | null;
  network: NetworkFacts | null;
}

/** How runs are named: patterns that both Python and the browser fill in. */
export interface Naming {
  alone: string;
  shared: string;
  setting: string;
  on: string;
  off: string;
  always: string[];
}

/** A network: the number of its weights, and whether it predicts classes. */
export interface NetworkCard {
  size: number;
  classes: boolean;
}

/** A network: the inputs and outputs of each layer, and how many of its examples, the first ones, train it. */
export interface NetworkFacts {
  layers: [number, number][];
  training: number;
}

/** What the page of a link offers. */
export interface Offer {
  controls: string[] | null;
  hide: string[];
  title: string;
  lock: string[];
}

/** The words of an offer, for the browser. */
export interface OfferWords {
  shared: string[];
  parts: string[];
  title: number;
}

/** How a stage is shown when its page is opened. A part that is None has its default. */
export interface Opening {
  step: number | null;
  play: boolean | null;
  speed: string | null;
  scale: "auto" | "linear" | "log" | null;
  open: number[];
}

/** One operation, element by element. */
export interface Operation {
  name: "constant" | "add" | "sub" | "mul" | "div" | "neg" | "pow" | "exp" | "expm1" | "log" | "log1p" | "sqrt" | "tanh" | "sigmoid" | "sin" | "cos" | "atan" | "abs" | "sign" | "maximum" | "minimum" | "gt" | "ge" | "lt" | "le" | "eq" | "where";
  of: number[];
  number: number | null;
}

/** An optimizer for the browser. ``switches`` are the names of its hyperparameters that are 0 or 1. */
export interface OptimizerCard {
  label: string;
  family: string;
  idea: string;
  hyperparameters: HyperparameterControl[];
  defaults: { [name: string]: number };
  switches: string[];
}

/** After the frame. */
export interface OrbitsDone {
  kind: "orbits_done";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  columns: number;
  wait: number | null;
}

/** From the browser: request where the last positions of a run lie for each value of one of its settings. */
export interface OrbitsRequest {
  kind: "orbits";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  scenario: Scenario;
  axis: AxisRecord;
  columns: number;
  live: boolean;
}

/** The outcome of a run, for the browser. */
export interface OutcomeRecord {
  kind: "global_minimum" | "local_minimum" | "saddle" | "flat" | "circling" | "still_moving" | "left_the_map" | "diverged";
  step: number;
  sentence: string;
  message: Statement;
  spread: SpreadRecord | null;
}

/** The data of the panel of controls. ``open``: the indices of the runs all of whose settings are shown at first. */
export interface PanelData {
  assets: string;
  stage: string;
  offer: Offer;
  open: number[];
}

/** A surface as the picker shows it, and the scenario that choosing it shows. */
export interface PickedSurface {
  key: string;
  label: string;
  family: string;
  teaches: string;
  scenario: Scenario;
}

/** The data of the picker of surfaces. */
export interface PickerData {
  assets: string;
  stage: string;
  surfaces: PickedSurface[];
}

/** The plane of a network's map: how many weights it has, which plane it is, and where the watched weights are. */
export interface PlaneFacts {
  size: number;
  says: string;
  watched: [string, string];
}

/** One edit of the examples of a dataset. */
export interface PointEdit {
  example: number | null;
  values: number[] | null;
}

/** The data of the presenter's buttons: the stage, the keys of the lessons before and after, and the scenes. */
export interface PresentData {
  assets: string;
  stage: string;
  before: string | null;
  after: string | null;
  scenes: string[];
  scene: number | null;
  offer: Offer | null;
}

export type ProductItem = ["*" | "/", FormulaNode];

/** A prediction as a list of operations. */
export interface Program {
  operations: Operation[];
  result: number;
}

/** The value of a symbol: a line's result some steps ago; a hyperparameter; t; the position before the step. */
export type Reference = 
  | ["part", string, number]
  | ["value", string]
  | ["step"]
  | ["position"];

/** Why a connection is refused. */
export interface Refusal {
  code: "host" | "origin" | "full";
  message: string;
  setting: string;
}

/** An optimizer's rule: its lines in order, and the effective step. */
export interface Rule {
  lines: RuleLine[];
  rate: FormulaNode;
}

/** One line of a rule: the symbol that it computes, its formula, and how its result is shown. */
export interface RuleLine {
  key: string;
  letter: Letter;
  formula: FormulaNode;
  initial: number;
  label: string;
  help: string;
  drawn: string;
  ink: string;
}

/** One optimizer with its hyperparameters. */
export interface Run {
  optimizer: string;
  values: { [name: string]: number };
}

/** Everything that determines a picture. */
export interface Scenario {
  surface: string;
  formula: string | null;
  box: [number, number, number, number] | null;
  letters: FormulaLetter[];
  table: number[][] | null;
  points: PointEdit[];
  start: [number, number];
  steps: number;
  batch: number;
  noise: number;
  seed: number;
  runs: Run[];
}

/** From the browser: request the walks of some runs with many seeds. */
export interface SeedsRequest {
  kind: "seeds";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  scenario: Scenario;
  runs: number[];
  count: number;
  points: number;
  live: boolean;
}

/** Before the first level: which runs are simulated. */
export interface SettingsBegin {
  kind: "settings";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  runs: number[];
}

/** After the last frame. */
export interface SettingsDone {
  kind: "settings_done";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  rows: number;
  columns: number;
  coarse: boolean;
  wait: number | null;
  best: BestCells[];
  limits: LimitLine[];
}

/** Before each frame: the values of its columns and rows, in rising order. */
export interface SettingsLevel {
  kind: "settings_level";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  x: number[];
  y: number[];
}

/** From the browser: request how walks end for each value of one setting, or for each pair of values of two. */
export interface SettingsRequest {
  kind: "settings";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  scenario: Scenario;
  axes: AxisRecord[];
  rows: number;
  columns: number;
  live: boolean;
}

/** One way to write a number. */
export interface Spelling {
  digits: number | null;
  mantissa: number | null;
  decimals: number | null;
  plain: [number, number];
  padded: boolean;
  signed_zero: boolean;
}

/** How far noise spreads a run around a minimum: see ``trajectories.spread.Spread``. */
export interface SpreadRecord {
  center: [number, number];
  axes: [[number, number], [number, number]];
  predicted: [number, number];
  measured: [number, number];
  first: number;
}

/** The data of a stage. */
export interface StageData {
  assets: string;
  stage: string;
  scenario: Scenario;
  visit: string;
  acknowledged: number | null;
  address: boolean;
  socket: string;
  advice: boolean;
  curtain: boolean;
  marks: boolean;
  inside: number | null;
  pictures: string;
  offer: Offer;
  opening: Opening;
}

/** A message as data, without text: a key of ``trajectories.message.KEYS`` and its arguments. */
export interface Statement {
  key: string;
  arguments: { [name: string]: string | number | number };
}

/** A saddle or a maximum that a search has found on the map of a typed formula; ``name`` is for the screen. */
export interface StationaryFact {
  x: number;
  y: number;
  value: number;
  kind: "saddle" | "maximum";
  name: string;
}

export type SumItem = ["+" | "-", FormulaNode];

/** The surface in the file of a map. */
export interface SurfaceFacts {
  key: string;
  label: string;
  family: string;
  latex: string;
  teaches: string;
  bounds: [[number, number], [number, number]];
  start: [number, number];
  minima: MinimumFact[];
  model: ModelFacts | null;
  plane: PlaneFacts | null;
}

/** From the browser: request the steps of a scenario. */
export interface WalkRequest {
  kind: "walk";
  version: 4;
  slot: "walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits";
  id: number;
  scenario: Scenario;
  inside: number | null;
  live: boolean;
  weights: boolean;
}

/** The constants of messages and frames. */
export interface Wire {
  version: 4;
  older: string;
  newer: string;
  slots: ("walk" | "map" | "model" | "ground" | "examples" | "batches" | "settings" | "seeds" | "orbits")[];
  live_ms: number;
  columns: string[];
  header_fields: string[];
  frame_kinds: { [name: string]: number };
  header_bytes: number;
}

/** The texts for a minus sign, for infinity, and for NaN. */
export interface Words {
  minus: string;
  infinity: string;
  no_number: string;
}

export type FromBrowser = WalkRequest | GroundRequest | Cancel | Advise | ExamplesRequest | BatchesRequest | MapRequest | SeedsRequest | OrbitsRequest | SettingsRequest;

export type Downward = Begin | Ground | Done | Advice | ErrorAnswer | Busy | Examples | Batches | Map | Mapped | Fan | Fanned | OrbitsDone | SettingsBegin | SettingsLevel | SettingsDone;
