"""A connection that is lost while several slots have answers: each of them ends, and nothing is logged as a fault."""

import asyncio
import json
import logging

from backend.messages import VERSION
from backend.stream import stream_route
from backend.workers import Workers
from tests.stream_client import SHORT, walk_request

SLOTS = ("walk", "map", "model")


def test_answers_that_wait_for_their_turn_end_with_the_connection(caplog):
    """The first answer waits in the network until all slots have one; then the connection is lost."""
    texts = [walk_request(1, SHORT, slot=slot) for slot in SLOTS]
    texts.append(json.dumps({"kind": "unknown", "version": VERSION, "slot": "ground", "id": 1}))
    incoming = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": text} for text in texts)]
    sent = []

    async def serve():
        computed = asyncio.Event()

        def source(*arguments, **options):
            begun.append(arguments)
            if len(begun) == len(SLOTS):
                loop.call_soon_threadsafe(computed.set)
            return (chunk for chunk in ())

        async def receive():
            if incoming:
                return incoming.pop(0)
            return await asyncio.Future()

        async def send(message):
            sent.append(message["type"])
            if message["type"] == "websocket.send":
                await computed.wait()
                for _ in range(20):  # the other answers take their places in the queue for the connection
                    await asyncio.sleep(0)
                raise OSError

        begun, loop = [], asyncio.get_running_loop()
        workers = Workers(1)
        route = stream_route(workers=workers, source=source)
        scope = {"type": "websocket", "path": "/api/stream", "headers": [], "query_string": b"", "path_params": {}}
        await asyncio.wait_for(route.app(scope, receive, send), 30)
        workers.close()

    with caplog.at_level(logging.WARNING):
        asyncio.run(serve())
    assert sent == ["websocket.accept", "websocket.send"]
    assert caplog.records == []
