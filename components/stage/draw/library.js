/** plotly.js and the surfaces' documents: each is loaded once. */

/** @import { Plotly, SurfacePayload } from "./surface.js" */

/** @type {Promise<Plotly> | null} */
let library = null;
/** @type {Map<string, Promise<SurfacePayload>>} */
const payloads = new Map();

/** plotly.js, loaded once for the page. @param {string} assets @returns {Promise<Plotly>} */
export function loadPlotly(assets) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${assets}/plotly.min.js`;
    script.onload = () => resolve(/** @type {{ Plotly: Plotly }} */ (/** @type {unknown} */ (window)).Plotly);
    script.onerror = () => {
      library = null;
      reject(new Error("The chart library did not load."));
    };
    document.head.append(script);
  });
  return library;
}

/**
 * The figure and the facts of a surface; fetched once, kept for the next visit.
 * @param {string} url
 * @returns {Promise<SurfacePayload>}
 */
export async function loadSurface(url) {
  let loading = payloads.get(url);
  if (loading === undefined) {
    loading = fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(`The map did not load: the server answered ${answer.status}.`);
      return answer.json();
    });
    loading.catch(() => payloads.delete(url));
    payloads.set(url, loading);
  }
  return loading;
}
