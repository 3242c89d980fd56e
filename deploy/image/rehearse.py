"""Run the app once while its image is built.

This compiles the modules that the app imports, and no others, so that the container, which cannot write files, starts
fast. If a package that the app needs was removed, the build fails.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from backend.messages import WalkRequest
from exports import FORMATS
from lessons import LESSONS
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories import Scenario

TIMEOUT = 300.0  # seconds; if the app hangs, the build fails after this time
HOST = "localhost:8501"
FAILURE = re.compile(r"Traceback|cannot be traced|traced (?:gradient )?and autograd differ|the preparation failed")


def visit(page: str, query: str = "") -> None:
    """Open a page as a browser does, and wait until its script has finished without an exception."""
    request = BackMsg()
    request.rerun_script.page_name = page
    request.rerun_script.query_string = query
    with connect(f"ws://{HOST}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None) as session:
        session.send(request.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(session.recv(TIMEOUT, decode=False))
            if message.delta.new_element.HasField("exception"):
                sys.exit(f"/{page}?{query} failed: {message.delta.new_element.exception.message}")
            if message.WhichOneof("type") == "script_finished":
                return


def walk() -> None:
    """Request a walk of every optimizer on every surface, with the parts of its steps."""
    with connect(f"ws://{HOST}/api/stream", max_size=None) as socket:
        for number, (surface, optimizer) in enumerate((s, o) for s in SURFACES for o in OPTIMIZERS):
            start = list(SURFACES[surface].landscape.start)
            scenario = {"surface": surface, "start": start, "steps": 3, "runs": [{"optimizer": optimizer}]}
            request = WalkRequest(slot="walk", id=number, scenario=Scenario.model_validate(scenario), inside=0)
            socket.send(request.model_dump_json())
            kind = "begin"
            while kind == "begin":
                answer = socket.recv(TIMEOUT)
                kind = json.loads(answer)["kind"] if isinstance(answer, str) else kind
            if kind != "done":
                sys.exit(f"{optimizer} on {surface} failed: {answer!r}")


def take_home() -> None:
    """Request a file in each format that the server writes."""
    for key in (key for key, form in FORMATS.items() if form.served):
        address = f"http://{HOST}/api/export/{key}?surface=hump&steps=3&run=adam&run=dissected"
        with urlopen(address, timeout=TIMEOUT) as file:  # an error's status raises an exception
            file.read()


def rehearse(log: Path) -> None:
    """Start the app, use all of it, and stop it; its log must hold no error."""
    with log.open("w") as out:
        server = subprocess.Popen([sys.executable, "-m", "streamlit", "run", "app.py"], stdout=out, stderr=out)
    threading.Timer(TIMEOUT, server.kill).start()
    health = [sys.executable, str(Path(__file__).with_name("health.py"))]
    while subprocess.call(health):  # noqa: S603 - our own file
        if server.poll() is not None:
            sys.exit(f"The app ended before it was healthy:\n{log.read_text()}")
        time.sleep(0.5)
    with urlopen(f"http://{HOST}/", timeout=TIMEOUT) as page:
        page.read()
    visit("")
    for lesson in LESSONS:
        visit("lessons", f"lesson={lesson}")
    walk()
    take_home()
    check = [sys.executable, "-m", "mine", "check", tempfile.mkdtemp()]
    if subprocess.call(check):  # noqa: S603 - our own command, whose modules are compiled, too
        sys.exit("The check of an empty folder failed.")
    server.terminate()
    status = server.wait()
    if status not in {0, -signal.SIGTERM} or FAILURE.search(log.read_text()):
        sys.exit(f"The app ended with {status}:\n{log.read_text()}")


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        rehearse(Path(folder) / "log")
    os._exit(0)  # the timer thread may still be waiting
