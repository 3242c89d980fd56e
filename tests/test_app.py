"""The server as a process: its start, refused settings, and its end."""

import os
import signal

import pytest

from tests.browser.conftest import Server

FRAMES = (
    "MR_ADAM_FRAME_ANCESTORS must list 'self' or origins such as https://lms.example.org, separated by spaces: "
    "got 'example.org'."
)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("MR_ADAM_WORKERS", "many", "MR_ADAM_WORKERS must be a whole number from 1 to 64: got 'many'."),
        ("MR_ADAM_LOG", "loud", "MR_ADAM_LOG must be one of debug, info, warning, error: got 'loud'."),
        ("MR_ADAM_FRAME_ANCESTORS", "example.org", FRAMES),
    ],
)
def test_a_bad_setting_prints_one_sentence_and_starts_no_server(tmp_path, variable, value, sentence):
    """The sentence is printed before torch is imported, which takes seconds: in this test the import fails."""
    (tmp_path / "torch.py").write_text('raise ImportError("torch is imported")')
    server = Server(tmp_path / "log", **{variable: value, "PYTHONPATH": str(tmp_path)})
    with pytest.raises(pytest.fail.Exception, match="ended before it was healthy"):
        server.start()
    assert server.wait() == 1
    assert server.log.read_text() == sentence + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_logs_its_address_and_ends_without_an_error(tmp_path, how):
    server = Server(tmp_path / "log", MR_ADAM_WORKER="2")
    server.start()
    os.kill(server.pid, how)
    assert server.wait() == -signal.SIGTERM  # uvicorn's status after it has stopped in order; in a container it is 0
    serving, unknown = (line.partition(" from=")[2] for line in server.log.read_text().splitlines())
    assert serving == f"backend.ready event=serving address=localhost port={server.port}"
    assert unknown == 'backend.ready event="unknown variable" name=MR_ADAM_WORKER meant=MR_ADAM_WORKERS'
