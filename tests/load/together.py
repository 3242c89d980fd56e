"""A class in which all students do the same at the same moment, in one lesson: the largest load."""

import asyncio
import random
from typing import Any

from lessons import LESSONS
from tests.load.session import Session
from tests.load.stream_socket import StreamSocket
from tests.load.tally import Tally
from trajectories import parse_link

APART = 1e-3  # between the starts of two neighbors: so that no result of another student is found in memory


async def together(port: int, students: int, lesson: str, seed: int, tally: Tally) -> None:
    """All students answer the question of a lesson, then all move the start; meanwhile one more drags.

    Parameters
    ----------
    port : int
        The server's, on this machine.
    students : int
        The number of students in the lesson.
    lesson : str
        Its key.
    seed : int
        For the one that drags.
    tally : Tally
        Where waits are noted.
    """
    parsed, _ = parse_link(LESSONS[lesson].scenario)
    scenario = parsed.model_dump(mode="json")
    sessions = [Session(f"ws://localhost:{port}") for _ in range(students)]
    stream = StreamSocket(f"ws://localhost:{port}", tally, random.Random(seed))
    await stream.open()
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

    player = asyncio.create_task(_play(stream, scenario))
    await asyncio.gather(*map(answer, sessions))
    await asyncio.gather(*(move(session, place) for place, session in enumerate(sessions)))
    player.cancel()
    await asyncio.gather(stream.close(), *(session.close() for session in sessions))


async def _play(stream: StreamSocket, scenario: dict[str, Any]) -> None:
    """Drag until canceled."""
    while True:
        await stream.drag(scenario, 1.0)
