/** The question before the walk: an answer is picked or a flag planted, the walk runs, and both are held side by side. */

import { element, freshId } from "../kit/element.js";
import { keepKeys } from "../kit/keys.js";
import { same } from "../kit/sameness.js";
import { storeOf } from "../stage/state/store.js";

const questions = new WeakMap();

/** Called by Streamlit at every change of data or theme. */
export function render({ parentElement, data, setTriggerValue }) {
  const asked = questions.get(parentElement);
  if (asked === undefined || asked.data.stage !== data.stage || asked.data.question !== data.question) {
    unmount(parentElement);
    questions.set(parentElement, new Question(parentElement, data));
  }
  questions.get(parentElement).tell(data, (answer) => setTriggerValue("answer", answer));
}

export function unmount(host) {
  questions.get(host)?.close();
  questions.delete(host);
}

class Question {
  #curtain;
  #close;
  #send = null;
  #options;
  #given = null;
  #run = element(
    "button",
    { type: "button", class: "run", "data-do": "run", click: () => this.#curtain.run() },
    "Run it",
  );
  #skip = element(
    "button",
    { type: "button", class: "skip", "data-do": "skip", click: () => this.#curtain.skip() },
    "Skip, just run",
  );
  #hint = element("p", { class: "how" });
  /** What a presenter may press now; only in their view. */
  #keys = element("p", { class: "keys", role: "status" });
  #truth = element("div", { class: "truth", hidden: "" });
  #live = element("p", { class: "unseen", role: "status" });

  constructor(host, data) {
    this.data = data;
    this.#curtain = storeOf(data.stage).curtain;
    this.#curtain.offer(data.options.length, this.#answered);
    this.root = element("div", { class: "mradam-predict", "data-testid": "predict" });
    const question = element("p", { class: "question", id: freshId() }, data.question);
    const group = freshId();
    this.#options = data.options.map((label, place) => option(label, place, group, () => this.#curtain.choose(place)));
    const choice = element(
      "div",
      { class: "options", role: "radiogroup", "aria-labelledby": question.id },
      ...this.#options.map(({ root }) => root),
    );
    const acts = element("div", { class: "acts" }, this.#run, this.#skip);
    const parts = data.options.length > 0 ? [question, choice] : [question];
    this.root.append(
      element("h2", {}, "Predict, then run"),
      ...parts,
      this.#hint,
      acts,
      element("div", { class: "told" }, this.#keys, this.#truth),
      this.#live,
    );
    keepKeys(this.root);
    host.append(this.root);
    this.#close = this.#curtain.subscribe(() => this.#show());
  }

  /** What Python knows by now. */
  tell(data, send) {
    this.data = data;
    this.#send = send;
    if (data.waits !== undefined) {
      const planted = data.answer?.flag ?? null;
      if (this.#curtain.flag === null) this.#curtain.ask(planted ?? data.waits, planted !== null);
    }
    // After a restart of the server it does not know what has been answered here.
    if (data.answer === null && this.#given !== null && !this.#curtain.down) send(this.#given);
    this.#show();
  }

  /** The answer goes to Python when the learner runs or skips, by whichever button or key. */
  #answered = (answer) => {
    this.#given = answer;
    this.#send(answer);
  };

  #show() {
    const { down, ended } = this.#curtain;
    const { truth, answer } = this.data;
    const told = truth !== null && ended && !down;
    const picked = this.#curtain.prediction;
    this.root.toggleAttribute("data-open", down);
    this.#run.disabled = picked === null;
    this.#run.hidden = this.#skip.hidden = !down;
    this.#options.forEach((each, place) => {
      if ((answer?.option ?? this.#curtain.chosen) === place) each.radio.checked = true;
      each.radio.disabled = !down;
      each.mark(told && truth.option === place, told && answer.option === place && truth.option !== place);
    });
    this.#hint.hidden = !down || this.data.waits === undefined;
    if (!this.#hint.hidden)
      this.#hint.textContent =
        picked === null
          ? "Click or tap the map, or move to the flag with Tab and use the arrow keys."
          : "The flag is placed; move it as long as you like.";
    this.#keys.hidden = !down;
    const may = advice(this.#curtain, picked !== null);
    if (this.#keys.textContent !== may) this.#keys.textContent = may;
    this.#keys.toggleAttribute("data-warns", this.#curtain.warned && picked === null);
    this.#reveal(truth, told);
    const { point = null, away = null } = (told && truth) || {};
    const line = point !== null && away !== null ? { point, words: away } : null;
    if (!same(line, this.#curtain.truth)) this.#curtain.reveal(line);
  }

  /** It takes its room as soon as it is known, and is seen when the walk has come to its end: then nothing jumps. */
  #reveal(truth, told) {
    this.#truth.hidden = truth === null;
    this.#truth.toggleAttribute("data-told", told);
    this.#truth.setAttribute("aria-hidden", String(!told));
    if (truth === null) return;
    const head = { true: "You saw it coming.", false: "Not so.", null: "What happens" }[truth.right];
    const far = truth.away === null ? "" : `Your flag is ${truth.away} away from where it ends. `;
    const parts = [head, `${far}${truth.says}`.trim(), truth.teaches];
    if (!same(parts, this.parts)) {
      this.parts = parts;
      const [, says, teaches] = parts;
      const verdict = element("p", { class: "says" }, element("strong", {}, head), says === "" ? "" : ` ${says}`);
      this.#truth.replaceChildren(
        ...(truth.right === null ? [] : [verdict]),
        element("p", { class: "teaches" }, teaches),
      );
    }
    const aloud = told ? this.#aloud(truth, parts) : "";
    if (this.#live.textContent !== aloud) this.#live.textContent = aloud;
  }

  #aloud({ option: place }, [head, says, teaches]) {
    const right = place === null ? "" : `True is: ${this.data.options[place]}. `;
    return `${head} ${says} ${right}${teaches}`;
  }

  close() {
    this.#close();
    this.#curtain.withdraw(this.#answered);
    this.root.remove();
  }
}

/** What a presenter may do next, in one line. */
function advice({ choices, warned }, picked) {
  if (picked) return "Space runs it.";
  const how = choices > 0 ? `choose with the keys 1–${choices}` : "click the map to place the flag";
  if (warned) return `Nothing is predicted yet: ${how}, or press Space again to run without a prediction.`;
  return `${how[0].toUpperCase()}${how.slice(1)}, then Space runs it.`;
}

function option(label, place, group, change) {
  const radio = element("input", { type: "radio", name: group, value: String(place), change });
  const word = element("span", { class: "mark" });
  const root = element("label", { class: "option" }, radio, element("span", {}, label), word);
  const mark = (right, wrong) => {
    root.toggleAttribute("data-true", right);
    root.toggleAttribute("data-false", wrong);
    word.textContent = right ? "✓ true" : wrong ? "✗ your pick" : "";
  };
  return { root, radio, mark };
}
