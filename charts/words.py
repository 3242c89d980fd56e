"""The sentences of all messages, in English: the one place to translate."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from surfaces import CriticalPoint, Landscape
from trajectories.basins import is_global
from trajectories.message import Message
from trajectories.sentences import show_number
from trajectories.verdicts import Kind


@dataclass(frozen=True, kw_only=True)
class Plural:
    """A sentence whose form depends on the number of steps."""

    one: str
    other: str


ENGLISH: Mapping[str, str | Plural] = MappingProxyType(
    {
        "kind.global_minimum": "global minimum",
        "kind.local_minimum": "local minimum",
        "kind.saddle": "saddle",
        "kind.flat": "flat",
        "kind.circling": "circling",
        "kind.still_moving": "still moving",
        "kind.left_the_map": "left the map",
        "kind.diverged": "diverged",
        # Of a minimum that a search found: another may have been missed.
        "minimum.found": "{kind} (found)",
        # Without a full stop; an outcome is followed by its advice.
        "outcome.global_minimum": "reached the global minimum at step {step}",
        "outcome.local_minimum": "caught in a local minimum since step {step}",
        "outcome.saddle": "resting on a saddle since step {step}",
        "outcome.flat": "resting on flat ground since step {step}",
        "outcome.circling_global": "circles the global minimum since step {step} or earlier",
        "outcome.circling_local": "circles a local minimum since step {step} or earlier",
        "outcome.still_moving": Plural(one="still moving after {steps} step", other="still moving after {steps} steps"),
        "outcome.left_the_map": "left the map at step {step}",
        "outcome.ran_away": "left the map at step {step} and diverges",
        "outcome.began_off_the_map": "began off the map and stayed there",
        "outcome.diverged": "diverged at step {step}",
        # Each promise has been walked before it is made; "it" is the run.
        "advice.value_reaches": "{name} {value} reaches the global minimum at step {step}",
        "advice.value_sooner": "{name} {value} gets there sooner, at step {step}",
        "advice.value_rests": "{name} {value} ends in a local minimum, reached at step {step}",
        "advice.value_stays": Plural(
            one="{name} {value} ends on the map, but has not arrived after {steps} step",
            other="{name} {value} ends on the map, but has not arrived after {steps} steps",
        ),
        "advice.steps_reach": "with {steps} steps it reaches the global minimum, at step {step}",
        "advice.steps_enough": Plural(one="{steps} step is enough", other="{steps} steps are enough"),
        "advice.start_reaches": "a start at ({x}, {y}) reaches the global minimum at step {step}",
        "advice.nothing_reaches": "no advice: {settings} settings and {starts} starts tried, none gets there",
        "advice.searched": (
            "sought: the global minimum; tried one at a time:"
            " lr from {low} to {high}; starts nearby and the map's own; steps: at most {steps}"
        ),
        "advice.searched_memory": (
            "sought: the global minimum; tried one at a time:"
            " lr from {low} to {high}; {name} from {least} to {most};"
            " starts nearby and the map's own; steps: at most {steps}"
        ),
        "advice.no_minimum": "no minimum is known on this map",
        "advice.not_searched": "advice is searched for walks of at most {most} steps",
    }
)


def say(message: Message | None, catalogue: Mapping[str, str | Plural] = ENGLISH) -> str:
    """Say a message in words; nothing where there is none.

    Examples
    --------
    >>> say(Message("outcome.still_moving", steps=1)), say(Message("advice.value_rests", name="lr", value=0.05, step=7))
    ('still moving after 1 step', 'lr 0.05 ends in a local minimum, reached at step 7')
    """
    if message is None:
        return ""
    arguments = dict(message.arguments)
    sentence = catalogue[message.key]
    if isinstance(sentence, Plural):
        sentence = sentence.one if arguments["steps"] == 1 else sentence.other
    shown = {name: show_number(value) if isinstance(value, float) else value for name, value in arguments.items()}
    return sentence.format(**shown)


def name_kind(kind: Kind) -> str:
    """The name of a kind of outcome, as a legend has it."""
    return say(Message(f"kind.{kind}"))


def name_minimum(landscape: Landscape, point: CriticalPoint) -> str:
    """The name of a minimum of a landscape; one that a search found says so.

    Examples
    --------
    >>> land = Landscape(key="bowl", loss=lambda x, y: x**2 + y**2, bounds=((-1.0, 1.0), (-1.0, 1.0)), start=(1.0, 1.0))
    >>> name_minimum(land, CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum", origin="found"))
    'global minimum (found)'
    """
    kind = name_kind("global_minimum" if is_global(landscape, point.value) else "local_minimum")
    return say(Message("minimum.found", kind=kind)) if point.origin == "found" else kind
