/** The cards, one for each run: name, settings, the numbers of the step that is shown, outcome, advice. */

import { contract } from "../../contract.js";
import { rewrite } from "../../kit/element.js";
import { networkOf } from "../../kit/networks.js";
import { brief, exact } from "../../kit/numbers.js";
import { distinctSettings, runName, runNames } from "../../kit/runs.js";
import { swatch } from "../../kit/swatch.js";
import { networkWords } from "../network_words.js";
import { changeInWords } from "../state/advisor.js";
import { words } from "../words.js";
import { rowsOf, written } from "./card_rows.js";
import { ranking } from "./ranking.js";
import { spreadInWords, verdict } from "./verdict.js";

/** @import { Look, Run, Scenario } from "../../contract.js" */
/** @import { CardRun, Row } from "./card_rows.js" */

/**
 * @typedef {{complete: boolean, scenario: Scenario, runs: CardRun[], run: (index: number) => CardRun | null}} CardWalk
 */
/** @typedef {(index: number) => void} Act */
/** @typedef {{toggled: Act, insideToggled: Act, tried: Act}} Callbacks */

/**
 * The parts of a card that change.
 * @typedef {object} Parts
 * @property {HTMLElement[]} values
 * @property {HTMLElement} outcome
 * @property {HTMLElement} spread
 * @property {HTMLElement} seeds
 * @property {HTMLElement} advice
 * @property {HTMLButtonElement} attempt
 * @property {string} name
 */

const { fan } = words;
const { card: texts, advice: attempts, ranking: ranks } = words.controls;
const rows = { ...words.controls.rows, ...networkWords.controls.rows };

export class Cards {
  #list;
  #ranking;
  /** @type {string | null} */
  #state = null;
  /** @type {Parts[]} */
  #cards = [];

  /**
   * @param {HTMLElement} list
   * @param {Callbacks} callbacks `toggled(index)` hides or shows a run, `insideToggled(index)` opens the inside of its
   *   steps, `tried(index)` applies its advice
   */
  constructor(list, { toggled, insideToggled, tried }) {
    this.#list = list;
    this.#ranking = /** @type {HTMLElement} */ (list.parentElement?.querySelector(".ranking"));
    list.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button");
      if (button === null || button.dataset.run === undefined) return;
      // This button will be hidden together with the advice: the focus moves to another one.
      if (button.matches(".try")) one(/** @type {Element} */ (button.closest(".card")), ".name").focus();
      const act = button.matches(".look") ? insideToggled : button.matches(".try") ? tried : toggled;
      act(Number(button.dataset.run));
    });
  }

  /**
   * Make the cards of a scenario, if something has changed.
   * @param {Scenario} scenario
   * @param {Set<number>} hidden
   * @param {Look[]} looks
   * @param {number | null} inside the run whose inside is open
   */
  build(scenario, hidden, looks, inside) {
    const state = JSON.stringify([scenario.runs, scenario.batch > 0, scenario.surface, [...hidden], looks, inside]);
    if (state === this.#state) return;
    this.#state = state;
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const focused = active !== null && this.#list.contains(active) ? active : null;
    this.#list.replaceChildren(
      ...scenario.runs.map((run, index) =>
        card(run, index, {
          name: runName(scenario, index),
          hidden: hidden.has(index),
          look: looks[index],
          inside: index === inside,
          rows: rowsOf(scenario),
        }),
      ),
    );
    this.#cards = [.../** @type {Iterable<HTMLElement>} */ (this.#list.children)].map(fields);
    rewrite(this.#ranking, "");
    this.#ranking.hidden = scenario.runs.length < 2;
    if (focused === null) return;
    // The panel opens above the cards: the focus returns to the button, without scrolling the page.
    const again = `button.${focused.classList[0]}[data-run="${focused.dataset.run}"]`;
    /** @type {HTMLElement | null} */ (this.#list.querySelector(again))?.focus({ preventScroll: true });
  }

  /**
   * Show every run's numbers at a step.
   * @param {CardWalk} walk
   * @param {number} step
   * @param {{outcomes: boolean, seeds: (index: number) => string}} how `outcomes`: the outcomes are shown as well,
   *   where the step has reached them; `seeds`: how many walks of a run arrive with many seeds
   */
  update(walk, step, { outcomes, seeds }) {
    this.#cards.forEach((parts, index) => {
      const run = walk.run(index);
      fill(parts.seeds, seeds(index), fan.cardHelp);
      if (run === null || run.received < 0) {
        for (const value of parts.values) fill(value, texts.missing, "");
        fill(parts.outcome, run === null ? texts.hidden : "", "");
        fill(parts.spread, "", "");
        advise(parts, null);
        return;
      }
      const at = Math.min(step, run.last);
      rowsOf(walk.scenario).forEach(([name, , read], row) => {
        if (row >= parts.values.length) return; // the walk is that of the scenario before
        const numbers = read(run, at, walk.scenario);
        const shown = numbers.map((number) => written(name, number)).join(", ");
        fill(parts.values[row], shown, numbers.map(exact).join(", "));
      });
      const sentence = outcomes ? verdict(run, step) : "";
      fill(parts.outcome, sentence, sentence);
      fill(parts.spread, outcomes ? spreadInWords(run, step) : "", texts.spreadHelp);
      advise(parts, sentence === "" ? null : run.advice);
    });
    const ended = outcomes && walk.complete && walk.runs.every((run) => verdict(run, step) !== "");
    rewrite(this.#ranking, ended ? ranked(walk) : "");
  }
}

