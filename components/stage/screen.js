/** Everything that is drawn: the ground, the paths on it, the curve below, the cards beside. It reads; it decides nothing. */

import { contract } from "../contract.js";
import { brief } from "../kit/numbers.js";
import { named, telling } from "../kit/runs.js";
import { Cards } from "./controls/cards.js";
import { Hover } from "./controls/hover.js";
import { Transport } from "./controls/transport.js";
import { Curve } from "./draw/curve.js";
import { Ground } from "./draw/ground.js";
import { Labels, landmarks, lowestLoss } from "./draw/labels.js";
import { drawTurns, turns } from "./draw/marks.js";
import { places, traces } from "./draw/picture.js";
import { Trails } from "./draw/trails.js";
import { View } from "./draw/view.js";
import { slotsOf } from "./state/store.js";

export class Screen {
  view = new View();
  /** The facts of the surface whose ground is shown; null until the first has come. */
  surface = null;
  /** What Python says of this stage. */
  records = null;
  dark = false;
  /** What looks inside a step, and draws it. */
  stepPanel = null;
  #parts;
  #trails;
  #labels;
  #hover;
  #cards;
  #curve;
  #transport;
  #marks = [];
  #turns = { walk: null, received: -1, marks: [] };
  #dress = null;
  #scene = [];
  #sizes;

