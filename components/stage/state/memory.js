/** What the browser remembers of earlier visits. A page inside another may be forbidden to remember: then it forgets. */

export function recall(name) {
  try {
    return localStorage.getItem(`mradam.${name}`);
  } catch (refused) {
    if (refused.name !== "SecurityError") throw refused;
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`mradam.${name}`, value);
  } catch (refused) {
    if (refused.name !== "SecurityError" && refused.name !== "QuotaExceededError") throw refused;
  }
}
