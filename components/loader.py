"""How the browser gets the modules of our components: from the asset route, without a build."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from backend.assets import asset_version
from backend.paths import base_of

_LOADER = """\
const TRIES = 6;
const newest = new WeakMap();
const modules = new WeakMap();

/** A module; a line that breaks while it is fetched is tried again, more and more patiently. */
async function load(address) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await import(address);
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 125 * 2 ** tries));
    }
  }
}

async function show(component) {
  const host = component.parentElement;
  try {
    const module = await load(new URL(`${component.data.assets}/MODULE`, document.baseURI).href);
    // Meanwhile the page may have moved on, or newer data may have come.
    if (!host.isConnected || newest.get(host) !== component) return;
    // A server that was renewed while the page stayed open brings another edition of the module.
    if (modules.has(host) && modules.get(host) !== module) modules.get(host).unmount(host);
    modules.set(host, module);
    module.render(component);
  } catch (error) {
    console.error(error);
    if (!modules.has(host)) host.textContent = "This part of the page did not arrive. Reload the page to try again.";
  }
}

export default function (component) {
  const host = component.parentElement;
  newest.set(host, component);
  show(component);
  return () => {
    // Streamlit also runs the cleanup of a call that newer data has overtaken, while the host is still in use.
    setTimeout(() => host.isConnected || modules.get(host)?.unmount(host));
  };
}
"""

_FOLDER = Path(__file__).parent


def component(name: str, module: str, *sheets: str) -> Callable[..., Any]:
    """A component whose browser's part is one of our modules.

    Parameters
    ----------
    name : str
        What Streamlit and the browser know it by.
    module : str
        Its script, see ``loader``.
    *sheets : str
        Its style sheets. All are paths below ``components/``.

    Returns
    -------
    callable
        It shows the component: ``show(key=..., data=...)``, with ``on_<event>_change`` for what it tells.
    """
    css = "".join((_FOLDER / sheet).read_text(encoding="utf-8") for sheet in sheets)
    return st.components.v2.component(f"mr_adam_{name}", css=css, js=loader(module), isolate_styles=False)


def told(key: str, event: str) -> Any:
    """What a component has just said by an event; None for one that Streamlit has not shown to this visitor."""
    return getattr(st.session_state.get(key), event, None)


def assets() -> str:
    """Where the browser finds our assets, as a path: every component hands it over as ``assets`` in its data."""
    return f"{base_path()}/assets/{asset_version()}"


def base_path() -> str:
    """The path under which the server lives, without a slash at its end: empty, or ``/demo``."""
    return base_of(str(st.get_option("server.baseUrlPath") or ""))


def loader(module: str) -> str:
    """The inline script that hands a component over to one of our modules.

    Parameters
    ----------
    module : str
        Its path below ``components/``. It exports ``render(component)``, called at every change of
        data or theme, and ``unmount(host)``. The component's data must hold ``assets``.

    Returns
    -------
    str
        JavaScript for ``st.components.v2.component``.
    """
    return _LOADER.replace("MODULE", module)
