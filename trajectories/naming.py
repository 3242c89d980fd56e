"""The names of runs, which distinguish several runs of one optimizer."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from optimizers import OPTIMIZERS
from trajectories.scenario import Run, Scenario
from trajectories.sentences import show_number


class Naming(BaseModel):
    """How runs are named: patterns that both Python and the browser fill in.

    Parameters
    ----------
    alone, shared : str
        The name of a run whose optimizer no other run has; and of one of several runs with the same optimizer.
    setting, on, off : str
        A hyperparameter with its value; a switch at 1 and at 0.
    always : tuple of str
        The hyperparameters that are always shown; others are shown only where they differ from their default.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    alone: str = "{label}"
    shared: str = "{label}, run {number}"
    setting: str = "{name} {value}"
    on: str = "{name} on"
    off: str = "{name} off"
    always: tuple[str, ...] = ("lr", "momentum")


NAMING = Naming()


def run_names(scenario: Scenario) -> list[str]:
    """Name each run by its optimizer, with its number where another run has the same optimizer.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> run_names(parse_link("surface=hump&run=sgd:lr=0.1&run=adam:lr=0.1&run=adam:lr=0.3")[0])
    ['SGD', 'Adam, run 2', 'Adam, run 3']
    """
    keys = [run.optimizer for run in scenario.runs]
    return [
        (NAMING.alone if keys.count(run.optimizer) == 1 else NAMING.shared).format(label=run.label, number=number)
        for number, run in enumerate(scenario.runs, 1)
    ]


def distinct_names(scenario: Scenario) -> list[str]:
    """Name each run by its optimizer and those non-default settings that differ between runs of this optimizer.

    For figures, which are seen without the cards that list all settings. Runs with equal settings get numbers.

    Examples
    --------
    >>> from trajectories import parse_link
    >>> distinct_names(parse_link("surface=hump&run=sgd:lr=0.1&run=adam:lr=0.1&run=adam:lr=0.3")[0])
    ['SGD', 'Adam, lr 0.1', 'Adam, lr 0.3']
    >>> distinct_names(parse_link("surface=hump&run=sgd&run=sgd")[0])
    ['SGD, run 1', 'SGD, run 2']
    """
    names = [
        _distinct_name(run, [other for other in scenario.runs if other.optimizer == run.optimizer])
        for run in scenario.runs
    ]
    return [
        name if names.count(name) == 1 else NAMING.shared.format(label=name, number=number)
        for number, name in enumerate(names, 1)
    ]


def spell_setting(optimizer: str, name: str, value: float) -> str:
    """One setting of a run as text; a switch is "on" or "off".

    Examples
    --------
    >>> spell_setting("adam", "lr", 0.1), spell_setting("dissected", "correct_m", 0.0)
    ('lr 0.1', 'correct m off')
    """
    if name in switches(optimizer):
        return (NAMING.on if value == 1 else NAMING.off).format(name=name.replace("_", " "))
    return NAMING.setting.format(name=name, value=show_number(value))


def switches(optimizer: str) -> list[str]:
    """The names of an optimizer's hyperparameters whose only values are 0 and 1."""
    return [h.name for h in OPTIMIZERS[optimizer].hyperparameters if h.scale == "switch"]


def _distinct_name(run: Run, kind: Sequence[Run]) -> str:
    defaults: Mapping[str, float] = OPTIMIZERS[run.optimizer].defaults
    own = [
        name
        for name, default in defaults.items()
        if run.values[name] != default and len({other.values[name] for other in kind}) > 1
    ]
    return ", ".join([run.label, *(spell_setting(run.optimizer, name, run.values[name]) for name in own)])