/**
 * The ranking in words: a line for the first to arrive, and a line for the lowest loss.
 * @param {Pick<CardWalk, "runs" | "scenario">} walk
 */
export function ranked({ runs, scenario }) {
  const places = ranking(runs);
  if (places === null) return "";
  const { first, lowest } = places;
  const names = (/** @type {number[]} */ indices) =>
    runNames(scenario, indices, { listed: list, together: ranks.together });
  const arrived = first === null ? ranks.none : ranks[first.kind](names(first.runs), first.step);
  const ends = lowest === null ? [] : [ranks.lowest(names(lowest.runs), brief(lowest.loss))];
  // A minimum of the plane is no minimum of a network's loss.
  return [...(networkOf(scenario) === null ? [arrived] : []), ...ends].join("\n");
}

/** @param {string[]} names */
function list(names) {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(ranks.comma)}${ranks.and}${names.at(-1)}`;
}

/**
 * Show the advice, and if it contains a change, the button that applies it.
 * @param {Parts} parts
 * @param {CardRun["advice"]} given
 */
function advise({ advice, attempt, name }, given) {
  fill(advice, given?.text ?? "", given?.detail ?? "");
  const change = given?.change ?? null;
  attempt.hidden = change === null;
  if (change === null) return;
  const label = attempts[change.start !== null ? "start" : change.steps !== null ? "steps" : "value"];
  rewrite(attempt, label);
  const full = attempts.full(label, changeInWords(change), name);
  if (attempt.getAttribute("aria-label") !== full) attempt.setAttribute("aria-label", full);
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 * @param {string} title
 */
function fill(element, text, title) {
  rewrite(element, text);
  if (element.title !== title) element.title = title;
}

const GLASS = "M10 4a6 6 0 1 0 0 12a6 6 0 1 0 0-12M14.5 14.5L20 20";

/**
 * @param {Run} run
 * @param {number} index
 * @param {{name: string, hidden: boolean, look: Look, inside: boolean, rows: Row[]}} state
 */
function card(run, index, { name, hidden, look, inside, rows: read }) {
  const element = document.createElement("li");
  element.className = "card";
  element.style.setProperty("--run", look.color);
  element.toggleAttribute("data-hidden", hidden);
  const listed = distinctSettings(run);
  const { idea } = contract.optimizers[run.optimizer];
  const numbers = read.map(
    ([key, help]) => `<div class="${key}"><dt title="${help}">${rows[key]}</dt><dd translate="no"></dd></div>`,
  );
  element.innerHTML = `
    <div class="who">
      <button type="button" class="name" data-run="${index}" aria-pressed="${!hidden}"
        title="${hidden ? texts.show : texts.hide}">${swatch(look)}<span translate="no">${name}</span></button>
      <button type="button" class="look" data-run="${index}" aria-pressed="${inside}" aria-label="${texts.look(name)}"
        title="${texts.lookTitle}"${hidden ? " disabled" : ""}><svg viewBox="0 0 24 24" class="line"
        aria-hidden="true"><path d="${GLASS}"/></svg></button>
      <p class="settings" translate="no" title="${listed}">${listed}</p>
      <p class="idea" title="${idea}">${idea}</p>
    </div>
    <dl>${numbers.join("")}</dl>
    <div class="verdict"><p class="outcome"></p><p class="seeds"></p><p class="spread"></p>
      <p class="advice"><span></span> <button type="button" class="try" data-run="${index}" hidden></button></p></div>`;
  return element;
}

/**
 * @param {HTMLElement} element
 * @returns {Parts}
 */
function fields(element) {
  return {
    values: [.../** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("dd"))],
    outcome: one(element, ".outcome"),
    spread: one(element, ".spread"),
    seeds: one(element, ".seeds"),
    advice: one(element, ".advice span"),
    attempt: /** @type {HTMLButtonElement} */ (one(element, ".try")),
    name: one(element, ".name span").textContent ?? "",
  };
}

/**
 * The one element that a selector finds.
 * @param {Element} within
 * @param {string} selector
 * @returns {HTMLElement}
 */
function one(within, selector) {
  return /** @type {HTMLElement} */ (within.querySelector(selector));
}
