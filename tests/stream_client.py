"""A client of the stream for its tests, and a walk that never ends."""

import json
import threading
from contextlib import contextmanager

import numpy as np
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from websockets.sync.client import ClientConnection

from backend.frames import HEADER, HEADER_FIELDS
from backend.messages import SLOTS, VERSION
from backend.outcomes import outcome_for_browser
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


def walk_request(number, scenario, slot="walk", **more):
    """The text of a request for a walk, as a browser sends it."""
    return json.dumps({"kind": "walk", "version": VERSION, "slot": slot, "id": number, "scenario": scenario, **more})


def cancellation(slot="walk"):
    return json.dumps({"kind": "cancel", "version": VERSION, "slot": slot})


def request_advice(socket, number, slot="walk"):
    socket.send_text(json.dumps({"kind": "advise", "version": VERSION, "slot": slot, "id": number}))


def request_walk(socket, number, scenario, slot="walk", **more):
    socket.send_text(walk_request(number, scenario, slot, **more))


def header_of(frame):
    """A frame's header by the names of its fields."""
    return dict(zip(HEADER_FIELDS, HEADER.unpack_from(frame), strict=True))


def read_frame(frame):
    """A frame as (id, first step, values, parts of one run)."""
    header = header_of(frame)
    assert (header["version"], header["kind"]) == (VERSION, 1)
    runs, count, columns, parts = (header[name] for name in ("runs", "count", "columns", "parts"))
    values, inside = np.split(np.frombuffer(frame, "<f8", offset=HEADER.size), [runs * count * columns])
    return header["id"], header["first"], values.reshape(runs, count, columns), inside.reshape(count, parts, 2)


def receive(socket, slot="walk"):
    """Everything of a slot up to the next text that is not the beginning of an answer: the frames, and the text."""
    chunks = []
    while True:
        message = socket.receive()
        if message["type"] == "websocket.close":
            raise WebSocketDisconnect(message["code"])
        if message.get("text") is None:
            assert SLOTS[header_of(message["bytes"])["slot"]] == slot
            chunks.append(read_frame(message["bytes"]))
            continue
        answer = json.loads(message["text"])
        assert answer["version"] == VERSION
        if answer["kind"] != "begin":
            return chunks, answer


def read_answer(client: ClientConnection, seconds: float = 60) -> tuple[list[bytes], str]:
    """Everything of an answer at a client of the package websockets: the frames as bytes, and the text after them."""
    frames: list[bytes] = []
    while True:
        message = client.recv(seconds)
        if isinstance(message, bytes):
            frames.append(message)
        elif json.loads(message)["kind"] != "begin":
            return frames, message


def assert_walked(socket, number, scenario, slot="walk"):
    chunks, answer = receive(socket, slot)
    while chunks and chunks[0][0] != number:  # what was under way for an older request
        chunks.pop(0)
    assert {chunk[0] for chunk in chunks} == {number}
    assert [chunk[1] for chunk in chunks] == [0, *np.cumsum([chunk[2].shape[1] for chunk in chunks])[:-1]]
    values = np.concatenate([chunk[2] for chunk in chunks], axis=1)
    expected = simulate(Scenario.model_validate(scenario))
    for index, trajectory in enumerate(expected):
        whole = np.column_stack([trajectory.positions, trajectory.losses, trajectory.gradients])
        assert values[index].tobytes() == whole.tobytes()
    assert answer == {
        "kind": "done",
        "version": VERSION,
        "slot": slot,
        "id": number,
        "steps": scenario["steps"],
        "outcomes": [outcome_for_browser(trajectory.outcome).model_dump() for trajectory in expected],
    }


def assert_error(socket, number=None, code="unusable"):
    chunks, answer = receive(socket)
    assert (chunks, answer["kind"], answer["id"], answer["code"]) == ([], "error", number, code)
    assert answer["message"].endswith((".", "?"))
    assert answer["message"].isprintable()
    assert len(answer["message"]) < 700
    return answer["message"]


class Endless:
    """A source: walks of 10 000 steps end only when canceled, all others are simulated; it counts the running walks."""

    def __init__(self, *, busy=False):
        self.busy = busy
        self.began = threading.Semaphore(0)
        self.stopped = threading.Semaphore(0)
        self.lock = threading.Lock()
        self.computing = 0
        self.most_at_once = 0

    def __call__(self, scenario, cancelled, inside, first_chunk, weights):
        if scenario.steps < 10_000:
            return (yield from stream(scenario, cancelled, inside, first_chunk, weights))
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
