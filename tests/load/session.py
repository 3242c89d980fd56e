"""A visitor's session with Streamlit, over its own protocol: the script really runs."""

import asyncio
import json
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 60.0  # seconds for one run of the script


class ScriptError(Exception):
    """The script ended otherwise than well."""


class Session:
    """One tab: runs of the script, and the events of the page's components.

    Parameters
    ----------
    url : str
        The server's, beginning with ``ws://``.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._socket: ClientConnection | None = None
        self.assets = ""
        """Where the page finds its modules, once it has run."""
        self._components: dict[str, str] = {}
        self._known: dict[str, tuple[str, str]] = {}
        self._pages: dict[str, str] = {}
        self._page = ""
        self._query = ""

    async def open(self) -> None:
        """Connect."""
        address = f"{self._url}/_stcore/stream"
        self._socket = await connect(
            address, subprotocols=[Subprotocol("streamlit")], max_size=None, open_timeout=PATIENCE, ping_interval=None
        )

    async def close(self) -> None:
        """Leave, as a tab does that is closed."""
        if self._socket is not None:
            await self._socket.close()

    async def visit(self, page: str = "", query: str = "") -> None:
        """Open a page by the last part of its address, and wait until it stands."""
        self._page, self._query = self._pages.get(page, ""), query
        await self._run()

    async def trigger(self, component: str, event: str, value: Any) -> None:
        """Send an event of a component, and wait until the script has run for it.

        Parameters
        ----------
        component : str
            The name that it is registered by.
        event : str
            The name of the event.
        value : object
            Its value: JSON.
        """
        number = self._components[component]
        await self._run(number, json.dumps([{"event": event, "value": value}]))

    async def _run(self, speaker: str = "", events: str = "") -> None:
        wish = BackMsg()
        wish.rerun_script.query_string = self._query
        wish.rerun_script.page_script_hash = self._page
        widgets = wish.rerun_script.widget_states.widgets
        for number in self._components.values():
            widgets.add(id=number, json_value="{}")
        if speaker:
            widgets.add(id=f"$$STREAMLIT_INTERNAL_KEY_{speaker}__events", json_trigger_value=events)
        async with asyncio.timeout(PATIENCE):
            await self._socket.send(wish.SerializeToString())
            while not self._finished(await self._socket.recv(decode=False)):
                pass

    def _finished(self, data: bytes) -> bool:
        """Read a message of the server; return whether the run is over."""
        heard = ForwardMsg()
        heard.ParseFromString(data)
        kind = heard.WhichOneof("type")
        if kind == "navigation":
            self._pages = {page.url_pathname: page.page_script_hash for page in heard.navigation.app_pages}
        elif kind == "delta":
            element = heard.delta.new_element
            if element.WhichOneof("type") == "bidi_component":
                part = element.bidi_component
                self._known[heard.hash] = part.component_name, part.id
                self._components[part.component_name] = part.id
                self.assets = json.loads(part.json)["assets"]
            elif element.WhichOneof("type") == "exception":
                raise ScriptError(element.exception.message)
        elif kind == "ref_hash" and heard.ref_hash in self._known:  # what a browser has, it is not sent again
            name, number = self._known[heard.ref_hash]
            self._components[name] = number
        elif kind == "script_finished":
            if heard.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return False
            if heard.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise ScriptError(f"The script ended with {heard.script_finished}.")
            return True
        return False
