/** A map of settings with its colors, or the curve of one setting: its legend, best cells, and texts. */

import { runName } from "../kit/runs.js";
import { same } from "../kit/sameness.js";
import { samplesOf } from "./controls/basin_legend.js";
import {
  byCase,
  byLess,
  byNumber,
  byOutcome,
  cappedScaleOf,
  numbersOf,
  paintOf,
  scaleOf,
} from "./draw/basin_colors.js";
import { lossScaleOf } from "./draw/loss_scale.js";
import { SHARP } from "./draw/settings_picture.js";
import { kindOf, minimumOf } from "./state/basin_shares.js";
import { runsOf } from "./state/settings_axes.js";
import { valuesOf } from "./state/settings_map.js";
import { slotsOf } from "./state/store.js";
import { words } from "./words.js";

/** @import { LimitLine, Look, MinimumFact, SettingsDone } from "../contract.js" */
/** @import { Theme } from "../kit/types.js" */
/** @import { Coloring } from "./controls/basin_entries.js" */
/** @import { Entry } from "./controls/basin_legend.js" */
/** @import { Entry as PictureEntry } from "./draw/legend.js" */
/** @import { Curve } from "./draw/settings_plot.js" */
/** @import { Grid } from "./state/settings_map.js" */
/** @import { Measure } from "./wire/pictures.js" */

const texts = words.settings;
/** The outcomes that begin at no step. */
const OPEN = ["still_moving", "circling"];

/** The row and the column of a cell. @typedef {[number, number]} Cell */
/** @typedef {{ run: number, cell: Cell, own: boolean[], look: Look }} Best */

export class ColoredSettings {
  grid;
  /** @type {Coloring} */
  painted;
  /** With one axis. @type {Curve | null} */
  curve;
  /** The best cell of each run: `own` says which axes change this run. @type {Best[]} */
  best;
  #of;
  #names;
  #minima;
  #shows;
  #last;
  #theme;

  /**
   * @param {Grid} grid
   * @param {SettingsDone | null} last the last message of the answer, if it has arrived
   * @param {MinimumFact[]} minima of the surface: those of all cells
   * @param {Theme} theme
   * @param {Measure} shows
   */
  constructor(grid, last, minima, theme, shows) {
    this.#of = [grid, last, minima, theme, shows];
    this.grid = grid;
    this.#minima = minima;
    this.#shows = shows;
    this.#last = last;
    this.#theme = theme;
    const { scenario } = grid.request;
    const slots = slotsOf(scenario);
    const runs = runsIn(grid);
    const looks = runs.map((run) => theme.looks[slots[run]]);
    this.#names = runs.map((run) => runName(scenario, run));
    const number = shows === "steps" ? "steps" : "loss";
    const [one] = grid.ends;
    const isCurve = grid.request.wanted.axes.length === 1;
    if (grid.ends.length > 1) {
      const pair = /** @type {[Look, Look]} */ (looks);
      this.painted =
        shows === "outcome" ? byCase(grid.ends, minima, pair, theme) : byLess(grid.ends, pair, theme, shows);
    } else {
      this.painted =
        isCurve || shows === "outcome"
          ? byOutcome(one, minima, theme)
          : byNumber(one, minima, theme, shows, cappedScaleOf);
    }
    const numbers = numbersOf(one, number);
    const scale = number === "loss" ? lossScaleOf(numbers) : scaleOf(numbers);
    this.curve = isCurve ? { numbers, scale, title: texts.curveAxis(number), look: looks[0] } : null;
    this.best = this.#bestOf(number, looks, runs);
  }

