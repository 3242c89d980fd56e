"""A class in which all students do the same at the same moment, in one lesson: the largest load."""

import asyncio
import random
from typing import Any

from lessons import LESSONS
from tests.load.line import Line
from tests.load.session import Session
from tests.load.tally import Tally
from trajectories import parse_link

APART = 1e-3  # between the starts of two neighbors: enough for nobody to profit from what another has computed


async def together(port: int, students: int, lesson: str, seed: int, tally: Tally) -> None:
    """Everybody answers the lesson's question; then everybody moves the start. One who does neither plays meanwhile.

    Parameters
    ----------
    port : int
        The server's, on this machine.
    students : int
        How many sit in the lesson.
    lesson : str
        Its key.
    seed : int
        For the one who plays.
    tally : Tally
        Where waits are noted.
    """
    parsed, _ = parse_link(LESSONS[lesson].scenario)
    scenario = parsed.model_dump(mode="json")
    sessions = [Session(f"ws://localhost:{port}") for _ in range(students)]
    line = Line(f"ws://localhost:{port}", tally, random.Random(seed))
    await line.open()
    for session in sessions:
        await session.open()
        await session.visit()
        await session.visit("lessons", f"lesson={lesson}")

    async def answer(session: Session) -> None:
        with tally.waiting("answered at once: the last figure is there"):
            await session.trigger("mr_adam_predict", "answer", {})

    async def move(session: Session, place: int) -> None:
        x, y = scenario["start"]
        edit = {"sequence": 1, "scenario": scenario | {"start": [x + APART * (place + 1), y]}}
        with tally.waiting("start moved at once: the last figure is there"):
            await session.trigger("mr_adam_stage", "edit", edit)

    player = asyncio.create_task(_play(line, scenario))
    await asyncio.gather(*map(answer, sessions))
    await asyncio.gather(*(move(session, place) for place, session in enumerate(sessions)))
    player.cancel()
    await asyncio.gather(line.close(), *(session.close() for session in sessions))


async def _play(line: Line, scenario: dict[str, Any]) -> None:
    """Drag for as long as it takes."""
    while True:
        await line.drag(scenario, 1.0)
