/** One run in the panel: its optimizer and its hyperparameters. */

import { element } from "../kit/element.js";
import { settings } from "../kit/runs.js";
import { swatch } from "../kit/swatch.js";
import { Field } from "./field.js";
import { iconButton } from "./icons.js";
import { Switch } from "./switch.js";
import { words } from "./words.js";

/** @import { Look, OptimizerCard } from "../contract.js" */
/** @import { Acts, HyperparameterControl, Run, Shown } from "./types.js" */

export class RunBlock {
  /** @type {Run | null} */
  #run = null;
  /** @type {Look | null} */
  #look = null;
  /** @type {Map<string, Shown>} */
  #fields = new Map();

  /**
   * @param {{[key: string]: OptimizerCard}} optimizers the records, by key
   * @param {Acts<RunBlock>} acts
   */
  constructor(optimizers, acts) {
    this.optimizers = optimizers;
    this.acts = acts;
    /** @type {HTMLElement} */
    this.swatch = element("span", { class: "sample" });
    /** @type {HTMLSelectElement} */
    this.select = element(
      "select",
      { "aria-label": words.optimizer, change: () => acts.change(this, this.select.value) },
      ...choices(optimizers),
    );
    // The choice of the optimizer is one of the runs: without it the name stays to be read.
    this.select.disabled = !acts.offered("runs");
    this.duplicate = iconButton("copy", words.duplicate, () => acts.duplicate(this));
    this.remove = iconButton("remove", words.remove, () => acts.remove(this));
    /** @type {HTMLElement} */
    this.idea = element("p", { class: "idea" });
    /** @type {HTMLElement} */
    this.lr = element("div");
    /** Where the lr of a new run comes from. @type {HTMLElement} */
    this.note = element("p", { class: "note", role: "status" });
    /** @type {HTMLElement} */
    this.rest = element("div");
    /** @type {HTMLElement} */
    this.values = element("span", { class: "values", translate: "no" });
    /** @type {HTMLDetailsElement} */
    this.more = element("details", {}, element("summary", {}, element("span", {}, words.more), this.values), this.rest);
    const head = element("div", { class: "head" }, this.swatch, this.select, this.duplicate, this.remove);
    /** @type {HTMLElement} */
    this.root = element("div", { class: "run", role: "group" }, head, this.idea, this.lr, this.note, this.more);
  }

  /**
   * Show a run. Fields are built again only for another optimizer, so that they keep the focus.
   * @param {Run} run
   * @param {number} index
   */
  set(run, index) {
    const { label, hyperparameters } = this.optimizers[run.optimizer];
    this.root.setAttribute("aria-label", words.run(index + 1, label));
    if (run === this.#run) return;
    if (run.optimizer !== this.#run?.optimizer) this.#build(run.optimizer, hyperparameters);
    if (run.values.lr !== this.#run?.values.lr) this.explain("");
    this.#run = run;
    for (const [name, field] of this.#fields) field.set(run.values[name]);
    const collapsed = [...this.#fields.keys()].filter((name) => name !== "lr");
    this.values.textContent = settings(run, collapsed);
  }

  /** Say where the lr comes from, until it is changed. @param {string} note */
  explain(note) {
    if (this.note.textContent !== note) this.note.textContent = note;
  }

  /** Show a sample of the run's trail; for a hidden run it is faint. @param {Look} look @param {boolean} hidden */
  showTrail(look, hidden) {
    this.root.toggleAttribute("data-hidden", hidden);
    if (look === this.#look) return;
    this.#look = look;
    this.swatch.innerHTML = swatch(look);
    this.root.style.setProperty("--run", look.color);
  }

  /**
   * Show only the buttons that can be used: the last run cannot be removed, and there is a largest number of runs.
   * @param {{remove: boolean, duplicate: boolean}} which
   */
  allow({ remove, duplicate }) {
    this.remove.style.visibility = remove ? "" : "hidden";
    this.duplicate.style.visibility = duplicate ? "" : "hidden";
  }

  /** @param {string} key @param {HyperparameterControl[]} hyperparameters */
  #build(key, hyperparameters) {
    this.select.value = key;
    this.idea.textContent = this.optimizers[key].idea;
    this.#fields.clear();
    const shown = hyperparameters.filter(({ name }) => this.acts.offered(name));
    for (const record of shown) {
      const edit = (/** @type {number} */ value, /** @type {boolean} */ live) => this.#edit(record.name, value, live);
      this.#fields.set(
        record.name,
        record.scale === "switch" ? new Switch(record, { edit }) : new Field(record, { edit, stops: record.stops }),
      );
    }
    const roots = (/** @type {(name: string) => boolean} */ chosen) =>
      [...this.#fields].filter(([name]) => chosen(name)).map(([, field]) => field.root);
    // Where a link offers only some of them, none is folded away.
    const first = (/** @type {string} */ name) => name === "lr" || this.acts.few;
    this.lr.replaceChildren(...roots(first));
    this.rest.replaceChildren(...roots((name) => !first(name)));
    this.more.hidden = shown.every(({ name }) => first(name));
  }

  /** @param {string} name @param {number} value @param {boolean} live */
  #edit(name, value, live) {
    const run = this.#run;
    if (run !== null) this.acts.edit(this, { ...run, values: { ...run.values, [name]: value } }, live);
  }
}

/** The optimizers as options, grouped by family. @param {{[key: string]: OptimizerCard}} optimizers */
function choices(optimizers) {
  /** @type {Map<string, HTMLElement>} */
  const families = new Map();
  for (const [key, { label, family }] of Object.entries(optimizers)) {
    const group = families.get(family) ?? element("optgroup", { label: family });
    families.set(family, group);
    group.append(element("option", { value: key }, label));
  }
  return families.values();
}
