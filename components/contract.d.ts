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

/** Before the first frame of an answer: what the numbers of its frames are. */
export interface Begin {
  kind: "begin";
  version: 2;
  slot: "walk" | "map" | "model";
  id: number;
  columns: string[];
  parts: string[];
  runs: number;
}

/** What answers a request that cannot even wait: ask again after so many milliseconds. */
export interface Busy {
  kind: "busy";
  version: 2;
  slot: "walk" | "map" | "model";
  id: number;
  retry_ms: number;
}

/** From the browser: end what goes on in a slot. It is not answered. */
export interface Cancel {
  kind: "cancel";
  version: 2;
  slot: "walk" | "map" | "model";
}

/** What Python computes once and the browser only reads. */
export interface Contract {
  wire: Wire;
}

/** After the last frame of an answer: what became of each run. */
export interface Done {
  kind: "done";
  version: 2;
  slot: "walk" | "map" | "model";
  id: number;
  steps: number;
  outcomes: OutcomeTold[];
}

/** What answers a message that cannot be used, or whose answer failed; slot and id are null if it had none. */
export interface ErrorAnswer {
  kind: "error";
  version: 2;
  slot: "walk" | "map" | "model" | null;
  id: number | null;
  code: "version" | "unusable" | "failed" | "refused";
  message: string;
  type: "error";
}

/** How a symbol looks: its letter, and what stands above, beside and below it. */
export interface Letter {
  text: string;
  accent: string | null;
  sup: string | null;
  sub: string | null;
}

/** A formula as a tree: see charts/formula.py. */
export type Node =
  | ["number", string]
  | ["symbol", Letter, Reference]
  | ["gradient"]
  | ["sum", ...["+" | "-", Node][]]
  | ["product", ...["*" | "/", Node][]]
  | ["power" | "fraction" | "max", Node, Node]
  | ["root" | "group" | "abs", Node]
  | ["cases", ...[Node, [Node, Node] | null][]];

/** What became of a run, for the browser. */
export interface OutcomeTold {
  kind: "global_minimum" | "local_minimum" | "saddle" | "flat" | "circling" | "still_moving" | "left_the_map" | "diverged";
  step: number;
  sentence: string;
  advice: string;
  message: Statement;
  advice_message: Statement | null;
}

/** What a symbol stands for: a line's result, so many steps back; a hyperparameter; t; the position before. */
export type Reference =
  | ["part", string, number]
  | ["value", string]
  | ["step"]
  | ["position"];

/** An optimizer's rule: its lines in order, and the effective step. */
export interface Rule {
  lines: RuleLine[];
  rate: Node;
}

/** One line of a rule: what it computes, from what, and how that is shown. */
export interface RuleLine {
  key: string;
  letter: Letter;
  formula: Node;
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
  start: [number, number];
  steps: number;
  noise: number;
  seed: number;
  runs: Run[];
}

/** What is to be said without its words: a key of ``trajectories.message.KEYS`` and its arguments. */
export interface Statement {
  key: string;
  arguments: { [name: string]: string | number | number };
}

/** From the browser: a scenario whose steps it wants. */
export interface WalkRequest {
  kind: "walk";
  version: 2;
  slot: "walk" | "map" | "model";
  id: number;
  scenario: Scenario;
  inside: number | null;
  live: boolean;
}

/** The wire's constants. */
export interface Wire {
  version: 2;
  older: string;
  newer: string;
  slots: ("walk" | "map" | "model")[];
  live_ms: number;
  header_fields: string[];
  header_bytes: number;
}

export type Upward = WalkRequest | Cancel;

export type Downward = Begin | Done | ErrorAnswer | Busy;
