"""How the browser gets the modules of our components: from the asset route, without a build."""

import streamlit as st

from backend.assets import asset_version

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


def assets() -> str:
    """Where the browser finds our assets, as a path: every component hands it over as ``assets`` in its data."""
    return f"{base_path()}/assets/{asset_version()}"


def base_path() -> str:
    """The path under which the server lives, without a slash at its end: empty, or ``/demo``."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


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
