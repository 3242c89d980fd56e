"""The claims that a lesson's head can make about a run, as records that code can check."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Sentence = Annotated[str, Field(min_length=1)]
Index = Annotated[int, Field(ge=0)]

RANGES = ("spread", "held", "accuracy", "validation")
QUESTIONS = ("outcome", "by", "beats", "first_step", "start", "near", *RANGES, "below")


class Checked(BaseModel):
    """A frozen record that refuses unknown fields and values of a wrong type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Claim(Checked):
    """A claim about a run: every field that is given must be true.

    ``trajectories.claims`` checks it on a simulated walk.

    Parameters
    ----------
    run : int
        The index of the run in the scenario.
    outcome : str, optional
        Its outcome: a kind of ``trajectories.outcome``.
    by : int, optional
        The latest step at which the outcome is reached; needs ``outcome``.
    beats : int, optional
        The index of another run, which ends at a higher loss.
    first_step : float, optional
        The length of its first step along the coordinate that changes more, in units of its own ``lr``; within 1 %.
    start, near : (float, float), optional
        Its first, and its last position; each within 2 % of the map.
    spread : (float, float), optional
        The lowest and the highest value of its spread: the root of the mean squared distance from the global minimum
        over the last half of its steps, as a share of the map (x as a share of its width, y of its height).
    held : (float, float), optional
        Of a network: the lowest and the highest share of its path that the plane of the map holds. It is 1 minus the
        sum of the squared distances from the plane, over that of the squared distances from the first weights.
    accuracy : (float, float), optional
        Of a network: the lowest and the highest share of training examples whose class it predicts at the end.
    validation : (float, float), optional
        Of a network: the lowest and the highest value of its final validation loss.
    below : float, optional
        Its final loss is below this value.
    also : tuple of Claim
        Further claims that must be true too, mostly about other runs: "only Adam arrives" consists of two claims.
    """

    run: Index
    outcome: Sentence | None = None
    by: Index | None = None
    beats: Index | None = None
    first_step: Annotated[float, Field(gt=0)] | None = None
    start: tuple[float, float] | None = None
    near: tuple[float, float] | None = None
    spread: tuple[float, float] | None = None
    held: tuple[float, float] | None = None
    accuracy: tuple[float, float] | None = None
    validation: tuple[float, float] | None = None
    below: float | None = None
    also: tuple["Claim", ...] = ()

    @model_validator(mode="after")
    def _claims_something(self) -> Self:
        if all(getattr(self, question) is None for question in QUESTIONS):
            raise ValueError(f"must claim something about its run: give one of {', '.join(QUESTIONS)}")
        if self.by is not None and self.outcome is None:
            raise ValueError("must give outcome where it gives by: which outcome is reached by that step")
        if self.beats == self.run:
            raise ValueError("must give in beats the index of another run, not of its own")
        for name in RANGES:
            given = getattr(self, name)
            if given is not None and not 0 <= given[0] < given[1]:
                raise ValueError(f"must give in {name} two numbers from 0 up that rise: got {list(given)}")
        return self


class Expectation(Claim):
    """A claim that a lesson makes about one of its scenes: a test simulates the scene and fails if the claim is false.

    Parameters
    ----------
    scene : int
        The index of the scenario: 0 is the lesson's own, 1 the first of ``scenes``.
    """

    scene: Index = 0
