// Types that the drawing modules share.

import type { Look, Scenario, SpreadRecord, SurfaceFacts } from "../../contract.js";
import type { Area, Box, MapMark, Pixel, Point, Range, Theme } from "../../kit/types.js";
import type { Walk } from "../wire/record.js";
import type { Entry } from "./legend.js";
import type { View } from "./view.js";

/** Maps points of a landscape to pixels and back. The 2-D view implements it; a 3-D view could, too. */
export interface Projection {
  /** Size of the picture in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** The rectangle inside the axes. */
  readonly area: Area;
  /** The factor by which lines and letters are larger than on a small screen. */
  readonly scale: number;
  /** Rises with every change. A drawing that was made with another version is out of date. */
  readonly version: number;
  project(x: number, y: number): Pixel;
  /** Write the pixel of a point into `pixels` at `at` and `at + 1`; allocates nothing. */
  projectInto(pixels: Float64Array, at: number, x: number, y: number): void;
  /** The point under a pixel, with as many decimals as the pixel can resolve. */
  unproject(px: number, py: number): Point;
  /** Whether a pixel lies inside the axes. */
  holds(px: number, py: number): boolean;
}

/** Space between the edges of the picture and the axes, in CSS pixels. */
export interface Margins {
  l: number;
  r: number;
  t: number;
  b: number;
}

/** The ranges of both axes. */
export interface Ranges {
  x: Range;
  y: Range;
}

/** The part of a run's record that the drawing reads. */
export interface DrawnRun {
  /** The index of the run in the scenario. */
  readonly index: number;
  /** The last step that can be drawn; -1 before the first number has arrived. */
  readonly last: number;
  /** How the run ended; null until the walk is complete. */
  readonly outcome: { kind: string; spread: SpreadRecord | null } | null;
  at(step: number, field: number): number;
  /** A number of a step by its name: see `RunRecord.value`. */
  value(name: string, step: number): number;
  /** Whether a network is far from the plane at a step: see `RunRecord.isFar`. */
  isFar(step: number): boolean;
  /** All weights of a network: see `RunRecord.keptAt`. */
  keptAt(position: number): { step: number; weights: Float32Array } | null;
}

/** The part of a walk that the drawing reads. */
export interface DrawnWalk {
  readonly scenario: Pick<Scenario, "batch" | "points" | "surface" | "table">;
  readonly runs: DrawnRun[];
  readonly steps: number;
  readonly received: number;
  readonly complete: boolean;
}

/** A marked step of a run: its turning point or its end. */
export interface RunMark {
  x: number;
  y: number;
  name: string;
  /** The step from which it is shown. */
  step: number;
  /** The kind of outcome at an end; null at a turning point. */
  outcome: string | null;
}

/** A canvas, or a page on which several layers are drawn one over the other. */
export interface Layer {
  readonly context: CanvasRenderingContext2D;
  /** Match the size of the view; true if nothing is on the layer afterwards. */
  fit(width: number, height: number): boolean;
  clear(): void;
}

/** All that one frame shows. */
export interface Scene {
  walk: Walk;
  /** The playhead, in steps; fractions are between two steps. */
  position: number;
  looks: Look[];
  theme: Theme;
  start: { x: number; y: number };
  /** Whether the start lies outside of the map. */
  startOff: boolean;
  /** Whether the start's ring is drawn; on the screen it is an element of its own. */
  ring: boolean;
  marks: MapMark[];
  turns: RunMark[];
  /** Whether a gesture goes on: then nothing is kept for the next frame. */
  moving: boolean;
  /**
   * The opacity of the paths: below 1 if a saved picture shows the inside of a step. On the screen a style does that.
   */
  alpha: number;
  /** A box that no name may cover, or null. */
  kept: Box | null;
  /** Draws the inside of a step, if one is open; `taken` are boxes that its names must not cover. */
  inside: ((context: CanvasRenderingContext2D, taken: Box[]) => void) | null;
  /** Draws the examples of a step, where the surface has data. */
  examples: ((context: CanvasRenderingContext2D) => void) | null;
  /** The views of many walks, such as the map of basins. */
  aggregates: Aggregate[];
}

/**
 * A view of many walks at once, such as the map of basins. The stage has a list of them, and each has a switch among the
 * tools and a word in the address.
 */
export interface Aggregate {
  /** The name of its switch. */
  readonly name: string;
  /** Whether the surface that is shown can have it. */
  readonly exists: boolean;
  /** Whether it is switched on. */
  readonly on: boolean;
  toggle(): void;
  /** Rises when something else is to be drawn on the map. */
  readonly version: number;
  /** The facts of the surface whose ground is shown. */
  surface: SurfaceFacts | null;
  /**
   * Before each frame: request what is to be shown. `moving`: a gesture goes on; `hidden`: a lesson's question hides
   * the walk; `position`: the playhead.
   */
  follow(scenario: Scenario, how: { moving: boolean; hidden: boolean; position: number }): void;
  /** Draw over the ground and under everything else, on the view of the screen or of a saved picture. */
  drawUnder?(view: View, layer: Layer, theme: Theme): void;
  /** Draw over the paths and under their heads. */
  drawOver?(view: View, context: CanvasRenderingContext2D, theme: Theme): void;
  /** Write its texts, a few times a second. */
  read(scenario: Scenario, theme: Theme, moving: boolean): void;
  /** What it shows below the map, for a saved picture whose map has this width; null for nothing. */
  below?(scenario: Scenario, width: number, theme: Theme): Below | null;
  /** What the colors mean, as entries of the legend of a saved picture. */
  entries(theme: Theme): Entry[];
  /** What it says about a point of the map. */
  linesAt?(point: Point): string[];
  /** What the card of a run says about it; may be empty. */
  cardLine?(scenario: Scenario, index: number, theme: Theme): string;
  /**
   * What is drawn under a pixel; null if nothing is. With null the pointer has left. `onStep`: a step of a walk on the
   * screen is near.
   */
  hitAt?(place: Pixel | null, onStep: boolean): Hit | null;
  remove(): void;
}

/** Something of an aggregate under the pointer: what is said about it, and what a click does. */
export interface Hit {
  lines: string[];
  take(): void;
}

/** Draws the examples of a step on any view. */
export interface ExampleOverlay {
  drawOn(view: View, context: CanvasRenderingContext2D, walk: Walk, position: number, theme: Theme): void;
}

/** Draws the inside of a step on any view. */
export interface Overlay {
  drawOn(
    view: View,
    context: CanvasRenderingContext2D,
    walk: Walk,
    position: number,
    theme: Theme,
    taken: Box[],
  ): void;
}

/** A picture that is drawn below the map, in a saved picture. */
export interface Below {
  readonly height: number;
  draw(context: CanvasRenderingContext2D): void;
}

/** A picture that is drawn beside the map, in a saved picture, with the map's height. */
export interface Beside {
  readonly width: number;
  draw(context: CanvasRenderingContext2D, position: number): void;
}
