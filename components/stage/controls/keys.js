/** The keys of the stage. What it handles goes no further: Streamlit binds R, C and Esc on the document. */

/** A keydown listener that drives the playback, and the walk through the lines of a step; `look(open)` opens or closes it. */
export function keys(playback, stepPanel, look) {
  const acts = {
    " ": () => playback.toggle(),
    ArrowLeft: () => playback.by(-1),
    ArrowRight: () => playback.by(1),
    Home: () => playback.seek(0),
    End: () => playback.toEnd(),
    r: () => playback.restart(),
    i: () => look(stepPanel.inside === null),
    Escape: () => look(false),
    ",": () => stepPanel.walk(-1),
    ".": () => stepPanel.walk(1),
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    // C would open Streamlit's dialog for clearing caches; on the stage it means nothing.
    if (name === "c") event.stopPropagation();
    // Native controls keep the keys that are theirs: space presses a button, arrows choose in a list.
    if (event.target.matches("select") || (name === " " && event.target.matches("button:not(.handle)"))) return;
    const act = acts[name];
    if (act === undefined || (name === "Escape" && stepPanel.inside === null)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}
