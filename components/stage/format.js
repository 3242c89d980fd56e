/** Numbers and links as people read them. */

/** A few digits, for a number at rest on the screen: enough to compare, never so many as to jump about. */
export function brief(value) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "+∞" : "−∞";
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-3 && size < 1e5);
  const decimals = Math.max(0, 3 - Math.max(0, Math.floor(Math.log10(size || 1))));
  const text = plain ? value.toFixed(decimals) : value.toExponential(1).replace("e+", "e");
  return text.replaceAll("-", "−");
}

/** Every digit there is: what a tooltip shows. */
export function exact(value) {
  return String(value).replaceAll("-", "−");
}

/** A run's settings in one line: "lr 0.07, momentum 0.9"; switches, whose names are words, say "correct m off". */
export function settings({ values }, names = Object.keys(values), switches = []) {
  return names.map((name) => (switches.includes(name) ? `${name.replaceAll("_", " ")} ${values[name] === 1 ? "on" : "off"}` : `${name} ${values[name]}`)).join(", ");
}

/** A run's name among the others: with its number where another has the same optimizer. */
export function named({ runs }, index, optimizers) {
  const { label } = optimizers[runs[index].optimizer];
  const alone = runs.filter(({ optimizer }) => optimizer === runs[index].optimizer).length === 1;
  return alone ? label : `${label}, run ${index + 1}`;
}

/** Those of a run's settings that tell it from others of its optimizer. */
export function telling(run, { defaults, switches }) {
  const always = ["lr", "momentum"];
  const names = Object.keys(run.values).filter((name) => always.includes(name) || run.values[name] !== defaults[name]);
  return settings(run, names, switches);
}

/** The link's query, as Python's `format_link` writes it: what has its default is left out. */
export function link(scenario, optimizers) {
  const { surface, start, steps, noise, seed, runs } = scenario;
  const parts = [`surface=${surface}`, `start=${start.join(",")}`, `steps=${steps}`];
  if (noise !== 0) parts.push(`noise=${noise}`);
  if (seed !== 0) parts.push(`seed=${seed}`);
  for (const { optimizer, values } of runs) {
    const changed = Object.entries(values).filter(([name, value]) => value !== optimizers[optimizer].defaults[name]);
    parts.push(`run=${optimizer}${changed.length > 0 ? ":" : ""}${changed.map(([name, value]) => `${name}=${value}`).join(",")}`);
  }
  return parts.join("&");
}

/** Four digits, for a number that stands in a formula. */
export function significant(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || size === 0) return size === 0 ? "0" : brief(value);
  const text = size >= 1e-3 && size < 1e5 ? value.toPrecision(4) : value.toExponential(2).replace("e+", "e");
  return (text.includes("e") && size < 1e5 && size >= 1e-3 ? String(Number(text)) : text).replaceAll("-", "−");
}
