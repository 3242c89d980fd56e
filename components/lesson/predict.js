/** The question before the walk: the learner chooses an option or places a flag, then sees the walk and the answer. */

import { element, freshId } from "../kit/element.js";
import { keepKeys } from "../kit/keys.js";
import { same } from "../kit/sameness.js";
import { storeOf } from "../stage/state/store.js";
import { words } from "./words.js";

/** @import { Component } from "../kit/types.js" */
/** @import { Curtain } from "../stage/state/curtain.js" */
/** @import { Given, PredictData, TruthData } from "./types.js" */

const { predict: text } = words;
/** @type {WeakMap<HTMLElement, Question>} */
const questions = new WeakMap();

/** Called by Streamlit at every change of data or theme. @param {Component<PredictData>} component */
export function render({ parentElement, data, setTriggerValue }) {
  let asked = questions.get(parentElement);
  if (asked === undefined || asked.data.stage !== data.stage || asked.data.question !== data.question) {
    unmount(parentElement);
    asked = new Question(parentElement, data);
    questions.set(parentElement, asked);
  }
  asked.update(data, (answer) => setTriggerValue("answer", answer));
}

/** @param {HTMLElement} host */
export function unmount(host) {
  questions.get(host)?.close();
  questions.delete(host);
}

class Question {
  /** @type {Curtain} */
  #curtain;
  /** @type {() => void} */
  #close;
  /** @type {(answer: Given) => void} */
  #send = () => {};
  #options;
  /** @type {Given | null} */
  #given = null;
  /** @type {HTMLButtonElement} */
  #run = element(
    "button",
    { type: "button", class: "run", "data-do": "run", click: () => this.#curtain.run() },
    text.run,
  );
  /** @type {HTMLButtonElement} */
  #skip = element(
    "button",
    { type: "button", class: "skip", "data-do": "skip", click: () => this.#curtain.skip() },
    text.skip,
  );
  /** @type {HTMLButtonElement} */
  #again = element(
    "button",
    {
      type: "button",
      class: "again",
      "data-do": "again",
      title: text.againHelp,
      click: () => this.#curtain.askAgain(),
    },
    text.again,
  );
  /** @type {HTMLElement} */
  #hint = element("p", { class: "how" });
  /** Where to place the flag: one sentence for a mouse and a keyboard, one for fingers; a style shows one of them. */
  #place = [
    element("span", { class: "mouse" }, text.place.mouse),
    element("span", { class: "finger" }, text.place.finger),
  ];
  /** The keys that a presenter can press now; shown only in the presenter's view. @type {HTMLElement} */
  #keys = element("p", { class: "keys", role: "status" });
  /** @type {HTMLElement} */
  #truth = element("div", { class: "truth", hidden: "", "data-waits": text.waits });
  /** @type {HTMLElement} */
  #live = element("p", { class: "unseen", role: "status" });
  /** The texts of the answer that are on the page. @type {string[]} */
  #parts = [];

  /** @param {HTMLElement} host @param {PredictData} data */
  constructor(host, data) {
    this.data = data;
    this.#curtain = storeOf(data.stage).curtain;
    this.#curtain.offer(data.options.length, this.#answered);
    /** @type {HTMLElement} */
    this.root = element("div", { class: "mradam-predict", "data-testid": "predict" });
    const question = element("p", { class: "question", id: freshId() }, data.question);
    const group = freshId();
    this.#options = data.options.map((label, place) => option(label, place, group, () => this.#curtain.choose(place)));
    const choice = element(
      "div",
      { class: "options", role: "radiogroup", "aria-labelledby": question.id },
      ...this.#options.map(({ root }) => root),
    );
    const acts = element("div", { class: "acts" }, this.#run, this.#skip, this.#again);
    const parts = data.options.length > 0 ? [question, choice] : [question];
    this.root.append(
      element("h2", {}, text.title),
      ...parts,
      this.#hint,
      acts,
      element("div", { class: "result" }, this.#keys, this.#truth),
      this.#live,
    );
    keepKeys(this.root);
    host.append(this.root);
    this.#close = this.#curtain.subscribe(() => this.#show());
  }

  /**
   * Show new data from Python, and store the function that sends an answer.
   * @param {PredictData} data
   * @param {(answer: Given) => void} send
   */
  update(data, send) {
    this.data = data;
    this.#send = send;
    if (data.waits !== undefined) {
      const planted = data.answer?.flag ?? null;
      if (this.#curtain.flag === null) this.#curtain.ask(data.waits, planted);
    }
    // After a restart the server has lost the answer: send it again.
    if (data.answer === null && this.#given !== null && !this.#curtain.down) send(this.#given);
    this.#show();
  }

  /** Send to Python that the learner runs, skips or takes back, by a button or a key. @param {Given} answer */
  #answered = (answer) => {
    this.#given = answer.again ? null : answer;
    this.#send(answer);
  };

  #show() {
    const { down, ended } = this.#curtain;
    const { truth, answer } = this.data;
    const shown = truth !== null && ended && !down;
    const picked = this.#curtain.prediction;
    this.root.toggleAttribute("data-open", down);
    this.#run.disabled = picked === null;
    this.#run.hidden = this.#skip.hidden = !down;
    const left = down && document.activeElement === this.#again;
    this.#again.hidden = down;
    this.#options.forEach((each, place) => {
      each.radio.checked = (answer?.option ?? this.#curtain.chosen) === place;
      each.radio.disabled = !down;
      each.mark(shown && truth.option === place, shown && answer?.option === place && truth.option !== place);
    });
    // The button that had the focus is hidden.
    if (left) (this.#options[0]?.radio ?? this.#skip).focus();
    this.#hint.hidden = !down || this.data.waits === undefined;
    if (!this.#hint.hidden) this.#hint.replaceChildren(...(picked === null ? this.#place : [text.placed]));
    this.#keys.hidden = !down;
    const may = advice(this.#curtain, picked !== null);
    if (this.#keys.textContent !== may) this.#keys.textContent = may;
    this.#keys.toggleAttribute("data-warns", this.#curtain.warned && picked === null);
    this.#reveal(truth, shown);
    const { point, away } = shown ? truth : { point: null, away: null };
    const line = point !== null && away !== null ? { point, words: text.away(away) } : null;
    if (!same(line, this.#curtain.truth)) this.#curtain.reveal(line);
  }

  /**
   * Show the correct answer at the end of the walk. Its space is reserved earlier, so that nothing moves then.
   * @param {TruthData | null} truth
   * @param {boolean} shown
   */
  #reveal(truth, shown) {
    this.#truth.hidden = truth === null;
    this.#truth.toggleAttribute("data-shown", shown);
    this.#truth.setAttribute("aria-hidden", String(!shown));
    if (truth === null) return;
    const head = truth.right === null ? text.skipped : truth.right ? text.right : text.wrong;
    const far = truth.away === null || truth.measure === null ? "" : text.measures[truth.measure](truth.away);
    const parts = [head, truth.says, far, truth.teaches];
    if (!same(parts, this.#parts)) {
      this.#parts = parts;
      const verdict = element("p", { class: "says" }, element("strong", {}, head));
      if (truth.says !== "") verdict.append(` ${truth.says}`);
      if (far !== "") verdict.append(element("span", { class: "measure" }, ` ${far}`));
      this.#truth.replaceChildren(
        ...(truth.right === null ? [] : [verdict]),
        element("p", { class: "teaches" }, truth.teaches),
      );
    }
    const announcement = shown ? this.#announcement(truth, parts) : "";
    if (this.#live.textContent !== announcement) this.#live.textContent = announcement;
  }

  /** @param {TruthData} truth @param {string[]} parts */
  #announcement({ option: place }, [head, says, far, teaches]) {
    const right = place === null ? "" : text.correct(this.data.options[place]);
    return [head, says, far, `${right}${teaches}`].filter(Boolean).join(" ");
  }

  close() {
    this.#close();
    this.#curtain.withdraw(this.#answered);
    this.root.remove();
  }
}

/** What a presenter can press next, in one line. @param {Curtain} curtain @param {boolean} picked */
function advice({ choices, warned }, picked) {
  if (picked) return text.keys.run;
  const how = choices > 0 ? text.keys.choose(choices) : text.keys.flag;
  return warned ? text.keys.warned(how) : text.keys.first(how);
}

/** @param {string} label @param {number} place @param {string} group @param {() => void} change */
function option(label, place, group, change) {
  /** @type {HTMLInputElement} */
  const radio = element("input", { type: "radio", name: group, value: String(place), change });
  /** @type {HTMLElement} */
  const word = element("span", { class: "mark" });
  /** @type {HTMLElement} */
  const root = element("label", { class: "option" }, radio, element("span", {}, label), word);
  const mark = (/** @type {boolean} */ right, /** @type {boolean} */ wrong) => {
    root.toggleAttribute("data-true", right);
    root.toggleAttribute("data-false", wrong);
    word.textContent = right ? text.markRight : wrong ? text.markWrong : "";
  };
  return { root, radio, mark };
}
