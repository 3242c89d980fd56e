"""What a lesson's head can claim of a run, in a form that can be checked."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Sentence = Annotated[str, Field(min_length=1)]
Index = Annotated[int, Field(ge=0)]

QUESTIONS = ("outcome", "by", "beats", "first_step", "near", "below")


class Checked(BaseModel):
    """A frozen record that refuses unknown fields and values of another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Claim(Checked):
    """A claim about a run: all that is given must be true.

    ``trajectories.claims`` decides that from a real walk.

    Parameters
    ----------
    run : int
        The index of the run in the scenario.
    outcome : str, optional
        Its outcome: a kind of ``trajectories.outcome``.
    by : int, optional
        The outcome is reached at this step at the latest; needs an ``outcome``.
    beats : int, optional
        Another run, which ends at a higher loss.
    first_step : float, optional
        How long its first step is along its longer coordinate, in units of its own ``lr``; within 1 %.
    near : (float, float), optional
        Where it ends; within 2 % of the map.
    below : float, optional
        Its final loss is below this.
    also : tuple of Claim
        Further claims, mostly about other runs: "only Adam arrives" is two claims.
    """

    run: Index
    outcome: Sentence | None = None
    by: Index | None = None
    beats: Index | None = None
    first_step: Annotated[float, Field(gt=0)] | None = None
    near: tuple[float, float] | None = None
    below: float | None = None
    also: tuple["Claim", ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(getattr(self, question) is None for question in QUESTIONS):
            raise ValueError(f"must say something of its run: give one of {', '.join(QUESTIONS)}")
        if self.by is not None and self.outcome is None:
            raise ValueError("must say which outcome is reached by then: give outcome too")
        if self.beats == self.run:
            raise ValueError("must name with beats another run than its own")
        return self


class Expectation(Claim):
    """A claim that a lesson makes about one of its scenes: a test simulates it and fails if it is not true.

    Parameters
    ----------
    scene : int
        The scenario: 0 is the lesson's own, 1 the first of ``scenes``.
    """

    scene: Index = 0
