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

from backend.messages import MessageError, WalkRequest, read_message
from backend.sessions import UNREADABLE
from tests.bench.process import wait_until_quiet
from tests.browser.conftest import Server
from tests.hostile import BROKEN, EDITS, HOSTILE, NONSENSE, strange_runs
from tests.load.session import Session
from tests.stream_client import SHORT, wish

FULL = "MR_ADAM_FUZZ" in os.environ
MESSAGES, LINKS = (10_000, 1_000) if FULL else (150, 30)
# Fewer bad messages than the server bears on one connection: how it ends a flood is tested elsewhere.
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
    told: Counter[str] = Counter()
    with ExitStack() as held:
        lines = []

        @seed(4)
        @settings(CALM, max_examples=MESSAGES)
        @given(HOSTILE)
        def send(message):
            if told["sent"] % ON_ONE_SOCKET == 0:
                held.pop_all().close()
                lines[:] = [held.enter_context(connect(f"ws://localhost:{server.port}/api/stream", max_size=None))]
            told["sent"] += 1
            told["refused" if converse(lines[0], message, 2**30 + told["sent"]) else "walked"] += 1

        send()
    assert told["sent"] >= MESSAGES
    assert told["refused"] > told["walked"] > 0
    print(dict(told))


def converse(line, message, number):
    """Send a message, then one that is good, and wait for the answers to both; whether the first was refused."""
    line.send(message)
    wanted, refused = None, False
    try:
        wanted = read_message(message if isinstance(message, str) else None)
    except MessageError:
        assert answer(line)["kind"] == "error"
        refused = True
    if isinstance(wanted, WalkRequest):
        told = answer(line)
        assert (told["kind"], told["slot"], told["id"]) == ("done", wanted.slot, wanted.id)
        assert len(told["outcomes"]) == len(wanted.scenario.runs)
    line.send(wish(number, SHORT))
    told = answer(line)
    assert (told["kind"], told["id"]) == ("done", number), message
    return refused


def answer(line):
    """The text message after the frames, if any; in JSON as a browser reads it, without NaN."""
    while True:
        heard = line.recv(timeout=60)
        if isinstance(heard, str):
            told = json.loads(heard, parse_constant=pytest.fail)
            if told["kind"] != "begin":
                return told


A_RUN = BackMsg()
A_RUN.rerun_script.query_string = ""


def is_readable(message):
    try:
        BackMsg.FromString(message)
    except Exception:  # noqa: BLE001 - as the server sees it
        return False
    return True


def ends_well(line):
    """Whether a run of the page ends, and without an error of ours; False if the connection ends first."""
    heard = ForwardMsg()
    while heard.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or heard.WhichOneof("type") != "script_finished":
        try:
            heard.ParseFromString(line.recv(timeout=60, decode=False))
        except ConnectionClosed as end:
            return end.rcvd is None or end.rcvd.code != UNREADABLE
        assert not heard.delta.new_element.HasField("exception"), heard
    return True


def test_streamlits_own_socket_survives_nonsense(server):
    """What is none of its messages ends its own connection; after any other the page runs as ever."""
    told: Counter[str] = Counter()

    @seed(4)
    @settings(CALM, max_examples=LINKS)
    @given(NONSENSE | strange_runs())
    def send(message):
        address = f"ws://localhost:{server.port}/_stcore/stream"
        with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as line:
            line.send(message)
            if is_readable(message):
                line.send(A_RUN.SerializeToString())
            assert ends_well(line) == is_readable(message)
            told["run" if is_readable(message) else "closed"] += 1

    send()
    asyncio.run(one_visit(server))
    assert min(told["run"], told["closed"]) > 0
    print(dict(told))


async def one_visit(server):
    session = Session(f"ws://localhost:{server.port}")
    await session.open()
    await session.visit()
    await session.close()


TOLD = st.sampled_from([("", "mr_adam_stage", "edit"), ("lessons", "mr_adam_predict", "answer")])


def test_the_page_survives_every_event_of_a_component(server):
    """An edit or an answer from a page that is not ours: a note at most, and never an error of ours."""
    told: Counter[str] = Counter()
    session = Session(f"ws://localhost:{server.port}")
    with asyncio.Runner() as runner:
        runner.run(session.open())

        @seed(4)
        @settings(CALM, max_examples=LINKS)
        @given(TOLD, EDITS)
        def say(place, value):
            page, component, event = place
            runner.run(session.visit(page))
            runner.run(session.trigger(component, event, value))  # fails where the page shows an error of ours
            told[component] += 1

        say()
        runner.run(session.close())
    assert told.total() >= LINKS
    print(dict(told))


NO_FRAMES = [b"\xff\xfe", b"\x00" * 100, b"\xc1\x85", b"\x81\xff" + b"\xff" * 12, b"GET / HTTP/1.1\r\n\r\n"]


@pytest.mark.parametrize("first", NO_FRAMES)
def test_what_is_no_message_at_all_ends_its_own_connection_only(server, first):
    with connect(f"ws://localhost:{server.port}/api/stream") as line:
        line.socket.sendall(first)
        with pytest.raises(ConnectionClosed):
            assert [line.recv(timeout=60) for _ in range(9)]
    with connect(f"ws://localhost:{server.port}/api/stream") as line:
        line.send(wish(1, SHORT))
        assert answer(line)["kind"] == "done"


def test_every_broken_link_opens_a_page(server):
    session, pages, told = Session(f"ws://localhost:{server.port}"), ("", "lessons"), Counter()
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
            told["links"] += 1

        visit()
        runner.run(session.close())
    client.close()
    assert told["links"] >= LINKS
    print(dict(told))
