/** One card a run: who walks, with which settings, where it is now, and what came of it. The legend, too. */

import { rewrite } from "../../kit/element.js";
import { brief, exact } from "../../kit/numbers.js";
import { named, telling } from "../../kit/runs.js";
import { swatch } from "../../kit/swatch.js";
import { named as nameChange } from "../state/advisor.js";
import { LOSS, X, Y } from "../wire/record.js";

const ROWS = [
  ["x, y", "Position", (run, step) => [run.at(step, X), run.at(step, Y)]],
  ["loss", "The height of the surface here", (run, step) => [run.at(step, LOSS)]],
  ["slope", "Gradient norm: how steep it is here, as the optimizer sees it", (run, step) => [run.gradientNorm(step)]],
  ["distance", "Length of the way walked so far, all steps added up", (run, step) => [run.distances[step]]],
  ["step", "How many steps it has taken: fewer than the others once it has diverged", (_, step) => [step]],
];

export class Cards {
  #list;
  #state = null;
  #cards = [];

  /**
   * `toggled(index)` is called when a run is to be hidden or shown, `looked(index)` when one is to be looked into,
   * `tried(index)` when its advice is to be followed.
   */
  constructor(list, { toggled, looked, tried }) {
    this.#list = list;
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-run]");
      if (button === null) return;
      // The button goes with the advice: what has the focus must stay.
      if (button.matches(".try")) button.closest(".card").querySelector(".name").focus();
      const act = { look: looked, try: tried }[button.classList[0]] ?? toggled;
      act(Number(button.dataset.run));
    });
  }

  /** Make the cards for a scenario; keeps them when nothing of them has changed. */
  build(scenario, hidden, looks, inside) {
    const state = JSON.stringify([scenario.runs, [...hidden], looks, inside]);
    if (state === this.#state) return;
    this.#state = state;
    const focused = this.#list.contains(document.activeElement) ? document.activeElement : null;
    this.#list.replaceChildren(
      ...scenario.runs.map((run, index) =>
        card(run, index, {
          name: named(scenario, index),
          hidden: hidden.has(index),
          look: looks[index],
          inside: index === inside,
        }),
      ),
    );
    this.#cards = [...this.#list.children].map(fields);
    if (focused !== null)
      this.#list
        .querySelector(`button.${focused.classList[0]}[data-run="${focused.dataset.run}"]`)
        ?.focus({ preventScroll: true });
  }

  /** Show every run's numbers at a step. */
  update(walk, step) {
    this.#cards.forEach((parts, index) => {
      const run = walk.run(index);
      if (run === null || run.received < 0) {
        for (const value of parts.values) fill(value, "–", "");
        fill(parts.outcome, run === null ? "hidden" : "", "");
        advise(parts, null);
        return;
      }
      const at = Math.min(step, run.last);
      ROWS.forEach(([name, , read], row) => {
        const numbers = read(run, at);
        rewrite(
          parts.values[row],
          numbers.map((number) => (name === "step" ? String(number) : brief(number))).join(", "),
        );
        const all = numbers.map(exact).join(", ");
        if (parts.values[row].title !== all) parts.values[row].title = all;
      });
      const sentence = verdict(run, step);
      fill(parts.outcome, sentence, sentence);
      advise(parts, sentence === "" ? null : run.advice);
    });
  }
}

/** The outcome in words, once the playhead has reached it. */
export function verdict(run, step) {
  const { outcome } = run;
  if (outcome === null) return "";
  const reached = step >= Math.min(outcome.step ?? run.last, run.received);
  return reached ? outcome.sentence : "";
}

/** Show what could be tried, and the button that does it, if there is something to do. */
function advise({ advice, attempt, name }, told) {
  fill(advice, told?.text ?? "", told?.detail ?? "");
  const change = told?.change ?? null;
  attempt.hidden = change === null;
  if (change === null) return;
  const label = `Try it: ${nameChange(change)} (${name})`;
  if (attempt.getAttribute("aria-label") !== label) attempt.setAttribute("aria-label", label);
}

function fill(element, text, title = null) {
  if (element.textContent !== text) element.textContent = text;
  if (title !== null && title !== undefined && element.title !== title) element.title = title;
}

function card(run, index, { name, hidden, look, inside }) {
  const element = document.createElement("li");
  element.className = "card";
  element.style.setProperty("--run", look.color);
  element.toggleAttribute("data-hidden", hidden);
  const listed = telling(run);
  element.innerHTML = `
    <div class="who">
      <button type="button" class="name" data-run="${index}" aria-pressed="${!hidden}" title="${hidden ? "Show" : "Hide"} this run">${swatch(look)}<span>${name}</span></button>
      <button type="button" class="look" data-run="${index}" aria-pressed="${inside}" aria-label="Look inside a step of ${name}" title="Look inside a step (I)"${hidden ? " disabled" : ""}><svg viewBox="0 0 24 24" class="line" aria-hidden="true"><path d="M10 4a6 6 0 1 0 0 12a6 6 0 1 0 0-12M14.5 14.5L20 20"/></svg></button>
      <p class="settings" title="${listed}">${listed}</p>
    </div>
    <dl>${ROWS.map(([name, help]) => `<div><dt title="${help}">${name}</dt><dd></dd></div>`).join("")}</dl>
    <div class="verdict"><p class="outcome"></p><p class="advice"><span></span> <button type="button" class="try" data-run="${index}" hidden>Try it</button></p></div>`;
  return element;
}

function fields(element) {
  return {
    values: [...element.querySelectorAll("dd")],
    outcome: element.querySelector(".outcome"),
    advice: element.querySelector(".advice span"),
    attempt: element.querySelector(".try"),
    name: element.querySelector(".name span").textContent,
  };
}
