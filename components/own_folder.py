"""What the server read in the folder of its own files, for the one who runs it: what is served, and what is wrong."""

import streamlit as st

from backend.settings import read_settings
from components.own_data import plain
from mine import Report, mounted
from mine.mounting import CATALOGUES

TITLE = "Your folder"
READ = "The server read `{folder}` when it started. After a change, restart it."
FAULTS = "Left out"
NO_FAULT = "No file has a fault."
SERVED = "Served"
NOTHING = "No file is served. Files belong in the folders {kinds}."
CHECK = (
    "At the start the server looks only at what it needs to serve a file. `python -m mine check {folder}` also checks "
    "claims and published values."
)
LINKS = {"surfaces": "./?surface={}", "lessons": "./lessons?lesson={}", "optimizers": "./?run={}"}

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def page_title(report: Report) -> str:
    """The title of the page in the navigation, with the number of files that are left out."""
    return f"{TITLE} ({len(report.faults)} left out)" if report.faults else TITLE


def may_see() -> bool:
    """Whether this visitor may see the page: there is a folder, and the setting allows it."""
    if mounted().folder is None:
        return False
    settings = read_settings()
    if settings.mine_page == "local" and settings.origins:  # a proxy may replace Host, and say nothing of itself
        return False
    return is_allowed(settings.mine_page, st.context.headers.to_dict(), st.context.ip_address)


def is_allowed(setting: str, headers: dict[str, str], address: str | None) -> bool:
    """Whether a setting allows the page for a request.

    Parameters
    ----------
    setting : {"local", "everyone", "nobody"}
        ``local``: a browser on the machine of the server. A proxy on that machine makes every visitor look local, so
        no request through a proxy is, and the address in the browser must name the machine itself.
    headers : dict of str to str
        The request's headers.
    address : str or None
        The address of the browser; None for the machine of the server.
    """
    if setting != "local":
        return setting == "everyone"
    given = {name.lower(): value for name, value in headers.items()}
    host = given.get("host", "").rsplit(":", 1)[0] if not given.get("host", "").endswith("]") else given["host"]
    return address is None and host in LOCAL and not any(name in given for name in PROXIED)


def own_folder(report: Report) -> None:
    """Show the report."""
    st.title(TITLE, anchor=False)
    st.markdown(READ.format(folder=report.folder))
    if report.faults:
        st.header(FAULTS, anchor=False)
        for fault in report.faults:
            st.error(f"**{plain(fault.file)}**: {plain(fault.sentence)}", icon=":material/error:")
    else:
        st.success(NO_FAULT)
    st.header(SERVED, anchor=False)
    if not report.files:
        st.markdown(NOTHING.format(kinds=", ".join(CATALOGUES)))
    st.markdown("\n".join(f"- {_entry(source.kind, source.key)}" for source in report.files))
    st.caption(CHECK.format(folder=report.folder))


def _entry(kind: str, key: str) -> str:
    record = CATALOGUES[kind][key]
    name = plain(getattr(record, "label", None) or getattr(record, "title", None) or record.name)
    shown = f"[{name}]({LINKS[kind].format(key)})" if kind in LINKS else name
    return f"{shown} (`{kind}/{key}`)"
