// The part of the stage that requests in a slot of the connection, and gets the answers.

import type { Advice, Done, Downward, GroundFacts } from "../../contract.js";
import type { FanWalks } from "./fan_frame.js";
import type { Cells, Grid } from "./frame.js";
import type { Orbits } from "./orbit_frame.js";
import type { NamedFrame } from "./record.js";
import type { Request } from "./slot.js";

/** A message that is passed on as it is: a whole answer, or the first or the last message of one with frames. */
export type Answer = Exclude<Downward, { kind: "advice" | "begin" | "busy" | "done" | "error" | "ground" }>;

/** Each method gets the request that the part has made. A part has the methods for the answers of its requests. */
export interface Part {
  /** A frame to show: see slot.js. */
  chunk?(request: Request, frame: NamedFrame): void;
  /** The answer is complete. */
  done?(request: Request, message: Done): void;
  /** Advice on one run, after the answer is complete. */
  advice?(request: Request, message: Advice): void;
  /** The map of edited data. */
  ground?(request: Request, facts: GroundFacts, grid: Grid): void;
  record?(request: Request, message: Answer): void;
  /** Rows of a map. */
  cells?(request: Request, cells: Cells): void;
  /** The walks of one run with many seeds. */
  fan?(request: Request, walks: FanWalks): void;
  /** The last positions of a run for each value of a setting. */
  orbits?(request: Request, orbits: Orbits): void;
  /** The server has no answer. Without this method the stage shows the sentence. */
  refused?(sentence: string): void;
}
