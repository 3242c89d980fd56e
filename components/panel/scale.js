/** The numbers a slider stops at: nice ones, spaced as people think of the quantity. */

const MANTISSAS = [1, 1.1, 1.2, 1.3, 1.5, 1.7, 2, 2.2, 2.5, 2.8, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9];

const SPACINGS = {
  linear: even,
  log: decades,
  complement: (low, high) => decades(tidy(1 - high), tidy(1 - low)).map((distance) => tidy(1 - distance)),
};

/** The stops of a record `{low, high, scale, default}`, rising; both ends and the default are among them. */
export function stopsOf({ low, high, scale, default: usual = low }) {
  return rising([...SPACINGS[scale](low, high), low, usual, high]);
}

/** The stops of a quantity that may be zero and is otherwise thought of in powers of ten. */
export function stopsFromZero(least, high) {
  return rising([0, ...decades(least, high), high]);
}

/** The whole numbers among the stops of a log scale. */
export function wholeStops(low, high) {
  return rising([low, ...decades(low, high), high].filter(Number.isInteger));
}

/** The place among `stops` that lies closest to `value`, which need not be one of them. */
export function nearest(stops, value) {
  const above = stops.findIndex((stop) => stop >= value);
  if (above === -1) return stops.length - 1;
  if (above === 0) return 0;
  return stops[above] - value <= value - stops[above - 1] ? above : above - 1;
}

function decades(low, high) {
  const stops = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power += 1) {
    // Read from its spelling, 1.5e-3 is the number that a person types; as a product it would be a neighbor.
    stops.push(...MANTISSAS.map((mantissa) => Number(`${mantissa}e${power}`)));
  }
  return stops.filter((stop) => stop >= low && stop <= high);
}

function even(low, high) {
  const step = 10 ** Math.round(Math.log10((high - low) / 100));
  const count = Math.round((high - low) / step);
  return Array.from({ length: count + 1 }, (_, place) => tidy(low + place * step)).filter((stop) => stop <= high);
}

/** Without the last digits, which are the subtraction's and not the number's. */
function tidy(value) {
  return Number(value.toPrecision(12));
}

function rising(stops) {
  return [...new Set(stops)].sort((a, b) => a - b);
}
