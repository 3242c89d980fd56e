"""Hostile messages and broken links at a real server: each is answered, nothing hangs, nothing leaves a traceback.

The counts are small here; `make fuzz` sends 10 000 messages and opens 1 000 links.
"""

import asyncio
import http.client
import json
import os
from collections import Counter
from contextlib import ExitStack
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from backend.example_messages import BatchesRequest, ExamplesRequest
from backend.messages import WalkRequest
from backend.reading import MessageError, read_message
from backend.sessions import UNREADABLE
from tests.bench.process import wait_until_quiet
from tests.browser.conftest import Server
from tests.hostile import BROKEN, EDITS, HOSTILE, NONSENSE, strange_runs
from tests.load.session import Session
from tests.stream_client import SHORT, walk_request

FULL = "MR_ADAM_FUZZ" in os.environ
MESSAGES, LINKS = (10_000, 1_000) if FULL else (150, 30)
# Fewer bad messages than the limit of one connection: tests/stream/test_load.py tests what happens beyond it.
ON_ONE_SOCKET = 15
CALM = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600 if FULL else 300)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("fuzz") / "server.log")
    running.start()
    yield running
    wait_until_quiet(running.pid)  # a worker that hangs would never be
    running.stop()
    text = running.log.read_text()
    assert "Traceback" not in text, text[text.index("Traceback") - 2000 :][:5000]
    assert "level=error" not in text


def test_every_hostile_message_is_answered(server):
    counts: Counter[str] = Counter()
    with ExitStack() as held:
        sockets = []

        @seed(4)
        @settings(CALM, max_examples=MESSAGES)
        @given(HOSTILE)
        def send(message):
            if counts["sent"] % ON_ONE_SOCKET == 0:
                held.pop_all().close()
                sockets[:] = [held.enter_context(connect(f"ws://localhost:{server.port}/api/stream", max_size=None))]
            counts["sent"] += 1
            counts["refused" if converse(sockets[0], message, 2**30 + counts["sent"]) else "walked"] += 1

        send()
    assert counts["sent"] >= MESSAGES
    assert counts["refused"] > counts["walked"] > 0
    print(dict(counts))


def converse(socket, message, number):
    """Send a message, then one that is good, and wait for the answers to both; whether the first was refused."""
    socket.send(message)
    request, refused = None, False
    try:
        request = read_message(message if isinstance(message, str) else None)
    except MessageError:
        assert read_answer(socket)["kind"] == "error"
        refused = True
    if isinstance(request, ExamplesRequest | BatchesRequest):
        answer = read_answer(socket)
        assert answer["kind"] in {request.kind, "error"}
        assert (answer["slot"], answer["id"]) == (request.slot, request.id)
    if isinstance(request, WalkRequest):
        answer = read_answer(socket)
        assert (answer["kind"], answer["slot"], answer["id"]) == ("done", request.slot, request.id)
        assert len(answer["outcomes"]) == len(request.scenario.runs)
    socket.send(walk_request(number, SHORT))
    answer = read_answer(socket)
    assert (answer["kind"], answer["id"]) == ("done", number), message
    return refused


def read_answer(socket):
    """The text message after the frames, if any; in JSON as a browser reads it, without NaN."""
    while True:
        message = socket.recv(timeout=60)
        if isinstance(message, str):
            answer = json.loads(message, parse_constant=pytest.fail)
            if answer["kind"] != "begin":
                return answer


A_RUN = BackMsg()
A_RUN.rerun_script.query_string = ""


def is_readable(message):
    try:
        BackMsg.FromString(message)
    except Exception:  # noqa: BLE001 - as the server sees it
        return False
    return True


def ends_well(socket):
    """Whether a run of the page ends, and without an error of ours; False if the connection ends first."""
    message = ForwardMsg()
    while (
        message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or message.WhichOneof("type") != "script_finished"
    ):
        try:
            message.ParseFromString(socket.recv(timeout=60, decode=False))
        except ConnectionClosed as end:
            return end.rcvd is None or end.rcvd.code != UNREADABLE
        assert not message.delta.new_element.HasField("exception"), message
    return True


def test_streamlits_socket_works_after_invalid_messages(server):
    """An invalid message ends its connection; after any other message the page runs normally."""
    counts: Counter[str] = Counter()

    @seed(4)
    @settings(CALM, max_examples=LINKS)
    @given(NONSENSE | strange_runs())
    def send(message):
        address = f"ws://localhost:{server.port}/_stcore/stream"
        with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
            socket.send(message)
            if is_readable(message):
                socket.send(A_RUN.SerializeToString())
            assert ends_well(socket) == is_readable(message)
            counts["run" if is_readable(message) else "closed"] += 1

    send()
    asyncio.run(one_visit(server))
    assert min(counts["run"], counts["closed"]) > 0
    print(dict(counts))


async def one_visit(server):
    session = Session(f"ws://localhost:{server.port}")
    await session.open()
    await session.visit()
    await session.close()


EVENTS = st.sampled_from([("", "mr_adam_stage", "edit"), ("lessons", "mr_adam_predict", "answer")])


def test_the_page_works_after_any_event_of_a_component(server):
    """An edit or an answer from a page that is not ours: a note at most, and never an error of ours."""
    counts: Counter[str] = Counter()
    session = Session(f"ws://localhost:{server.port}")
    with asyncio.Runner() as runner:
        runner.run(session.open())

        @seed(4)
        @settings(CALM, max_examples=LINKS)
        @given(EVENTS, EDITS)
        def trigger(place, value):
            page, component, event = place
            runner.run(session.visit(page))
            runner.run(session.trigger(component, event, value))  # fails where the page shows an error of ours
            counts[component] += 1

        trigger()
        runner.run(session.close())
    assert counts.total() >= LINKS
    print(dict(counts))


NO_FRAMES = [b"\xff\xfe", b"\x00" * 100, b"\xc1\x85", b"\x81\xff" + b"\xff" * 12, b"GET / HTTP/1.1\r\n\r\n"]


@pytest.mark.parametrize("first", NO_FRAMES)
def test_bytes_that_are_no_message_end_only_their_connection(server, first):
    with connect(f"ws://localhost:{server.port}/api/stream") as socket:
        socket.socket.sendall(first)
        with pytest.raises(ConnectionClosed):
            assert [socket.recv(timeout=60) for _ in range(9)]
    with connect(f"ws://localhost:{server.port}/api/stream") as socket:
        socket.send(walk_request(1, SHORT))
        assert read_answer(socket)["kind"] == "done"


def test_every_broken_link_opens_a_page(server):
    session, pages, counts = Session(f"ws://localhost:{server.port}"), ("", "lessons"), Counter()
    client = http.client.HTTPConnection("localhost", server.port, timeout=60)
    with asyncio.Runner() as runner:
        runner.run(session.open())
        runner.run(session.visit())

        @seed(4)
        @settings(CALM, max_examples=LINKS)
        @given(st.sampled_from(pages), BROKEN.map("&".join))
        def visit(page, query):
            runner.run(session.visit(page, query))  # fails where the page shows an error of ours
            client.request("GET", f"/{page}?{quote(query, safe='%&=?+;:,')}")
            answer = client.getresponse()
            answer.read()
            assert answer.status == 200
            counts["links"] += 1

        visit()
        runner.run(session.close())
    client.close()
    assert counts["links"] >= LINKS
    print(dict(counts))
