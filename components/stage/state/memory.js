/**
 * Values that the browser stores between visits.
 *
 * A browser inside another app may have no storage (`localStorage` is null), the page may be in a frame where storage
 * is refused, and a full storage refuses new values. Then nothing is stored, and the page works as on a first visit.
 */

/** Errors by which a browser refuses its storage. */
const REFUSALS = ["SecurityError", "QuotaExceededError", "NotSupportedError"];

/**
 * The value that is stored under a name; null if there is none.
 * @param {string} name
 * @returns {?string}
 */
export function recall(name) {
  return attempt((storage) => storage.getItem(`mradam.${name}`));
}

/**
 * Store a value under a name.
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  attempt((storage) => storage.setItem(`mradam.${name}`, value));
}

/**
 * Use the storage if there is one and it allows it.
 * @template Result
 * @param {(storage: Storage) => Result} use
 * @returns {?Result}
 */
function attempt(use) {
  try {
    const storage = /** @type {?Storage | undefined} */ (globalThis.localStorage);
    return storage ? use(storage) : null;
  } catch (refused) {
    if (refused instanceof Error && REFUSALS.includes(refused.name)) return null;
    throw refused;
  }
}
