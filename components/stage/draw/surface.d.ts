// The data of a surface that the server sends (charts/surface_figure.py): Plotly's figure of its map, and the facts of
// the surface, whose type is generated.

import type { SurfaceFacts } from "../../contract.js";

/** A font of Plotly's: its size in pixels and its color. */
export interface Font {
  size: number;
  color: string;
}

/** The levels of a contour. */
export interface Levels {
  start: number;
  end: number;
  size: number;
}

/** A contour trace: the part that the browser reads. */
export interface Contour {
  /** The tones: as Plotly writes them in JSON, or row by row. */
  z: { shape: string; bdata: string } | Float32Array[];
  colorscale: [number, string][];
  contours: Levels;
  colorbar: { tickfont: Font; ticktext: string[] };
}

/** An axis of the figure. */
export interface Axis {
  tickfont: Font;
  title: { text: string; font: Font };
}

/** Text beside the map. */
export interface Annotation {
  text: string;
  font: Font;
  xshift: number;
}

/** Plotly's layout of the map. */
export interface Layout {
  xaxis: Axis;
  yaxis: Axis;
  annotations: Annotation[];
  paper_bgcolor: string;
  font: { family: string; color: string };
}

/** The whole document. */
export interface SurfacePayload {
  figure: { data: Contour[]; layout: Layout };
  config: object;
  surface: SurfaceFacts;
}

/** The part of plotly.js that is used. */
export interface Plotly {
  react(element: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>;
  toImage(figure: { data: object[]; layout: object; config?: object }, options: object): Promise<string>;
  purge(element: HTMLElement): void;
}
