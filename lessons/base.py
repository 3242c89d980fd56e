"""The record of a lesson, and the small records it is made of."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from lessons.claim import Checked, Claim, Expectation, Index, Sentence

Part = Literal["surface", "start", "steps", "noise", "seed", "runs"]

SECTIONS = ("The idea", "Break it", "Take home")


class Scene(Checked):
    """Another scenario, one click away.

    Parameters
    ----------
    label : str
        What its button says.
    scenario : str
        A link as the address bar spells it.
    """

    label: Sentence
    scenario: Sentence


class Control(Checked):
    """A number that the lesson hands to the learner.

    Parameters
    ----------
    run : int
        Whose it is.
    name : str
        Which hyperparameter.
    mark : {"edge"}, optional
        A place marked on its slider, always computed. ``edge``: 2 over the sharpest curvature at the
        global minimum, beyond which plain gradient descent cannot come to rest there.
    """

    run: Index
    name: Sentence
    mark: Literal["edge"] | None = None


class Option(Checked):
    """One answer to choose from.

    Parameters
    ----------
    label : str
        The answer.
    says : str
        What the learner who picked it is told once the truth is known.
    claim : Claim
        What the answer says; exactly one of a question's options is true.
    """

    label: Sentence
    says: Sentence
    claim: Claim


class Predict(Checked):
    """What the learner is asked before anything moves: to place a flag on the map, or to pick an answer.

    Parameters
    ----------
    question : str
        The question.
    teaches : str
        What there is to learn from the difference between prediction and truth.
    flag : int, optional
        The run whose end is to be guessed.
    near, far : str, optional
        With ``flag``: what is said if it stands within 5 % of the map of the truth, and otherwise.
    options : tuple of Option
        Without ``flag``: two to five answers.
    """

    question: Sentence
    teaches: Sentence
    flag: Index | None = None
    near: Sentence | None = None
    far: Sentence | None = None
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _asks_one_way(self) -> Self:
        if (self.flag is None) == (not self.options):
            raise ValueError("must have either a flag or options")
        if (self.flag is None) != (self.near is None) or (self.flag is None) != (self.far is None):
            raise ValueError("must have near and far where it has a flag, and only there")
        if self.options and not 2 <= len(self.options) <= 5:
            raise ValueError(f"must have 2 to 5 options: got {len(self.options)}")
        return self


class Smallest(Checked):
    """A condition on a goal: no smaller value would have done.

    Parameters
    ----------
    run : int
        Whose hyperparameter.
    name : str
        Which one.
    step : float
        The grid on which it is searched, from the lowest value allowed.
    """

    run: Index
    name: Sentence
    step: Annotated[float, Field(gt=0)]


class Goal(Checked):
    """Something to break or to find, by moving what the lesson lets the learner move.

    Parameters
    ----------
    text : str
        What is to be done.
    claim : Claim
        When it is done; never true of the lesson's own scenario.
    says : str
        Said once it is done: why it came so.
    solution : str
        A link that does it; a test holds it to that.
    keep : tuple of str
        Parts of the scenario that must stay as they are in the lesson's own for it to count.
    smallest : Smallest, optional
        Which number must be as small as it can be.
    points : int
        What it is worth.
    """

    text: Sentence
    claim: Claim
    says: Sentence
    solution: Sentence
    keep: tuple[Part, ...] = ()
    smallest: Smallest | None = None
    points: Annotated[int, Field(ge=1)] = 1


class Figure(Checked):
    """A figure under the stage, drawn again from whatever scenario the learner has made.

    Parameters
    ----------
    kind : str
        A key of the catalogue of figures.
    caption : str
        One sentence.
    tells : bool
        Whether it gives a goal away: then it waits to be opened until all goals are reached.
    parameters : mapping of str to value
        Whatever else the head says of it: the figure checks it.
    """

    kind: Sentence
    caption: Sentence
    tells: bool = False
    parameters: Mapping[str, Any]

    @model_validator(mode="before")
    @classmethod
    def _rest_is_parameters(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        own = {name: value for name, value in given.items() if name in ("kind", "caption", "tells")}
        return own | {"parameters": {name: value for name, value in given.items() if name not in own}}

    @field_validator("parameters", mode="after")
    @classmethod
    def _read_only(cls, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        return MappingProxyType(dict(parameters))


class Lesson(Checked):
    """A lesson: one live scene, one thing to predict, one to break, and words.

    Parameters
    ----------
    key : str
        The file's name, and the lesson's name in its link.
    order : int
        Its place among the lessons; each has its own.
    title, idea : str
        What it is called, and one sentence under that.
    paper : str
        What of the paper it explains.
    scenario : str
        The scene on its stage, as a link spells it.
    marks : bool
        Whether the stage marks each run's start, turning point and end.
    inside : int, optional
        The run whose step is open when the lesson opens.
    scenes : tuple of Scene
        Other scenes, one click away.
    controls : tuple of Control
        The numbers that the learner may move.
    predict : Predict
        What is asked before anything moves.
    goals : tuple of Goal
        One to four.
    figures : tuple of Figure
        Under the stage.
    expect : tuple of Expectation
        What the lesson stands by.
    sections : mapping of str to str
        Its words, Markdown, by the headings of ``SECTIONS``, in that order.
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    order: int
    title: Sentence
    idea: Sentence
    paper: Sentence
    scenario: Sentence
    marks: bool = False
    inside: Index | None = None
    scenes: tuple[Scene, ...] = ()
    controls: tuple[Control, ...] = ()
    predict: Predict
    goals: Annotated[tuple[Goal, ...], Field(min_length=1, max_length=4)]
    figures: tuple[Figure, ...] = ()
    expect: Annotated[tuple[Expectation, ...], Field(min_length=1)]
    sections: Mapping[str, str]

    @field_validator("sections", mode="after")
    @classmethod
    def _read_only(cls, sections: Mapping[str, str]) -> Mapping[str, str]:
        return MappingProxyType(dict(sections))

    @model_validator(mode="after")
    def _expects_of_its_scenes(self) -> Self:
        last = max(expectation.scene for expectation in self.expect)
        if last > len(self.scenes):
            raise ValueError(f"must have the scenes it expects something of: got scene {last}, and {len(self.scenes)}")
        return self
