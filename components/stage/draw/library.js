/** Loads plotly.js and the data of surfaces, each once. */

import { words } from "../words.js";

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
      reject(new Error(words.draw.noLibrary));
    };
    document.head.append(script);
  });
  return library;
}

/**
 * The figure and the facts of a surface. They are fetched once and kept while the page is open.
 * @param {string} url
 * @returns {Promise<SurfacePayload>}
 */
export async function loadSurface(url) {
  let loading = payloads.get(url);
  if (loading === undefined) {
    loading = fetch(url).then((answer) => {
      if (!answer.ok) throw new Error(words.draw.noMap(answer.status));
      return answer.json();
    });
    loading.catch(() => payloads.delete(url));
    payloads.set(url, loading);
  }
  return loading;
}
