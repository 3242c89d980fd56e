"""A sentence as a key and arguments; the catalogue ``charts/words.py`` converts it to text where it is shown."""

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
        "minimum.found": ("kind",),
        "saddle.found": (),
        "maximum.found": (),
        "outcome.global_minimum": ("step",),
        "outcome.local_minimum": ("step",),
        "outcome.saddle": ("step",),
        "outcome.flat": ("step",),
        "outcome.circling_global": ("step",),
        "outcome.circling_local": ("step",),
        "outcome.still_moving": ("steps",),
        "outcome.left_the_map": ("step",),
        "outcome.left_again": ("first", "step"),
        "outcome.ran_away": ("step",),
        "outcome.ran_away_again": ("first", "step"),
        "outcome.began_off_the_map": (),
        "outcome.diverged": ("step",),
        "outcome.undefined": ("step",),
        "outcome.network_rests": ("step",),
        "advice.value_reaches": ("name", "value", "step"),
        "advice.value_sooner": ("name", "value", "step"),
        "advice.value_rests": ("name", "value", "step"),
        "advice.value_stays": ("name", "value", "steps"),
        "advice.steps_reach": ("steps", "step"),
        "advice.steps_enough": ("steps", "step", "total"),
        "advice.start_reaches": ("x", "y", "step"),
        "advice.nothing_reaches": ("settings", "starts"),
        "advice.searched": ("low", "high", "steps"),
        "advice.searched_memory": ("low", "high", "name", "least", "most", "steps"),
        "advice.no_minimum": (),
        "advice.not_searched": ("most",),
        "advice.network": (),
        "limit.stable": ("formula", "curvature"),
        "limit.divided": ("formula", "curvature"),
        "limit.starts": (),
        "limit.local": ("x", "y"),
        "limit.estimated": ("x", "y"),
        "limit.noisy": (),
    }
)
"""All keys, each with the names of its arguments."""


@dataclass(frozen=True, init=False)
class Message:
    """A sentence as data, without text.

    Parameters
    ----------
    key : str
        One of ``KEYS``.
    **arguments : str, int or float
        The values that are inserted into the sentence: plain values, as in JSON.

    Raises
    ------
    ValueError
        If there is no such key, or the arguments are not those of the key.

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
