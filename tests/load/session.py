"""A visitor's session with Streamlit, over its own protocol: the script of the page runs on the server."""

import asyncio
import json
from typing import Any
from urllib.parse import urljoin

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 60.0  # seconds for one run of the script


class ScriptError(Exception):
    """The script ended with an error."""


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
        """The address of the modules, known after the first run."""
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
        """Close the connection, as a closed tab does."""
        if self._socket is not None:
            await self._socket.close()

    async def visit(self, page: str = "", query: str = "") -> None:
        """Open a page by the last part of its address, and wait until its script has ended."""
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

    async def _run(self, component: str = "", events: str = "") -> None:
        request = BackMsg()
        request.rerun_script.query_string = self._query
        request.rerun_script.page_script_hash = self._page
        widgets = request.rerun_script.widget_states.widgets
        for number in self._components.values():
            widgets.add(id=number, json_value="{}")
        if component:
            widgets.add(id=f"$$STREAMLIT_INTERNAL_KEY_{component}__events", json_trigger_value=events)
        async with asyncio.timeout(PATIENCE):
            await self._socket.send(request.SerializeToString())
            while not self._finished(await self._socket.recv(decode=False)):
                pass

    def _finished(self, data: bytes) -> bool:
        """Read a message of the server; return whether the run is over."""
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "bidi_component":
                part = element.bidi_component
                self._known[message.hash] = part.component_name, part.id
                self._components[part.component_name] = part.id
                self.assets = urljoin("/", json.loads(part.json)["assets"])
            elif element.WhichOneof("type") == "exception":
                raise ScriptError(element.exception.message)
        elif kind == "ref_hash" and message.ref_hash in self._known:  # a hash: the element was sent before
            name, number = self._known[message.ref_hash]
            self._components[name] = number
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return False
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise ScriptError(f"The script ended with {message.script_finished}.")
            return True
        return False
