"""Streamlit components whose scripts are our modules: the browser loads them from the asset route, without a build."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from backend.admission import STREAM
from backend.assets import asset_version

_LOADER = """\
const TRIES = 6;
const newest = new WeakMap();
const modules = new WeakMap();

/** Load a module. If the connection fails, try again, after a longer time each time. */
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
    // While the module was loading, the page may have changed, or newer data may have arrived.
    if (!host.isConnected || newest.get(host) !== component) return;
    // If the server was updated while the page stayed open, this is a newer version of the module.
    if (modules.has(host) && modules.get(host) !== module) modules.get(host).unmount(host);
    modules.set(host, module);
    module.render(component);
  } catch (error) {
    console.error(error);
    if (!modules.has(host)) host.textContent = "This part of the page did not load. Reload the page to try again.";
  }
}

export default function (component) {
  const host = component.parentElement;
  newest.set(host, component);
  show(component);
  return () => {
    // Streamlit also runs the cleanup of a call that newer data has replaced, while the host is still in use.
    setTimeout(() => host.isConnected || modules.get(host)?.unmount(host));
  };
}
"""

_FOLDER = Path(__file__).parent
_TOKENS = "kit/tokens.css"


def component(name: str, module: str, *sheets: str) -> Callable[..., Any]:
    """Make a Streamlit component whose script is one of our modules.

    Parameters
    ----------
    name : str
        The component's name for Streamlit.
    module : str
        The path of its script below ``components/``, see ``loader``.
    *sheets : str
        The paths of its style sheets below ``components/``. The sheet with the colors of all components precedes them.

    Returns
    -------
    callable
        Shows the component: ``show(key=..., data=...)``, with callbacks ``on_<event>_change`` for its events.
    """
    css = "".join((_FOLDER / sheet).read_text(encoding="utf-8") for sheet in (_TOKENS, *sheets))
    return st.components.v2.component(f"mr_adam_{name}", css=css, js=loader(module), isolate_styles=False)


def event_value(key: str, event: str) -> Any:
    """The value of a component's event in this run of the page; None if the component is not on the page."""
    return getattr(st.session_state.get(key), event, None)


def assets() -> str:
    """The address of our assets, relative to the page. Every component gets it as ``assets`` in its data.

    It is relative because a proxy may serve the app below a path that the server does not know. All pages are directly
    below the app's root, so the same relative address works on each of them.
    """
    return f"./assets/{asset_version()}"


def socket() -> str:
    """The address of the stream's socket, relative to the page."""
    return f".{STREAM}"


def loader(module: str) -> str:
    """The inline script of a component, which loads one of our modules and calls it.

    Parameters
    ----------
    module : str
        The path of the module below ``components/``. It exports ``render(component)``, called at every change of data
        or theme, and ``unmount(host)``. The component's data must have ``assets``.

    Returns
    -------
    str
        JavaScript for ``st.components.v2.component``.
    """
    return _LOADER.replace("MODULE", module)
