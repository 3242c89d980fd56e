"""The sentences of all messages, in English: the one place to translate."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

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
        # To be read on after a colon.
        "advice.start_farther": "start farther away to see it walk",
        "advice.steps_enough": "about {steps} steps are enough from this start",
        "advice.sooner": "lr {lr} may get it there sooner",
        "advice.more_memory": "another start, or more {name} ({value}), may get it over the hill",
        "advice.over_the_hill_by_noise": "momentum, a little noise or another start may get it over the hill",
        "advice.over_the_hill": "momentum or another start may get it over the hill",
        "advice.off_the_ridge": "a little noise, or a start slightly to one side, gets it off the ridge",
        "advice.no_slope": "there is no slope to follow here; start elsewhere",
        "advice.no_slope_or_lr": "there is no slope to follow here; start elsewhere, or try lr {lr}",
        "advice.start_on_the_map": "start on the map",
        "advice.halve_lr": "halve lr ({lr})",
        "advice.tenth_of_lr": "cut lr to a tenth ({lr})",
        "advice.lowest_lr": "lr is as low as it goes; start elsewhere",
        "advice.to_and_fro_halve_lr": "it goes back and forth; halve lr ({lr})",
        "advice.to_and_fro_halve_lr_or_noise": "it goes back and forth; halve lr ({lr}) or lower the noise",
        "advice.to_and_fro_lowest_lr": "it goes back and forth; lr is as low as it goes; start elsewhere",
        "advice.to_and_fro_lowest_lr_or_noise": (
            "it goes back and forth; lr is as low as it goes; start elsewhere or lower the noise"
        ),
        "advice.steps_without_larger_lr": "{steps} steps may get it there; a much larger lr would overshoot",
        "advice.momentum_without_larger_lr": "momentum may get it there; a much larger lr would overshoot",
        "advice.steps_or_lr": "{steps} steps or lr {lr} may get it there",
        "advice.steps": "{steps} steps may get it there",
        "advice.lr": "lr {lr} may get it there",
        "advice.another_start": "another start may get it there",
    }
)


def say(message: Message | None, catalogue: Mapping[str, str | Plural] = ENGLISH) -> str:
    """Say a message in words; nothing where there is none.

    Examples
    --------
    >>> say(Message("outcome.still_moving", steps=1)), say(Message("advice.halve_lr", lr=0.05))
    ('still moving after 1 step', 'halve lr (0.05)')
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
