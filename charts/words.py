"""The sentences of all messages, in English: the one file to translate."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from surfaces import CriticalPoint, Landscape
from trajectories.message import Message
from trajectories.minimum_levels import is_global
from trajectories.sentences import show_number
from trajectories.verdicts import Kind


@dataclass(frozen=True, kw_only=True)
class Plural:
    """A sentence with a singular and a plural form, by the number of steps."""

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
        # The name of a minimum that a search found; the search may have missed others.
        "minimum.found": "{kind} (found)",
        "saddle.found": "saddle (found)",
        "maximum.found": "maximum (found)",
        # No full stop at the end: the outcome is followed by the advice.
        "outcome.global_minimum": "reached the global minimum at step {step}",
        "outcome.local_minimum": "at rest in a local minimum since step {step}",
        # This step is known to within 5 % of the steps only (trajectories/judge.py).
        "outcome.saddle": "at rest on a saddle since step {step} at the latest",
        "outcome.flat": "at rest on flat ground since step {step} at the latest",
        "outcome.circling_global": "has circled the global minimum at least since step {step}",
        "outcome.circling_local": "has circled a local minimum at least since step {step}",
        "outcome.still_moving": Plural(one="still moving after {steps} step", other="still moving after {steps} steps"),
        "outcome.left_the_map": "left the map at step {step}",
        "outcome.left_again": "left the map at step {first}, came back, and has been off it since step {step}",
        "outcome.ran_away": "left the map at step {step} and diverges",
        "outcome.ran_away_again": "left the map at step {first}, came back, left again at step {step} and diverges",
        "outcome.began_off_the_map": "started off the map and stayed there",
        "outcome.diverged": "diverged at step {step}",
        "outcome.undefined": "reached a place without a value or a slope at step {step}",
        "outcome.network_rests": "at rest since step {step}: the steps no longer change the loss",
        # Every result has been simulated. "It" is the run. Start and steps belong to all runs: such a sentence says so.
        "advice.value_reaches": "with {name} {value} it reaches the global minimum at step {step}",
        "advice.value_sooner": "with {name} {value} it arrives earlier, at step {step}",
        "advice.value_rests": "with {name} {value} it ends in a local minimum, reached at step {step}",
        "advice.value_stays": Plural(
            one="with {name} {value} it stays on the map, but is still moving after {steps} step",
            other="with {name} {value} it stays on the map, but is still moving after {steps} steps",
        ),
        "advice.steps_reach": "with {steps} steps for all runs it reaches the global minimum, at step {step}",
        "advice.steps_enough": "it arrives at step {step}, so {steps} steps would be enough instead of {total}",
        "advice.start_reaches": (
            "from ({x}, {y}) it reaches the global minimum at step {step}; this moves the start of all runs"
        ),
        "advice.nothing_reaches": (
            "no single change was found with which it reaches the global minimum:"
            " {settings} other settings and {starts} other starts were tried"
        ),
        "advice.searched": (
            "searched for a run that reaches the global minimum, with one change at a time:"
            " lr from {low} to {high}; starts nearby and the surface's own; up to {steps} steps"
        ),
        "advice.searched_memory": (
            "searched for a run that reaches the global minimum, with one change at a time:"
            " lr from {low} to {high}; {name} from {least} to {most};"
            " starts nearby and the surface's own; up to {steps} steps"
        ),
        "advice.no_minimum": "no change was searched for: no minimum is known on this map",
        "advice.network": "no change was searched for: for networks no search is made",
        # A limit that is drawn over a map of settings or of starts, and why it is not exact.
        "limit.stable": "stability limit: lr = {formula}, with the curvature λ = {curvature}",
        "limit.divided": "stability limit: lr = {formula}, with the curvature λ = {curvature} of the divided gradient",
        "limit.starts": "exact border: inside it gradient descent converges",
        "limit.local": (
            "exact only near the minimum at ({x}, {y}): farther away a run may leave sooner, or end at another minimum"
        ),
        "limit.estimated": (
            "an estimate: the curvature at ({x}, {y}), divided as in the last steps of the present run;"
            " with other settings the run divides by other numbers"
        ),
        "limit.noisy": "an estimate: noise and batches, which keep a run moving, are not in the formula",
        "advice.not_searched": "no change was searched for: a search is made only for runs of at most {most} steps",
    }
)


def say(message: Message | None, catalogue: Mapping[str, str | Plural] = ENGLISH) -> str:
    """The sentence of a message; an empty text if there is no message.

    Examples
    --------
    >>> say(Message("outcome.still_moving", steps=1)), say(Message("advice.value_rests", name="lr", value=0.05, step=7))
    ('still moving after 1 step', 'with lr 0.05 it ends in a local minimum, reached at step 7')
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
    """The name of a kind of outcome, as in legends."""
    return say(Message(f"kind.{kind}"))


def name_minimum(landscape: Landscape, point: CriticalPoint) -> str:
    """The name of a minimum of a landscape; a minimum that a search found is marked as found.

    Examples
    --------
    >>> land = Landscape(key="bowl", loss=lambda x, y: x**2 + y**2, bounds=((-1.0, 1.0), (-1.0, 1.0)), start=(1.0, 1.0))
    >>> name_minimum(land, CriticalPoint(x=0.0, y=0.0, value=0.0, kind="minimum", origin="found"))
    'global minimum (found)'
    """
    kind = name_kind("global_minimum" if is_global(landscape, point.value) else "local_minimum")
    return say(Message("minimum.found", kind=kind)) if point.origin == "found" else kind
