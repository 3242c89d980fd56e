"""GET requests over as many connections as a browser opens, at so little cost that the class is not slowed down."""

import asyncio
from collections.abc import AsyncIterator, Callable

PATIENCE = 60.0
AT_ONCE = 6  # connections that a browser opens to one server


class FetchError(Exception):
    """The answer has a status other than 200."""


class Fetcher:
    """One connection that stays open between requests.

    Parameters
    ----------
    port : int
        A port of this machine; no other host is requested.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> bytes:
        """The body of an answer, as it was received (compressed)."""
        async with asyncio.timeout(PATIENCE):
            if self._writer is None:
                self._reader, self._writer = await asyncio.open_connection("localhost", self._port, limit=2**20)
            packed = "Accept-Encoding: gzip\r\n" if path != "/" else ""  # the page itself is read
            request = f"GET {path} HTTP/1.1\r\nHost: localhost:{self._port}\r\n{packed}\r\n"
            self._writer.write(request.encode())
            head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
            if not head.startswith(b"http/1.1 200 "):
                raise FetchError(f"{path}: {head.splitlines()[0].decode()}")
            if b"transfer-encoding: chunked" in head:
                return b"".join([chunk async for chunk in self._chunks()])
            return await self._reader.readexactly(int(head.partition(b"content-length:")[2].split(None, 1)[0]))

    async def _chunks(self) -> AsyncIterator[bytes]:
        while size := int(await self._reader.readline(), 16):
            yield await self._reader.readexactly(size)
            await self._reader.readline()
        await self._reader.readline()

    async def close(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()


async def fetch_all(port: int, first: str, more: Callable[[bytes], list[str]]) -> None:
    """Get a page, and all the files that ``more(page)`` names, over as many connections as a browser uses."""
    fetchers = [Fetcher(port) for _ in range(AT_ONCE)]
    try:
        waiting = list(reversed(more(await fetchers[0].get(first))))

        async def work(fetcher: Fetcher) -> None:
            while waiting:
                await fetcher.get(waiting.pop())

        await asyncio.gather(*map(work, fetchers))
    finally:
        await asyncio.gather(*(fetcher.close() for fetcher in fetchers))
