/** Walks made of rows [x, y, loss], one list a run, as the drawing modules read them; and what they are drawn with. */

const { contract } = await import(`${process.env.MODULES}/contract.js`);
const { SvgContext } = await import(`${process.env.MODULES}/stage/draw/svg_context.js`);

export function walkOf(...runs) {
  const steps = Math.max(...runs.map((rows) => rows.length - 1));
  return {
    steps,
    received: steps,
    complete: true,
    scenario: { runs: runs.map(() => ({ optimizer: "sgd", values: { lr: 0.1 } })) },
    runs: runs.map((rows, index) => ({
      index,
      last: rows.length - 1,
      outcome: null,
      at: (step, field) => rows[step][field],
      isFar: () => false,
    })),
  };
}

export const theme = { ...contract.themes.light, scale: 1 };

/** A text's width where there is no browser. */
export const widthOf = (text, font) => text.length * 0.6 * Number.parseFloat(/[\d.]+px/.exec(font)[0]);

/** Lets modules measure texts on a canvas, as in a browser. */
export function measureOnCanvas() {
  globalThis.document = {
    createElement: () => ({
      getContext: () => ({
        font: "",
        measureText(text) {
          return { width: widthOf(text, this.font) };
        },
      }),
    }),
  };
}

/** A layer that keeps what is drawn on it as SVG. */
export function layer() {
  const context = new SvgContext(1000, 600, widthOf);
  return { context, fit: () => true, clear: () => {} };
}

/** The lines of an SVG in a color: their path, and the attributes of each. */
export function linesIn(svg, color) {
  const found = svg.matchAll(/<path d="([^"]*)" fill="none" stroke="([^"]*)" stroke-width="([^"]*)"[^>]*>/g);
  return [...found].filter(([, , stroke]) => stroke === color).map(([, path, , width]) => ({ path, width }));
}
