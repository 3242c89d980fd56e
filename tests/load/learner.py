"""Simulate a student who answers the question of one lesson, changes lr and batch, and drags the start."""

from lessons import LESSONS
from tests.load.student import Student
from tests.load.tally import Tally
from trajectories import parse_link

BATCHES = (1, 2, 4, 5, 8, 10, 16, 25)


class Learner(Student):
    """A student of one lesson; the seed determines the actions and their times.

    Parameters
    ----------
    port : int
        The server's, on this machine.
    lesson : str
        The key of the lesson. If its surface has no data, its batch stays as it is.
    """

    minute: tuple[str, ...] = ("knob",) * 3 + ("batch",) * 3 + ("drag",) * 2

    def __init__(self, port: int, seed: int, tally: Tally, lesson: str) -> None:
        super().__init__(port, seed, tally)
        self._key = lesson
        if parse_link(LESSONS[lesson].scenario)[0].landscape.examples is None:
            self.minute = tuple(action for action in self.minute if action != "batch")

    async def _arrive(self) -> None:
        await super()._arrive()
        self._scenario = await self._answer(self._key)

    async def _batch(self) -> None:
        self._scenario = self._scenario | {"batch": self._rng.choice(BATCHES)}
        await self._show("first chunk, batch")
