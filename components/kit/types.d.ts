// Types that more than one folder uses. The types of what is exchanged with Python are in contract.d.ts.

import type { Colors } from "../contract.js";

/** A place on the screen, in CSS pixels of its element. */
export type Pixel = [number, number];
/** A place on the map, in the landscape's own numbers. */
export type Point = [number, number];
/** Lowest and highest value of an axis. */
export type Range = [number, number];

/** A rectangle in CSS pixels. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** The rectangle inside the axes, in CSS pixels. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The colors of the page and the factor by which lines and letters grow on a wide map. */
export interface Theme extends Colors {
  scale: number;
}

/** What Streamlit passes to a component at every change of its data. */
export interface Component<Data> {
  parentElement: HTMLElement;
  data: Data;
  setTriggerValue: (name: string, value: unknown) => void;
}

/** A minimum of a landscape; `name` is null for one that is drawn without a name. */
export interface Minimum {
  x: number;
  y: number;
  value: number;
  global: boolean;
  name: string | null;
}

/** What is marked on the map: a minimum, or a saddle or maximum that a search has found. */
export interface MapMark extends Minimum {
  kind: "minimum" | "saddle" | "maximum";
}

/** An event listener. Its parameter may be a subtype of Event, since the event's name decides which events it gets. */
export type Listener = { handle(event: Event): void }["handle"];

/**
 * The attributes of a new element: null leaves one out, a function is added as a listener of the event of that name.
 */
export type Attributes = {
  [name in keyof GlobalEventHandlersEventMap]?: (event: GlobalEventHandlersEventMap[name]) => void;
} & { [name: string]: string | number | null | undefined | Listener };
