"""The record of a lesson, and the smaller records that it contains."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from lessons.claim import Checked, Claim, Expectation, Index, Sentence

Part = Literal["surface", "start", "steps", "batch", "noise", "seed", "runs"]
Shared = Literal["steps", "batch", "noise"]

MOST_SECTIONS = 6


class Scene(Checked):
    """Another scenario of a lesson, with a button that shows it.

    Parameters
    ----------
    label : str
        The label of its button.
    scenario : str
        A link as the address bar spells it. It may switch on a map, as ``basins=1`` does; the scenario itself must
        differ from those of the other scenes.
    """

    label: Sentence
    scenario: Sentence


class Control(Checked):
    """A hyperparameter that the learner can change with a slider.

    Parameters
    ----------
    run : int
        The index of its run.
    name : str
        The hyperparameter.
    mark : {"edge"}, optional
        A value marked on its slider, computed from the surface. ``edge``: the stability limit, 2 over the sharpest
        curvature at the global minimum; with a larger value plain gradient descent cannot come to rest there.
    """

    run: Index
    name: Sentence
    mark: Literal["edge"] | None = None


class Option(Checked):
    """One of the answers that a learner can choose.

    Parameters
    ----------
    label : str
        The answer.
    says : str
        The comment that is shown to a learner who chose it, after the walk.
    claim : Claim
        The answer as a claim about a run; of a question's options exactly one is true.
    """

    label: Sentence
    says: Sentence
    claim: Claim


class Predict(Checked):
    """The question before the walk: the learner places a flag on the map, or chooses an answer.

    Parameters
    ----------
    question : str
        The question.
    teaches : str
        What the walk teaches; shown after it, whatever the prediction was.
    flag : int, optional
        The run whose last position the learner predicts.
    near, far : str, optional
        With ``flag``: the comment if the flag is right, and if it is not. If the run ends at a minimum, a flag is right
        in that minimum's basin of attraction; otherwise within 5 % of the map of the run's last position.
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
    def _has_flag_or_options(self) -> Self:
        if (self.flag is None) == (not self.options):
            raise ValueError("must have either a flag or options")
        if (self.flag is None) != (self.near is None) or (self.flag is None) != (self.far is None):
            raise ValueError("must have near and far where it has a flag, and only there")
        if self.options and not 2 <= len(self.options) <= 5:
            raise ValueError(f"must have 2 to 5 options: got {len(self.options)}")
        return self


class Smallest(Checked):
    """A condition on a goal: no smaller value of a hyperparameter reaches it.

    Parameters
    ----------
    run : int
        The index of its run.
    name : str
        The hyperparameter.
    step : float
        The distance of the values that are tried, starting at the lowest value allowed.
    """

    run: Index
    name: Sentence
    step: Annotated[float, Field(gt=0)]


class Goal(Checked):
    """A task that the learner solves by changing hyperparameters or the start.

    Parameters
    ----------
    text : str
        The task.
    claim : Claim
        The claim that is true when the task is solved; it is false for the lesson's own scenario.
    says : str
        The explanation, shown once it is solved.
    solution : str
        A link with a solution; a test checks it.
    keep : tuple of str
        The parts of the scenario that must equal those of the lesson's own; otherwise the goal is not reached.
    smallest : Smallest, optional
        The hyperparameter whose value must be the smallest that solves the task.
    points : int
        The points that the learner gets for it.
    """

    text: Sentence
    claim: Claim
    says: Sentence
    solution: Sentence
    keep: tuple[Part, ...] = ()
    smallest: Smallest | None = None
    points: Annotated[int, Field(ge=1)] = 1


class Figure(Checked):
    """A figure under the stage, drawn from the scenario on the stage.

    Parameters
    ----------
    kind : str
        A key of the catalogue of figures.
    caption : str
        One sentence.
    tells : bool
        Whether it shows the solution of a goal: then it is collapsed until all goals are reached.
    parameters : mapping of str to value
        The other fields of its table in the head; ``charts.figures`` checks them.
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
    """A lesson: a scene, a question, goals, figures and text.

    Parameters
    ----------
    key : str
        The file's name, and the lesson's name in its link.
    order : int
        Its position in the list of lessons; no two lessons have the same.
    title, idea : str
        Its title, and one sentence under the title.
    paper : str, optional
        The sections of the paper *Mr. Adam Who Are You?* that it comments on.
    scenario : str
        The scenario on its stage, as a link.
    marks : bool
        Whether the stage marks each run's start, turning point and end.
    inside : int, optional
        The run whose inside of a step is shown when the lesson opens.
    scenes : tuple of Scene
        Other scenes, each with a button.
    controls : tuple of Control
        The hyperparameters that the learner can move.
    shared : tuple of {"steps", "batch", "noise"}
        The settings that all runs share and that the learner can move, each with a slider below the hyperparameters.
    predict : Predict
        The question before the walk.
    goals : tuple of Goal
        One to four tasks.
    figures : tuple of Figure
        The figures under the stage.
    expect : tuple of Expectation
        What the lesson claims about its scenes; a test checks it.
    sections : mapping of str to str
        Its text in Markdown by headings, one to six. The first section is shown before the question, the second above
        the sliders, the others below the goals; so only the first must not give the answer away.
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    order: int
    title: Sentence
    idea: Sentence
    paper: Sentence | None = None
    scenario: Sentence
    marks: bool = False
    inside: Index | None = None
    scenes: tuple[Scene, ...] = ()
    controls: tuple[Control, ...] = ()
    shared: tuple[Shared, ...] = ()
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
    def _has_the_scenes_of_its_claims(self) -> Self:
        last = max(expectation.scene for expectation in self.expect)
        if last > len(self.scenes):
            raise ValueError(f"must have the scenes that expect names: got scene {last} and {len(self.scenes)} scenes")
        return self
