/** Selects the steps of a long walk through which a curve is drawn, so that all peaks and both ends are visible. */

/**
 * The steps to draw, in order: the first, the last, and of each bucket those with the least and the greatest value.
 * A value that is not finite breaks the curve: of several in a row, the first is selected.
 *
 * @param {(step: number) => number} value
 * @param {number} first step
 * @param {number} last step
 * @param {number} buckets how many buckets of equal length, one for each column of pixels
 * @returns {number[]}
 */
export function thin(value, first, last, buckets) {
  /** @type {number[]} */
  const steps = [];
  const length = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, buckets)));
  for (let from = first; from <= last; from += length) {
    const to = Math.min(last, from + length - 1);
    let [low, high, broken] = [-1, -1, false];
    const close = () => {
      for (const step of low < high ? [low, high] : [high, low]) {
        if (step >= 0 && step > (steps.at(-1) ?? -1)) steps.push(step);
      }
      [low, high] = [-1, -1];
    };
    for (let step = from; step <= to; step += 1) {
      const here = value(step);
      if (!Number.isFinite(here)) {
        close();
        if (!broken) steps.push(step);
        broken = true;
        continue;
      }
      broken = false;
      if (step === first || step === last) {
        close();
        steps.push(step);
        continue;
      }
      if (low < 0 || here < value(low)) low = step;
      if (high < 0 || here > value(high)) high = step;
    }
    close();
  }
  return steps;
}

/**
 * Add a curve through the steps that `thin` has selected to the path of a context.
 * @param {Pick<CanvasRenderingContext2D, "moveTo" | "lineTo">} context
 * @param {number[]} steps
 * @param {(step: number) => number} x pixel of a step
 * @param {(step: number) => number} y pixel of the step's value; not finite: the curve is broken there
 */
export function trace(context, steps, x, y) {
  let down = false;
  for (const step of steps) {
    const py = y(step);
    if (!Number.isFinite(py)) down = false;
    else if (down) context.lineTo(x(step), py);
    else context.moveTo(x(step), py);
    down = Number.isFinite(py);
  }
}
