"""The record of an optimizer: its class, its hyperparameters, its rule, and the properties that engines need."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import torch
from torch import Tensor

from formulas import FormulaError
from optimizers.hyperparameter import Hyperparameter
from optimizers.kernel import Kernel
from optimizers.part import Part
from optimizers.rule import Rule, read_rule
from optimizers.stability import Stability

FAMILIES = ("gradient", "adaptive")

Argument = str | tuple[str, ...] | bool | int | float


@dataclass(frozen=True, kw_only=True)
class OptimizerSpec:
    """An optimizer as data: how it is built, which hyperparameters it has, how a step is computed and shown.

    Parameters
    ----------
    key : str
        The file's name, which is the optimizer's name in links and in Python.
    label : str
        Its name on the screen.
    family : {"gradient", "adaptive"}
        ``gradient``: the step is proportional to the gradient's size;
        ``adaptive``: the gradient is first divided by a running average of its size.
    order : int
        Its position within the family.
    idea : str
        One sentence for a beginner: what this optimizer does.
    torch_class : type
        The subclass of ``torch.optim.Optimizer`` that takes the steps.
    arguments : mapping of str to str, tuple of str, bool, int or float
        The keyword arguments of the class. A string is the name of a hyperparameter, a tuple of strings the names of
        several; any other value is a constant. Each hyperparameter is named once. torch has several implementations
        with equal results; the arguments select the one that is fastest for two weights: ``fused`` for AdaGrad and
        Adam's relatives, otherwise ``foreach=False``.
    hyperparameters : tuple of Hyperparameter
        In the order in which the controls are shown.
    update_latex : mapping of str to str
        The lines of the algorithm in order: the key of the quantity that a line computes, and the line itself in
        LaTeX without delimiters. The first key is ``g``, the last is ``update``. Without lines the class takes the
        steps, and the inside of a step says that its rule is not written down.
    parts : mapping of str to Part
        The same keys in the same order: the description of each quantity. Parts that are drawn differ in ink.
    rate_latex : str
        The effective step per coordinate, in the same symbols: the factor by which the step multiplies the gradient, or
        the part that replaces the gradient.
    state : mapping of str to str
        The name in ``optimizer.state`` under which torch stores a line's result after a step, by the line's key. It
        contains every line that the next step uses. torch omits a value without effect: the velocity at momentum 0.
    elementwise : bool
        Whether a step computes each number of a tensor independently, so that columns can be separate walks.
    needs_closure : bool
        Whether a step evaluates the loss itself.
    shape : tuple of (int or None), optional
        The shape of tensors that the class accepts; None stands for any length. Default: any shape.
    kernel : Kernel, optional
        One step for compiled loops. Without it, the class takes every step.
    stationary_variance : callable, optional
        ``stationary_variance(values, curvatures, sigma)``: the variance of the position around the minimum of a bowl,
        along axes with these curvatures, for gradient noise with the standard deviation ``sigma``; at or below 0 or
        infinite beyond the stability limit. Without it, no formula is known.
    stability : Stability, optional
        Its stability limit on a parabola. Without it, no formula is known.
    references : tuple of str
        Author, year, title, equation, DOI.

    Raises
    ------
    ValueError
        If a field contradicts another, or the rule cannot be parsed; the message names the optimizer and the field
        or line.

    Examples
    --------
    The class and the rule take the same step:

    >>> from optimizers import OPTIMIZERS
    >>> from optimizers.evaluate import take_step
    >>> adam = OPTIMIZERS["adam"]
    >>> values = adam.defaults | {"lr": 0.1}
    >>> position = torch.tensor([1.0, 1.0], dtype=torch.float64)
    >>> optimizer = adam.build([position], **values)
    >>> before, position.grad = position.clone(), torch.tensor([1000.0, 0.01], dtype=torch.float64)
    >>> optimizer.step()
    >>> [round(weight, 6) for weight in position.tolist()]
    [0.9, 0.9]
    >>> step = take_step(adam.rule, values, position.grad, before, 1, {})
    >>> [round(weight, 6) for weight in step["position"].tolist()]
    [0.9, 0.9]
    """

    key: str
    label: str
    family: Literal["gradient", "adaptive"]
    order: int = 0
    idea: str
    torch_class: type[torch.optim.Optimizer]
    arguments: Mapping[str, Argument]
    hyperparameters: tuple[Hyperparameter, ...]
    update_latex: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    rate_latex: str = ""
    state: Mapping[str, str] = field(default_factory=dict)
    elementwise: bool = True
    needs_closure: bool = False
    shape: tuple[int | None, ...] | None = None
    kernel: Kernel | None = None
    stationary_variance: Callable[[Mapping[str, float], Any, float], Any] | None = None
    stability: Stability | None = None
    references: tuple[str, ...]

    def __post_init__(self) -> None:
        names = [h.name for h in self.hyperparameters]
        symbols = [h.symbol for h in self.hyperparameters]
        if self.family not in FAMILIES:
            self._refuse(f"family must be one of {FAMILIES}: got {self.family!r}")
        if "lr" not in names:
            self._refuse("hyperparameters must hold lr")
        if len(set(names)) < len(names) or len(set(symbols)) < len(symbols):
            self._refuse(f"hyperparameters must differ in name and symbol: got {names} and {symbols}")
        if self.written and not {"g", "update"} <= self.update_latex.keys():
            self._refuse(f"update_latex must hold the lines g and update: got {list(self.update_latex)}")
        if list(self.parts) != list(self.update_latex):
            self._refuse(f"parts must be those of update_latex, in order: got {list(self.parts)}")
        inks = [part.ink for part in self.parts.values() if part.drawn not in {"vector", "number"}]
        if len(set(inks)) < len(inks):
            self._refuse(f"parts that are drawn must differ in ink: got {inks}")
        if not self.references:
            self._refuse("references must hold at least one")
        self._check_arguments(names)
        self._check_state()

    def _check_state(self) -> None:
        if not self.written:
            if self.state or self.stability is not None:
                self._refuse("update_latex must hold the lines of the rule if state or stability is given: got none")
            return
        kept = self.state.keys() - {"g", "update"}
        if not self.rule.remembered <= kept or kept < self.state.keys() or not kept <= self.update_latex.keys():
            wanted = sorted(self.rule.remembered)
            self._refuse(
                f"state must hold {wanted} and may hold other lines, but not g and update: got {list(self.state)}"
            )

    def _check_arguments(self, names: list[str]) -> None:
        named = [name for argument in self.arguments.values() for name in _named(argument)]
        if sorted(named) != sorted(names):
            self._refuse(f"arguments must name each hyperparameter once: got {named} for {names}")
        allowed = inspect.signature(self.torch_class).parameters
        for keyword in self.arguments:
            if keyword not in allowed:
                self._refuse(f"{self.torch_class.__name__} has no argument {keyword!r}: it has {', '.join(allowed)}")

    def _refuse(self, reason: str) -> None:
        raise ValueError(f"optimizer {self.key!r}: {reason}.")

    @property
    def defaults(self) -> dict[str, float]:
        """The default of each hyperparameter, by name."""
        return {h.name: h.default for h in self.hyperparameters}

    @property
    def written(self) -> bool:
        """Whether its rule is written down, line by line."""
        return bool(self.update_latex or self.parts or self.rate_latex)

    @cached_property
    def rule(self) -> Rule:
        """The rule, parsed from its lines; one without lines if it is not written down."""
        if not self.written:
            return Rule(lines=(), rate=("number", "1"))
        try:
            return read_rule(self.update_latex, self.rate_latex, {h.symbol: h.name for h in self.hyperparameters})
        except FormulaError as problem:
            raise FormulaError(f"optimizer {self.key!r}, {problem}") from None

    def build(self, params: list[Tensor], **values: float) -> torch.optim.Optimizer:
        """Create an instance of the class.

        Parameters
        ----------
        params : list of Tensor
            The weights that it updates.
        **values : float
            Every hyperparameter, by name.

        Raises
        ------
        TypeError
            If a hyperparameter is missing or unknown.
        ValueError
            If torch refuses a value.

        Examples
        --------
        >>> from optimizers import OPTIMIZERS
        >>> adam = OPTIMIZERS["adam"].build([torch.zeros(2)], lr=0.1, beta1=0.9, beta2=0.99, eps=1e-8)
        >>> adam.defaults["betas"]
        (0.9, 0.99)
        """
        if values.keys() != self.defaults.keys():
            raise TypeError(f"{self.key} takes {', '.join(self.defaults)}: got {', '.join(values) or 'nothing'}.")

        def value(argument: Argument) -> Any:
            if isinstance(argument, str):
                return values[argument]
            return tuple(values[name] for name in argument) if isinstance(argument, tuple) else argument

        return self.torch_class(params, **{keyword: value(argument) for keyword, argument in self.arguments.items()})

    def refusal(self, *, ensemble: bool = False, settings: bool = False) -> str | None:
        """Explain in one sentence why the class cannot step a walk; None if it can.

        Parameters
        ----------
        ensemble : bool
            True for an ensemble, many walks as the columns of one tensor, (2, walks); False for one walk, (2,).
        settings : bool
            Whether hyperparameters differ between the walks of the ensemble; then the rule takes the steps.

        Examples
        --------
        >>> from optimizers import OPTIMIZERS
        >>> OPTIMIZERS["adam"].refusal(ensemble=True) is None
        True
        """
        if self.needs_closure:
            return f"{self.label} evaluates the loss within its step: it cannot be stepped with a gradient alone."
        if ensemble and not self.elementwise:
            return f"{self.label} mixes the columns of a tensor: its walks cannot be stepped as one ensemble."
        if settings and not self.written:
            return f"The rule of {self.label} is not written down: its settings cannot differ within an ensemble."
        shape = (2, None) if ensemble else (2,)
        if self.shape is not None and not _fits(shape, self.shape):
            return f"{self.label} needs {_shape(self.shape)}: {_shape(shape)} cannot be stepped by it."
        return None


def _named(argument: Argument) -> tuple[str, ...]:
    """The names of hyperparameters in an argument."""
    return (argument,) if isinstance(argument, str) else argument if isinstance(argument, tuple) else ()


def _fits(shape: tuple[int | None, ...], needed: tuple[int | None, ...]) -> bool:
    return len(shape) == len(needed) and all(wanted in {None, size} for size, wanted in zip(shape, needed, strict=True))


def _shape(shape: tuple[int | None, ...]) -> str:
    lengths = ", ".join("any" if length is None else str(length) for length in shape)
    return f"the shape ({lengths}{',' if len(shape) == 1 else ''})"