  /**
   * The best cells, of the level that the last message is about.
   * @param {"steps" | "loss"} number
   * @param {Look[]} looks
   * @param {number[]} runs
   * @returns {Best[]}
   */
  #bestOf(number, looks, runs) {
    const { rows, columns, request } = this.grid;
    if (this.#last === null || this.#last.rows !== rows || this.#last.columns !== columns) return [];
    return this.#last.best.flatMap(({ run, ...cells }) => {
      const cell = cells[number];
      const own = request.wanted.axes.map((axis) => axis.slot === null || axis.run === run);
      return cell === null ? [] : [{ run, cell, own, look: looks[runs.indexOf(run)] }];
    });
  }

  /** The best cells on the chart. If each axis belongs to another run, the best settings of both runs are one cell. */
  get stars() {
    const [one, other] = this.best;
    if (one === undefined || this.grid.ends.length === 1) return this.best;
    if (other === undefined) return [];
    const [[row, column], [otherRow, otherColumn]] = [one.cell, other.cell];
    /** @type {Cell} */
    const cell = one.own[0] ? [otherRow, column] : [row, otherColumn];
    return [{ cell, look: { ...one.look, color: this.#theme.page } }];
  }

  /** Whether it shows the same. @param {...unknown} of the arguments of the constructor */
  is(...of) {
    return of.every((part, place) => part === this.#of[place]);
  }

  /** What the colors mean. @returns {Entry[]} */
  get entries() {
    const { paints, of, scale, cases } = this.painted;
    if (cases !== undefined) {
      const [first, second] = this.#names;
      const meanings = texts.cases[this.#shows](first, second).map((text, at) => ({ paints: [paints[at]], text }));
      return meanings.filter((_, at) => cases.includes(at));
    }
    const [{ cells }] = this.grid.ends;
    const found = [...new Set(cells)].sort((a, b) => a - b);
    if (scale === undefined) {
      const kinds = [...new Set(found.map((cell) => kindOf(cell, this.#minima)))];
      return kinds.map((kind) => {
        const own = found.filter((cell) => kindOf(cell, this.#minima) === kind);
        return {
          paints: own.map((cell) => paintOf(kind, minimumOf(cell, this.#minima)?.style, this.#theme)),
          text: texts.kinds[kind],
        };
      });
    }
    /** @type {Entry[]} */
    const ramp = scale === null ? [] : [{ paints: [], ramp: true, text: texts.ramp(this.#shows, scale) }];
    const plain = new Set(
      [...cells].flatMap((cell, at) => (paints[of[at]].hatch !== null || paints[of[at]].tint === null ? [cell] : [])),
    );
    const rest = [...new Set([...plain].map((cell) => kindOf(cell, this.#minima)))];
    return [
      ...ramp,
      ...rest.map((kind) => ({
        paints: [{ ...paintOf(kind, undefined, this.#theme), tint: null }],
        text: texts.kinds[kind],
      })),
    ];
  }

  /** The best settings of each run, with their measure. */
  get bestTexts() {
    const { columns, ends } = this.grid;
    return this.best.map(({ run, cell, own }) => {
      const of = ends[runsIn(this.grid).indexOf(run)];
      const at = cell[0] * columns + cell[1];
      const measure = this.#shows === "steps" ? texts.arrives(of.steps[at]) : texts.late(of.losses[at]);
      const { axes } = this.grid.request.wanted;
      const values = this.#values(
        cell,
        axes.map(({ name }) => texts.brief(name)),
      ).filter((_, place) => own[place]);
      const part = axes.some(({ range, whole }) => !same(range, whole));
      const text = texts.best(this.#names[runsIn(this.grid).indexOf(run)], values.join(", "), measure, part);
      return { cell, own, text };
    });
  }

  /** @param {Cell} cell @param {string[]} names */
  #values([row, column], names) {
    const { x, y } = valuesOf(this.grid);
    return names.map((name, place) => texts.value(name, place === 0 ? x[column] : y[row]));
  }

  /** The meaning of what a saved picture shows. @param {LimitLine[]} limits @returns {PictureEntry[]} */
  pictureEntries(limits) {
    const colors = this.entries.map((entry) => ({ text: entry.text, samples: samplesOf(entry, SHARP) }));
    const lines = [...this.bestTexts.map(({ text }) => texts.star(text)), ...this.notes(null, limits)];
    return [{ text: texts.inPicture }, ...colors, ...lines.map((text) => ({ text }))];
  }

  /** How the walks with the settings of a cell end, a text for each run. @param {Cell} cell */
  outcomesAt([row, column]) {
    const at = row * this.grid.columns + column;
    return this.grid.ends.map(({ cells, steps, losses }, run) => {
      const kind = kindOf(cells[at], this.#minima);
      const outcome = texts.outcome(this.#names[run], kind, OPEN.includes(kind) ? null : steps[at]);
      return Number.isFinite(losses[at]) ? `${outcome}, ${texts.late(losses[at])}` : outcome;
    });
  }

  /** From how many of all starts the runs arrive with their best settings. @param {SettingsDone} last */
  #fromAllStarts({ best }) {
    const shares = best.flatMap(({ run, loss_starts, steps_starts }) => {
      const share = this.#shows === "steps" ? steps_starts : loss_starts;
      return share === null ? [] : [{ run: runName(this.grid.request.scenario, run), share }];
    });
    return shares.length === 0 ? [] : [texts.allStarts(shares)];
  }

  /** What is under the pointer. @param {Cell} cell @param {string[]} names of the axes */
  linesAt(cell, names) {
    return [this.#values(cell, names).join(", "), ...this.outcomesAt(cell)];
  }

  /**
   * How many settings each run got, that a finer map has to wait, and the lines of theory.
   * @param {SettingsDone | null} last
   * @param {LimitLine[]} limits
   */
  notes(last, limits) {
    const lines = limits.map(({ sentence, source, error_sentence: error }, at) =>
      `${texts.limit(at + 1, sentence, source)} ${error}`.trim(),
    );
    if (last === null) return lines;
    const runs = last.best.map(({ run, tried }) => ({ run: runName(this.grid.request.scenario, run), tried }));
    const { tooLong, coarse } = words.basins;
    const none = this.best.length > 0 ? [] : [texts.noBest[this.#shows === "steps" ? "steps" : "loss"]];
    return [
      ...none,
      ...(this.curve?.scale?.zeros ? [texts.zeros] : []),
      ...this.#fromAllStarts(last),
      ...(runs.length > 0 ? [texts.budget(runs, this.grid.request.scenario.steps)] : []),
      ...(last.coarse ? [last.wait === null ? tooLong : coarse(Math.ceil(last.wait))] : []),
      ...lines,
    ];
  }
}

/** The runs of the tables of a map. @param {Grid} grid */
function runsIn({ request }) {
  return runsOf(request.wanted.axes);
}
