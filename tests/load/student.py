"""One student of the class: opens the page, plays, drags, changes a setting, opens a lesson."""

import asyncio
import random
import re
import time
from typing import Any

from websockets.exceptions import WebSocketException

from lessons import LESSONS
from surfaces import SURFACES
from tests.load.fetch import FetchError, fetch_all
from tests.load.session import ScriptError, Session
from tests.load.stream_socket import RefusedError, StreamSocket
from tests.load.tally import Tally
from trajectories import Scenario, parse_link, preset_scenario

DRAG_SECONDS = 5.0
FAILURES = (
    OSError,
    TimeoutError,
    WebSocketException,
    FetchError,
    asyncio.IncompleteReadError,
    RefusedError,
    ScriptError,
)
LINKED = re.compile(rb'(?:src|href)="\./(static/[^"]+\.(?:js|css|woff2))"')
MODULES = ("plotly.min.js", "stage/stage.js", "panel/panel.js", "picker/picker.js", "optimizers.json")


class Student:
    """A visitor with a tab; the seed determines their actions and times.

    Parameters
    ----------
    port : int
        The server's, on this machine.
    """

    minute: tuple[str, ...] = ("play", "play", "drag", "knob", "lesson")
    """The actions of each minute, at random times in random order."""

    def __init__(self, port: int, seed: int, tally: Tally) -> None:
        self._port, self._tally = port, tally
        self._rng = random.Random(seed)
        self._session = Session(f"ws://localhost:{port}")
        self._stream = StreamSocket(f"ws://localhost:{port}", tally, self._rng)
        self._scenario: dict[str, Any] = self._presets(next(iter(SURFACES)))[0]
        self._edits = 0

    async def attend(self, arrival: float, end: float) -> None:
        """Open the page, act until the time ``end``, close it; failures are counted."""
        try:
            await asyncio.sleep(arrival)
            await self._arrive()
            for due, action in self._plan(end):
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                await getattr(self, f"_{action}")()
        except FAILURES as problem:
            self._tally.wrong(f"{type(problem).__name__}: {str(problem)[:150]}")
        finally:
            await asyncio.gather(self._session.close(), self._stream.close())

    async def visit_once(self) -> None:
        """Open the page, use it once, close it."""
        try:
            await self._session.open()
            await self._session.visit()
            await self._stream.open()
            await self._play()
        except FAILURES as problem:
            self._tally.wrong(f"{type(problem).__name__}: {str(problem)[:150]}")
        finally:
            await asyncio.gather(self._session.close(), self._stream.close())

    def _plan(self, end: float) -> list[tuple[float, str]]:
        now = time.perf_counter()
        minutes = max(1, round((end - now) / 60))
        span = (end - now) / minutes
        return sorted(
            (now + span * minute + self._rng.uniform(0, max(0.0, span - DRAG_SECONDS)), action)
            for minute in range(minutes)
            for action in self.minute
        )

    async def _arrive(self) -> None:
        maps = f"surfaces/{self._scenario['surface']}.light.json"
        with self._tally.waiting("page opened: the whole wait"):
            with self._tally.waiting("  Streamlit's own files"):
                await fetch_all(self._port, "/", lambda page: [f"/{path.decode()}" for path in LINKED.findall(page)])
            with self._tally.waiting("  first run of the script"):
                await self._session.open()
                await self._session.visit()
            with self._tally.waiting("  our files and the map"):
                first, *others = (f"{self._session.assets}/{path}" for path in (*MODULES, maps))
                await fetch_all(self._port, first, lambda _: others)
            await self._stream.open()
            await self._stream.play(self._scenario, "first chunk, play")

    async def _play(self) -> None:
        self._scenario = self._rng.choice(self._presets(self._rng.choice(list(SURFACES))))
        await self._show("first chunk, play")

    async def _drag(self) -> None:
        await self._stream.drag(self._scenario, DRAG_SECONDS)
        await self._edit()

    async def _knob(self) -> None:
        run = self._rng.randrange(len(self._scenario["runs"]))
        runs = [{**r, "values": dict(r["values"])} for r in self._scenario["runs"]]
        if "lr" in runs[run]["values"]:
            runs[run]["values"]["lr"] *= self._rng.uniform(0.5, 0.99)
        self._scenario = self._scenario | {"runs": runs}
        await self._show("first chunk, knob")

    async def _show(self, what: str) -> None:
        """Request the walk, while Python gets the edit."""
        await asyncio.gather(self._stream.play(self._scenario, what), self._edit())

    async def _edit(self) -> None:
        self._edits += 1
        with self._tally.waiting("edit: a run of the script"):
            edit = {"sequence": self._edits, "scenario": self._scenario}
            await self._session.trigger("mr_adam_stage", "edit", edit)

    async def _lesson(self) -> None:
        await self._answer(self._rng.choice(list(LESSONS)))
        with self._tally.waiting("back to the playground"):
            await self._session.visit()

    async def _answer(self, key: str) -> dict[str, Any]:
        """Open a lesson and answer its question; returns its scenario."""
        with self._tally.waiting("lesson opened: a run of the script"):
            await self._session.visit("lessons", f"lesson={key}")
        scenario = _plain(parse_link(LESSONS[key].scenario)[0])
        with self._tally.waiting("lesson answered: figures computed"):
            answered = self._session.trigger("mr_adam_predict", "answer", {})
            await asyncio.gather(answered, self._stream.play(scenario, "first chunk, play"))
        return scenario

    @staticmethod
    def _presets(surface: str) -> list[dict[str, Any]]:
        return [_plain(preset_scenario(surface, preset.link)) for preset in SURFACES[surface].presets]


def _plain(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="json")
