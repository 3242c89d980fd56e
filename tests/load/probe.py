"""The health check of a balancer during a class."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.load.fetch import Fetcher
from tests.load.tally import Tally

PROBE_SECONDS = 0.1


@asynccontextmanager
async def probed(port: int, tally: Tally) -> AsyncIterator[None]:
    """Meanwhile request the health route as a load balancer does, and record how late this client runs."""
    probe = asyncio.create_task(_probe(port, tally))
    try:
        yield
    finally:
        probe.cancel()


async def _probe(port: int, tally: Tally) -> None:
    fetcher = Fetcher(port)
    while True:
        with tally.waiting("health route"):
            await fetcher.get("/_stcore/health")
        due = time.perf_counter() + PROBE_SECONDS
        await asyncio.sleep(PROBE_SECONDS)
        tally.waits["(this client is late by)"].append(max(0.0, time.perf_counter() - due))
