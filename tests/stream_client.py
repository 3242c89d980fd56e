"""A client of the stream for its tests, and a walk that never ends."""

import json
import struct
import threading
from contextlib import contextmanager

import numpy as np
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from backend.protocol import tell_outcome
from backend.stream import stream_route
from backend.workers import Workers
from trajectories import Scenario, simulate, stream

SHORT = {"surface": "hump", "start": [-3.7, 1.35], "steps": 30, "runs": [{"optimizer": "sgd"}, {"optimizer": "adam"}]}
ENDLESS = SHORT | {"steps": 10_000}


@contextmanager
def serving(source=stream, workers=2, **options):
    pool = Workers(workers)
    app = Starlette(routes=[stream_route(workers=pool, source=source, **options)])
    with TestClient(app) as client:
        yield client
    pool.close()


def ask(socket, number, scenario, **more):
    socket.send_text(json.dumps({"id": number, "scenario": scenario, **more}))


def receive(socket):
    """Everything up to the next text: the chunks as (id, first step, values, parts of one run), and the text."""
    chunks = []
    while True:
        message = socket.receive()
        if message["type"] == "websocket.close":
            raise WebSocketDisconnect(message["code"])
        if message.get("text") is not None:
            return chunks, json.loads(message["text"])
        number, first, count, runs = struct.unpack_from("<4I", message["bytes"])
        numbers = np.frombuffer(message["bytes"], "<f8", offset=16)
        values, parts = np.split(numbers, [runs * count * 5])
        chunks.append((number, first, values.reshape(runs, count, 5), parts.reshape(count, -1, 2)))


def assert_walked(socket, number, scenario):
    chunks, answer = receive(socket)
    while chunks and chunks[0][0] != number:  # what was under way for an older request
        chunks.pop(0)
    assert {chunk[0] for chunk in chunks} == {number}
    assert [chunk[1] for chunk in chunks] == [0, *np.cumsum([chunk[2].shape[1] for chunk in chunks])[:-1]]
    values = np.concatenate([chunk[2] for chunk in chunks], axis=1)
    expected = simulate(Scenario.model_validate(scenario))
    for index, walked in enumerate(expected):
        whole = np.column_stack([walked.positions, walked.losses, walked.gradients])
        assert values[index].tobytes() == whole.tobytes()
    assert answer == {
        "type": "done",
        "id": number,
        "steps": scenario["steps"],
        "outcomes": [tell_outcome(walked.outcome) for walked in expected],
    }


def assert_error(socket, number=None):
    chunks, answer = receive(socket)
    assert (chunks, answer["type"], answer["id"]) == ([], "error", number)
    assert answer["message"].endswith((".", "?"))
    assert answer["message"].isprintable()
    assert len(answer["message"]) < 700
    return answer["message"]


class Endless:
    """Walks of 10 000 steps never end until they are cancelled; all others are real. It counts what goes on."""

    def __init__(self, *, busy=False):
        self.busy = busy
        self.began = threading.Semaphore(0)
        self.stopped = threading.Semaphore(0)
        self.lock = threading.Lock()
        self.computing = 0
        self.most_at_once = 0

    def __call__(self, scenario, cancelled, inside):
        if scenario.steps < 10_000:
            return (yield from stream(scenario, cancelled, inside))
        with self.lock:
            self.computing += 1
            self.most_at_once = max(self.most_at_once, self.computing)
        try:
            chunk = next(stream(scenario.model_copy(update={"steps": 1})))
            yield chunk
            self.began.release()
            while not cancelled():
                if not self.busy:
                    yield chunk
        finally:  # also when it is dropped between two chunks
            with self.lock:
                self.computing -= 1
            self.stopped.release()
        return ()