  /** `wake()` asks for a frame, `toggled(index)` switches a run, `looked(index)` looks into its step, `tried(index)` follows its advice, `failed(error)` says that there is no map. */
  constructor(parts, assets, playback, { wake, toggled, looked, tried, failed }) {
    this.#parts = parts;
    this.ground = new Ground(parts.ground, assets, this.view, { changed: wake, failed });
    this.#trails = new Trails(parts.lower, parts.upper, this.view);
    this.#labels = new Labels(this.view);
    this.#hover = new Hover(parts.tooltip, this.view);
    this.#cards = new Cards(parts.cards, { toggled, looked, tried });
    this.#curve = new Curve(parts.curve);
    this.#transport = new Transport(parts.transport, playback);
    this.#sizes = new ResizeObserver(() => {
      this.view.resize(parts.map.clientWidth, parts.map.clientHeight);
      this.#curve.resize(parts.curve.parentElement.clientWidth, parts.curve.parentElement.clientHeight);
      this.stepPanel?.resize(parts.curve.parentElement.clientWidth);
      this.ground.fit();
      this.#tools();
      this.ground.redraw();
      wake();
    });
    this.#sizes.observe(parts.map);
    this.#sizes.observe(parts.curve.parentElement);
    parts.scale.addEventListener("change", () => {
      this.#curve.scale = parts.scale.value;
      wake();
    });
    parts.curve.addEventListener("pointerdown", (event) => {
      const seek = (at) => playback.seek(this.#curve.stepAt(at.offsetX, playback.steps));
      parts.curve.setPointerCapture(event.pointerId);
      parts.curve.onpointermove = seek;
      parts.curve.onpointerup = () => (parts.curve.onpointermove = null);
      seek(event);
    });
  }

  /** The colors of the look, and the size of letters for the room there is; the same object while both are the same. */
  get #theme() {
    const theme = contract.themes[this.dark ? "dark" : "light"];
    const { scale } = this.view;
    if (this.#dress?.theme !== theme || this.#dress.scale !== scale)
      this.#dress = { theme, scale, worn: { ...theme, scale } };
    return this.#dress.worn;
  }

  /** A run's name, for people. */
  label(scenario, index) {
    return named(scenario, index);
  }

  /** Turn to a surface, or to the other theme; resolves when its facts are known. */
  async show(key) {
    const surface = await this.ground.show(key, this.dark ? "dark" : "light");
    if (surface === null) return;
    this.surface = surface;
    this.#trails.bounds = surface.bounds;
    this.#marks = landmarks(surface.minima);
    this.#tools();
  }

  /** The tools stand inside the axes, wherever these are. */
  #tools() {
    this.#parts.tools.style.left = `${this.view.area.left + 8}px`;
  }

  /** How the runs of a scenario look, in its order: each keeps its look while others come and go. */
  #looks(scenario) {
    return slotsOf(scenario).map((slot) => this.#theme.looks[slot]);
  }

  cards(scenario, hidden) {
    this.#cards.build(scenario, hidden, this.#looks(scenario), this.stepPanel.inside);
  }

  /**
   * Draw a walk at a position; while `moving`, all of it, since it follows a hand. The loss curve is drawn when it is
   * `due`: under a hand it need not keep up with the paths. `kept` is a box on the map where no name may stand, or null.
   */
  draw(scenario, walk, position, { moving, due, kept }) {
    this.#transport.update();
    if (walk === null || this.surface?.key !== walk.scenario.surface || this.view.width === 0) return;
    const start = { x: scenario.start[0], y: scenario.start[1] };
    this.#grip(start);
    const theme = this.#theme;
    const looks = this.#looks(walk.scenario);
    // Under a hand the start is elsewhere in every frame; the rest is only when a walk has come.
    if (due || !moving) this.#curve.draw(walk, position, looks, theme, this.#lowest);
    const scene = [walk, walk.received, position, this.view.version, theme, moving, this.stepPanel.version];
    if (moving && scene.every((part, index) => part === this.#scene[index])) return;
    this.#scene = scene;
    this.#hover.check(walk);
    this.#trails.draw(walk, position, looks, theme, moving);
    const upper = this.#parts.upper.getContext("2d");
    const turning = this.#turning(walk);
    const named = [...this.#marks, ...turning.map((mark) => ({ ...mark, unseen: mark.step > position }))];
    if (!moving && walk.complete) this.#labels.place(upper, named, start, walk, theme, kept);
    this.#labels.marks(upper, this.#marks, theme);
    this.#trails.heads(walk, position, looks, theme);
    drawTurns(upper, turning, position, this.view, theme);
    this.stepPanel.draw(upper, walk, theme, {
      due,
      taken: [this.view.tools, ...this.names, ...(kept === null ? [] : [kept])],
    });
    this.#labels.names(upper, named, start, theme, moving);
    if (position >= 1) this.ground.begin();
  }

  /** Where the runs turn back and end, if a lesson wants them marked. */
  #turning(walk) {
    const { walk: before, received } = this.#turns;
    const looked = before === walk && received === walk.received + Number(walk.complete);
    if (this.records.marks && !looked) {
      const label = (index) => this.label(walk.scenario, index);
      this.#turns = { walk, received: walk.received + Number(walk.complete), marks: turns(walk, label) };
    }
    return this.#turns.marks;
  }

  /** Where names stand on the map; the same list until they move. */
  get names() {
    return this.#labels.boxes;
  }

  get #lowest() {
    return lowestLoss(this.surface.minima);
  }

  /** The start's handle: where the start is, if it is in view. */
  #grip({ x, y }) {
    const { handle } = this.#parts;
    const [px, py] = this.view.project(x, y);
    handle.style.transform = `translate(${px}px, ${py}px)`;
    handle.toggleAttribute("data-away", !this.view.holds(px, py));
    handle.toggleAttribute("data-marked", this.records.marks);
    const name = `Start at x ${brief(x)}, y ${brief(y)}. Arrow keys move it.`;
    if (handle.getAttribute("aria-label") !== name) handle.setAttribute("aria-label", name);
  }

  /** Bring the cards to a step. */
  read(walk, step) {
    this.#cards.update(walk, step);
    this.stepPanel.read(walk, (index) => this.label(walk.scenario, index));
  }

  /** What came of every run, in one line. */
  summary(walk) {
    return walk.runs.map((run) => `${this.label(walk.scenario, run.index)} ${run.outcome.sentence}`).join(". ");
  }

  /** The numbers of the step under a pixel, or of none. */
  hover(point, walk, step) {
    this.#hover.show(point, walk, step, (index) => this.label(walk.scenario, index));
  }

  /** Hand the visitor a picture of the map with the paths so far. */
  async save(walk, step) {
    const name = (index) => {
      const run = walk.scenario.runs[index];
      return `${this.label(walk.scenario, index)}, ${telling(run)}`;
    };
    const [x, y] = walk.scenario.start;
    const theme = this.#theme;
    const drawn = [
      ...traces(walk, step, this.#looks(walk.scenario), name, theme),
      places({ x, y }, this.#marks, theme),
    ];
    const href = await this.ground.picture(drawn, `${this.surface.label}, after ${step} of ${walk.steps} steps`);
    Object.assign(document.createElement("a"), { href, download: `mr-adam-${this.surface.key}.png` }).click();
  }

  remove() {
    this.#sizes.disconnect();
    this.ground.remove();
  }
}
