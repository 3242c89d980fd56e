"""The route of the files: what the command line writes, as an attachment that nobody stores; else one sentence."""

import json
from contextlib import contextmanager

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from backend import downloads
from backend.downloads import downloads_route
from backend.lanes import Lane
from backend.reading import MAX_CHARACTERS
from backend.workers import Workers
from exports import FORMATS
from trajectories import parse_link

LINK = "surface=cars_raw&steps=40&batch=7&run=sgd:lr=0.0001&run=adam:lr=0.3"
TAKEN = [key for key, form in FORMATS.items() if form.family in {"code", "numbers"}]


@contextmanager
def client(prefix=""):
    workers = Workers(2)
    with TestClient(Starlette(routes=[downloads_route(prefix, workers)])) as opened:
        yield opened
    workers.close()


@pytest.mark.parametrize("key", TAKEN)
@pytest.mark.parametrize("prefix", ["", "/adam/"])
def test_a_link_gets_the_file_of_the_command_line(key, prefix):
    with client(prefix) as server:
        answer = server.get(f"{'/adam' if prefix else ''}/api/export/{key}?{LINK}")
    form = FORMATS[key]
    assert answer.status_code == 200
    assert answer.content == b"".join(form.write(parse_link(LINK)[0]))
    assert answer.headers["content-type"].partition(";")[0] == form.media_type.partition(";")[0]
    assert answer.headers["content-disposition"] == f'attachment; filename="cars-raw-sgd-adam{form.suffix}"'
    assert answer.headers["cache-control"] == "no-store"


def test_a_scenario_that_no_link_can_hold_is_posted():
    scenario = {
        "surface": "cars_raw",
        "table": [[speed / 7, speed * 1.3 + 0.1] for speed in range(500)],
        "steps": 3,
        "runs": [{"optimizer": "sgd"}],
    }
    with client() as server:
        answer = server.post("/api/export/script", content=json.dumps(scenario))
    assert answer.status_code == 200
    assert answer.text.count("),") >= 500
    assert "without the edited data" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("scrip?surface=hump", 404, 'No format "scrip". Did you mean "script"?'),
        ("gif?surface=hump", 404, 'No format "gif". Use one of: script, notebook, csv, json.'),
        ("csv?surface=hum", 400, 'No surface "hum". Did you mean "hump"? hump is used.'),
        ("csv?surface=hump&run=adam:lr=x", 400, 'lr of adam must be from 1e-6 to 10: got "x". 0.001 is used.'),
    ],
)
def test_a_link_that_cannot_be_used_gets_a_sentence(path, status, sentence):
    with client() as server:
        answer = server.get(f"/api/export/{path}")
    assert answer.status_code == status
    assert answer.text.endswith(sentence)
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ("{", 400, "This scenario is not valid JSON."),
        ('{"surface": "hump", "runs": []}', 400, "runs must be a list of 1 to 8 runs: got a list of 0."),
        (" " * (MAX_CHARACTERS + 1), 413, f"A scenario may have at most {MAX_CHARACTERS} bytes."),
    ],
)
def test_a_scenario_that_cannot_be_used_gets_a_sentence(body, status, sentence):
    with client() as server:
        answer = server.post("/api/export/csv", content=body)
    assert (answer.status_code, answer.text) == (status, sentence)


def test_too_many_files_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(downloads, "FILES_AT_ONCE", 2)
    monkeypatch.setattr(downloads, "FILES_A_SECOND", 0.001)
    with client() as server:
        answers = [server.get("/api/export/csv?surface=booth&steps=1&run=sgd") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["retry-after"]) > 1


def test_files_are_written_in_the_slow_lane_in_short_pieces(monkeypatch):
    """Each piece waits for its turn, so a long table delays no walk."""
    monkeypatch.setattr("exports.walked.PIECE_SECONDS", 0.0)
    lanes, call = [], Workers.call

    async def counted(self, function, lane):
        lanes.append(lane)
        return await call(self, function, lane)

    monkeypatch.setattr(Workers, "call", counted)
    with client() as server:
        server.get("/api/export/csv?surface=booth&steps=40&run=sgd")
    assert len(lanes) >= 40 / 8
    assert set(lanes) == {Lane.SLOW}
