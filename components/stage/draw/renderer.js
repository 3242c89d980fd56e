/**
 * Draws everything over the ground: paths, marks, heads, the inside of a step, names; on the screen and in saved
 * pictures.
 */

import { words } from "../words.js";
import { drawArrow, drawRing, nearestEdge } from "./heads.js";
import { Labels } from "./labels.js";
import { Lettering } from "./lettering.js";
import { drawTurns } from "./marks.js";
import { Paths } from "./paths.js";
import { drawSpreads } from "./spread.js";

/** @import { Range, Theme } from "../../kit/types.js" */
/** @import { Layer, Scene } from "./types.js" */
/** @import { View } from "./view.js" */

/** The size of the letters of the start's name. */
const SIZE = 12.5;
/** The distance of the start's arrow from the edge, in pixels: the arrows of runs at the edge must not cover it. */
const INWARD = 16;
/** The distance of the start's name from the edge, in pixels. */
const BESIDE = 34;

export class Renderer {
  #view;
  #lowest;
  #upper;
  #paths;
  #labels;
  #lettering = new Lettering();

  /**
   * @param {View} view
   * @param {Layer} lowest has the map of basins
   * @param {Layer} lower is kept from frame to frame
   * @param {Layer} upper is cleared and drawn in every frame
   */
  constructor(view, lowest, lower, upper) {
    this.#view = view;
    this.#lowest = lowest;
    this.#upper = upper;
    this.#paths = new Paths(lower, upper, view);
    this.#labels = new Labels(view);
  }

  /** The bounds of the map in the landscape's numbers. @param {[Range, Range]} bounds */
  set bounds(bounds) {
    this.#paths.bounds = bounds;
  }

  /** The boxes of the names on the map. It is a new list whenever they have moved. */
  get names() {
    return this.#labels.boxes;
  }

  /** Draw one frame. @param {Scene} scene */
  frame(scene) {
    const { walk, position, looks, theme, start, startOff, ring, marks, turns, moving, alpha, kept } = scene;
    const { inside, examples, aggregates } = scene;
    const { context } = this.#upper;
    for (const each of aggregates) each.drawUnder?.(this.#view, this.#lowest, theme);
    this.#paths.draw(walk, position, looks, theme, moving, alpha);
    const named = [...marks, ...turns.map((mark) => ({ ...mark, unseen: mark.step > position }))];
    const away = this.#away(start, startOff, theme);
    if (!moving && walk.complete) this.#labels.place(context, named, start, walk, theme, kept ?? away?.box ?? null);
    this.#labels.marks(context, marks, theme);
    drawSpreads(context, walk, position, looks, this.#view, theme);
    examples?.(context);
    for (const each of aggregates) each.drawOver?.(this.#view, context, theme);
    this.#paths.heads(walk, position, looks, theme);
    drawTurns(context, turns, position, this.#view, theme);
    inside?.(context, [this.#view.tools, ...this.names, ...(kept === null ? [] : [kept])]);
    if (away === null && ring) drawRing(context, this.#view.project(start.x, start.y), theme);
    if (away !== null) {
      drawArrow(context, away.edge, theme.ink, theme, INWARD * theme.scale);
      this.#lettering.write(context, away.word, away.box, theme, { size: SIZE });
    }
    this.#labels.names(context, named, start, theme, moving);
  }

  /**
   * For a start outside of the view: the place of its arrow at the edge, its name, and the name's box. Else null.
   * @param {{ x: number, y: number }} start
   * @param {boolean} off
   * @param {Theme} theme
   */
  #away({ x, y }, off, theme) {
    const at = this.#view.project(x, y);
    if (this.#view.holds(...at)) return null;
    const edge = nearestEdge(this.#view, at);
    const word = off ? words.draw.startOff : words.draw.start;
    const { w, h } = this.#lettering.measure(this.#upper.context, word, theme, SIZE);
    const { left, top, width, height } = this.#view.area;
    const beside = BESIDE * theme.scale;
    const [cx, cy] = [edge.x - Math.cos(edge.angle) * beside, edge.y - Math.sin(edge.angle) * beside];
    const box = {
      x: Math.max(left + 4, Math.min(left + width - w - 4, cx - w * (0.5 + Math.cos(edge.angle) / 2))),
      y: Math.max(top + 4, Math.min(top + height - h - 4, cy - h / 2)),
      w,
      h,
    };
    return { edge, word, box };
  }
}
