/** One run: who walks, and with which hyperparameters. */

import { element } from "../kit/element.js";
import { settings } from "../kit/runs.js";
import { swatch } from "../kit/swatch.js";
import { Field } from "./field.js";
import { iconButton } from "./icons.js";
import { Switch } from "./switch.js";

/**
 * A run of an optimizer as it begins: the defaults, but the lr of the first of `others` that is of the same family
 * and means the same by lr, which two that allow the same range do.
 */
export function newRun(key, optimizers, others) {
  const { family, hyperparameters } = optimizers[key];
  const values = Object.fromEntries(hyperparameters.map((record) => [record.name, record.default]));
  const range = ({ hyperparameters: records }) => {
    const { low, high } = records.find((record) => record.name === "lr");
    return `${low} ${high}`;
  };
  const kin = others
    .map((run) => [run, optimizers[run.optimizer]])
    .find(([, spec]) => spec.family === family && range(spec) === range({ hyperparameters }));
  if (kin) values.lr = kin[0].values.lr;
  return { optimizer: key, values };
}

export class RunBlock {
  #run = null;
  #look = null;
  #fields = new Map();

  /**
   * @param {Object} optimizers the records, by key
   * @param {{edit: Function, change: Function, duplicate: Function, remove: Function}} acts each called with this block first;
   *   `edit(block, run, live)`, `change(block, key)`
   */
  constructor(optimizers, acts) {
    this.optimizers = optimizers;
    this.acts = acts;
    this.swatch = element("span", { class: "sample" });
    this.select = element(
      "select",
      { "aria-label": "Optimizer", change: () => acts.change(this, this.select.value) },
      ...choices(optimizers),
    );
    this.duplicate = iconButton("copy", "Duplicate this run", () => acts.duplicate(this));
    this.remove = iconButton("remove", "Remove this run", () => acts.remove(this));
    this.lr = element("div");
    this.rest = element("div");
    this.values = element("span", { class: "values" });
    this.more = element("details", {}, element("summary", {}, element("span", {}, "more"), this.values), this.rest);
    const head = element("div", { class: "head" }, this.swatch, this.select, this.duplicate, this.remove);
    this.root = element("div", { class: "run", role: "group" }, head, this.lr, this.more);
  }

  /** Show a run; what stands already and is still true is left alone, focus and all. */
  set(run, index) {
    const { label, hyperparameters } = this.optimizers[run.optimizer];
    this.root.setAttribute("aria-label", `Run ${index + 1}: ${label}`);
    if (run === this.#run) return;
    if (run.optimizer !== this.#run?.optimizer) this.#furnish(run.optimizer, hyperparameters);
    this.#run = run;
    for (const [name, field] of this.#fields) field.set(run.values[name]);
    const folded = [...this.#fields.keys()].filter((name) => name !== "lr");
    this.values.textContent = settings(run, folded);
  }

  /** Dress it as its trail is dressed; a hidden run's sample is faint. */
  dress(look, hidden) {
    this.root.toggleAttribute("data-hidden", hidden);
    if (look === this.#look) return;
    this.#look = look;
    this.swatch.innerHTML = swatch(look);
    this.root.style.setProperty("--run", look.color);
  }

  /** Which of its buttons make sense: the last run stays, and there is a most. */
  allow({ remove, duplicate }) {
    this.remove.style.visibility = remove ? "" : "hidden";
    this.duplicate.style.visibility = duplicate ? "" : "hidden";
  }

  #furnish(key, hyperparameters) {
    this.select.value = key;
    this.select.title = this.optimizers[key].idea;
    this.#fields.clear();
    for (const record of hyperparameters) {
      const edit = (value, live) => this.#edit(record.name, value, live);
      this.#fields.set(
        record.name,
        record.scale === "switch" ? new Switch(record, { edit }) : new Field(record, { edit, stops: record.stops }),
      );
    }
    const roots = (chosen) => [...this.#fields].filter(([name]) => chosen(name)).map(([, field]) => field.root);
    this.lr.replaceChildren(...roots((name) => name === "lr"));
    this.rest.replaceChildren(...roots((name) => name !== "lr"));
    this.more.hidden = hyperparameters.length < 2;
  }

  #edit(name, value, live) {
    this.acts.edit(this, { ...this.#run, values: { ...this.#run.values, [name]: value } }, live);
  }
}

/** The optimizers as options, under their families. */
function choices(optimizers) {
  const families = new Map();
  for (const [key, { label, family }] of Object.entries(optimizers)) {
    if (!families.has(family)) families.set(family, element("optgroup", { label: family }));
    families.get(family).append(element("option", { value: key }, label));
  }
  return families.values();
}
