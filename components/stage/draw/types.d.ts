// Types that the drawing modules share.

import type { Look, Scenario, SpreadRecord } from "../../contract.js";
import type { Area, Box, Minimum, Pixel, Point, Range, Theme } from "../../kit/types.js";
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
  marks: Minimum[];
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
  /** Draws the map of basins, over the ground and under everything else. */
  basins: ((layer: Layer) => void) | null;
}

/** Draws the map of basins on any view. */
export interface BasinOverlay {
  drawOn(view: View, layer: Layer, theme: Theme): void;
  /** What the colors mean, as entries of the legend of a saved picture. */
  entries(theme: Theme): Entry[];
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

/** A picture that is drawn beside the map, in a saved picture, with the map's height. */
export interface Beside {
  readonly width: number;
  draw(context: CanvasRenderingContext2D, position: number): void;
}
