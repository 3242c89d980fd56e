"""How the browser gets the modules of our components: from the asset route, without a build."""

import streamlit as st

from backend.assets import asset_version

_LOADER = """\
const address = new URL("{address}", document.baseURI).href;
const TRIES = 6;

/** The module; a line that breaks while it is fetched is tried again, more and more patiently. */
async function load() {{
  for (let tries = 1; ; tries += 1) {{
    try {{
      return await import(address);
    }} catch (error) {{
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 125 * 2 ** tries));
    }}
  }}
}}

const module = load();

export default function (component) {{
  const host = component.parentElement;
  module.then(
    ({{ render }}) => host.isConnected && render(component),
    (error) => {{
      host.textContent = "This part of the page did not arrive. Reload the page to try again.";
      console.error(error);
    }},
  );
  return () => {{
    // Streamlit also runs the cleanup of a call that newer data has overtaken, while the host is still in use.
    setTimeout(() => host.isConnected || module.then(({{ unmount }}) => unmount(host), () => {{}}));
  }};
}}
"""


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
        data or theme, and ``unmount(host)``.

    Returns
    -------
    str
        JavaScript for ``st.components.v2.component``.
    """
    return _LOADER.format(address=f"{base_path()}/assets/{asset_version()}/{module}")
