"""A statement by its key and arguments; the words are added at the edge, by a catalogue of sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Value = str | int | float

KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "kind.global_minimum": (),
        "kind.local_minimum": (),
        "kind.saddle": (),
        "kind.flat": (),
        "kind.circling": (),
        "kind.still_moving": (),
        "kind.left_the_map": (),
        "kind.diverged": (),
        "outcome.global_minimum": ("step",),
        "outcome.local_minimum": ("step",),
        "outcome.saddle": ("step",),
        "outcome.flat": ("step",),
        "outcome.circling_global": ("step",),
        "outcome.circling_local": ("step",),
        "outcome.still_moving": ("steps",),
        "outcome.left_the_map": ("step",),
        "outcome.ran_away": ("step",),
        "outcome.began_off_the_map": (),
        "outcome.diverged": ("step",),
        "advice.start_farther": (),
        "advice.steps_enough": ("steps",),
        "advice.sooner": ("lr",),
        "advice.more_memory": ("name", "value"),
        "advice.over_the_hill_by_noise": (),
        "advice.over_the_hill": (),
        "advice.off_the_ridge": (),
        "advice.no_slope": (),
        "advice.no_slope_or_lr": ("lr",),
        "advice.start_on_the_map": (),
        "advice.halve_lr": ("lr",),
        "advice.tenth_of_lr": ("lr",),
        "advice.lowest_lr": (),
        "advice.to_and_fro_halve_lr": ("lr",),
        "advice.to_and_fro_halve_lr_or_noise": ("lr",),
        "advice.to_and_fro_lowest_lr": (),
        "advice.to_and_fro_lowest_lr_or_noise": (),
        "advice.steps_without_larger_lr": ("steps",),
        "advice.momentum_without_larger_lr": (),
        "advice.steps_or_lr": ("steps", "lr"),
        "advice.steps": ("steps",),
        "advice.lr": ("lr",),
        "advice.another_start": (),
    }
)
"""Every key and the names of its arguments."""


@dataclass(frozen=True, init=False)
class Message:
    """What is to be said, without its words.

    Parameters
    ----------
    key : str
        One of ``KEYS``.
    **arguments : str, int or float
        The values of its blanks: plain values, as JSON has them.

    Raises
    ------
    ValueError
        If there is no such key, or the arguments are not the key's.

    Examples
    --------
    >>> Message("outcome.diverged", step=4).as_json()
    {'key': 'outcome.diverged', 'arguments': {'step': 4}}
    """

    key: str
    arguments: tuple[tuple[str, Value], ...]

    def __init__(self, key: str, /, **arguments: Value) -> None:
        if key not in KEYS:
            raise ValueError(f'No message has the key "{key}".')
        if set(arguments) != set(KEYS[key]):
            raise ValueError(f"The message {key} takes {list(KEYS[key])}: got {list(arguments)}.")
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "arguments", tuple((name, arguments[name]) for name in KEYS[key]))

    def as_json(self) -> dict[str, object]:
        """The key and the arguments as plain values."""
        return {"key": self.key, "arguments": dict(self.arguments)}
