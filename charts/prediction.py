"""A model as data for the browser: its examples, and its prediction as a list of operations.

The browser draws the model at the weights of every run, in every frame. It computes the prediction from the same torch
code as the loss: ``predict`` is traced once, and each operation of the trace becomes one entry of a list.
"""

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

import torch
from pydantic import BaseModel, ConfigDict
from torch import fx
from torch.fx.experimental.proxy_tensor import make_fx

from charts.network_data import network_facts
from surfaces import Landscape, Model

OperationName = Literal[
    "constant",
    "add",
    "sub",
    "mul",
    "div",
    "neg",
    "pow",
    "exp",
    "expm1",
    "log",
    "log1p",
    "sqrt",
    "tanh",
    "sigmoid",
    "sin",
    "cos",
    "atan",
    "abs",
    "sign",
    "maximum",
    "minimum",
    "gt",
    "ge",
    "lt",
    "le",
    "eq",
    "where",
]


class Operation(BaseModel):
    """One operation, element by element.

    Parameters
    ----------
    name : OperationName
        As torch has it. Comparisons give 1 or 0.
    of : tuple of int
        The numbers of the values that it is applied to, in torch's order.
    number : float or None
        The value of a constant.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: OperationName
    of: tuple[int, ...] = ()
    number: float | None = None


class Program(BaseModel):
    """A prediction as a list of operations.

    Values have numbers: 0 and 1 are the weights x and y, then come the inputs, then the result of each operation.

    Parameters
    ----------
    operations : tuple of Operation
        In an order in which each can be computed from values before it.
    result : int
        The number of the value that the model predicts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    operations: tuple[Operation, ...]
    result: int


_aten = torch.ops.aten
# Those that torch and the browser compute alike.
_SAME: Mapping[Any, OperationName] = {
    _aten.add.Tensor: "add",
    _aten.sub.Tensor: "sub",
    _aten.mul.Tensor: "mul",
    _aten.div.Tensor: "div",
    _aten.neg.default: "neg",
    _aten.pow.Tensor_Scalar: "pow",
    _aten.pow.Tensor_Tensor: "pow",
    _aten.pow.Scalar: "pow",
    _aten.exp.default: "exp",
    _aten.expm1.default: "expm1",
    _aten.log.default: "log",
    _aten.log1p.default: "log1p",
    _aten.sqrt.default: "sqrt",
    _aten.tanh.default: "tanh",
    _aten.sigmoid.default: "sigmoid",
    _aten.sin.default: "sin",
    _aten.cos.default: "cos",
    _aten.atan.default: "atan",
    _aten.abs.default: "abs",
    _aten.sign.default: "sign",
    _aten.maximum.default: "maximum",
    _aten.minimum.default: "minimum",
    _aten.where.self: "where",
    _aten.gt.Scalar: "gt",
    _aten.gt.Tensor: "gt",
    _aten.ge.Scalar: "ge",
    _aten.ge.Tensor: "ge",
    _aten.lt.Scalar: "lt",
    _aten.lt.Tensor: "lt",
    _aten.le.Scalar: "le",
    _aten.le.Tensor: "le",
    _aten.eq.Scalar: "eq",
    _aten.eq.Tensor: "eq",
}
_TO_TYPE = torch.ops.aten._to_copy.default  # noqa: SLF001 - the name that torch gives it
# Those that give their first argument.
_COPIES = {_TO_TYPE, _aten.lift_fresh_copy.default, _aten.clone.default, _aten.detach.default, _aten.alias.default}
# What an operation may say about the tensor that it makes, without any effect on the numbers.
_PLACES = {"pin_memory", "layout", "device", "memory_format", "dtype"}


def program_of(key: str, model: Model) -> Program:
    """Trace a model's prediction.

    Parameters
    ----------
    key : str
        The landscape's key, for messages.
    model : Model
        Its ``predict`` is called once.

    Raises
    ------
    ValueError
        If the prediction has an operation that the browser does not know; the message names it.
    """
    inputs = len(model.dataset.inputs)
    sample = torch.ones(3, dtype=torch.float64), torch.ones(3, dtype=torch.float64)
    graph = make_fx(model.predict)(*sample, torch.ones(inputs, 3, dtype=torch.float64))
    graph.graph.eliminate_dead_code()
    return _Writer(key, inputs, graph).program()


class _Value(NamedTuple):
    """A value by its number; a plain number among the arguments of an operation is a constant."""

    number: int


class _Writer:
    """Writes the operations of one trace."""

    def __init__(self, key: str, inputs: int, trace: fx.GraphModule) -> None:
        self._key = key
        self._trace = trace
        self._inputs = [_Value(2 + place) for place in range(inputs)]
        self._operations: list[Operation] = []
        self._values: dict[fx.Node, _Value] = {}
        self._tables: list[fx.Node] = []  # nodes that hold all inputs

    def program(self) -> Program:
        """Write every node of the trace."""
        x, y, inputs = self._trace.graph.find_nodes(op="placeholder")
        self._values |= {x: _Value(0), y: _Value(1)}
        self._tables.append(inputs)
        for node in self._trace.graph.nodes:
            if node.op == "get_attr":
                self._values[node] = self.value(float(getattr(self._trace, node.target)))
            elif node.op == "call_function":
                self._call(node)
        (end,) = self._trace.graph.find_nodes(op="output")
        return Program(operations=tuple(self._operations), result=self.value(end.args[0]).number)

    def apply(self, name: OperationName, *args: Any) -> _Value:
        """Write an operation with its constants."""
        return self._write(Operation(name=name, of=tuple(self.value(arg).number for arg in args)))

    def value(self, arg: Any) -> _Value:
        """The value that an argument stands for; a number becomes a constant."""
        if isinstance(arg, _Value):
            return arg
        if isinstance(arg, fx.Node):
            if arg not in self._values:
                raise ValueError(
                    f"landscape {self._key!r}: predict must read inputs one by one, as inputs[0]: got all at once."
                )
            return self._values[arg]
        if not math.isfinite(arg):
            raise ValueError(f"landscape {self._key!r}: a number in predict must be finite: got {arg}.")
        return self._write(Operation(name="constant", number=float(arg)))

    def _call(self, node: fx.Node) -> None:
        target: Any = node.target
        args: tuple[Any, ...] = node.args
        if target is _aten.unbind.int and args == (self._tables[0],):
            self._tables.append(node)
        elif target is _aten.select.int and args[:2] == (self._tables[0], 0):
            self._values[node] = self._inputs[args[2]]
        elif target is operator.getitem and args[0] in self._tables:
            self._values[node] = self._inputs[args[1]]
        elif not _keeps_numbers(node) or target not in {*_SAME, *_COPIES, *_MADE}:
            raise self._unknown(node)
        elif target in _SAME:
            self._values[node] = self.apply(_SAME[target], *args)
        elif target in _COPIES:
            self._values[node] = self.value(args[0])
        else:
            self._values[node] = _MADE[target](self, *args)

    def _write(self, operation: Operation) -> _Value:
        self._operations.append(operation)
        return _Value(1 + len(self._inputs) + len(self._operations))

    def _unknown(self, node: fx.Node) -> ValueError:
        return ValueError(
            f"landscape {self._key!r}: predict must consist of operations that the browser knows: got {node.target} "
            f"with {dict(node.kwargs) or 'no options'}. Use {', '.join(sorted({*_SAME.values()}))}."
        )


def _clamp(write: _Writer, of: Any, low: float | None = None, high: float | None = None) -> _Value:
    above = write.value(of) if low is None else write.apply("maximum", of, low)
    return above if high is None else write.apply("minimum", above, high)


def _softplus(write: _Writer, of: Any) -> _Value:
    """As torch computes it: above 20 it is the number itself."""
    curved = write.apply("log1p", write.apply("exp", of))
    return write.apply("where", write.apply("gt", of, 20.0), of, curved)


# Those that the browser computes as several of the above.
_MADE: Mapping[Any, Callable[..., _Value]] = {
    _aten.relu.default: lambda write, of: write.apply("maximum", of, 0.0),
    _aten.reciprocal.default: lambda write, of: write.apply("div", 1.0, of),
    _aten.rsub.Scalar: lambda write, of, minuend: write.apply("sub", minuend, of),
    _aten.clamp.default: _clamp,
    _aten.softplus.default: _softplus,
    _aten.zeros_like.default: lambda write, _: write.value(0.0),
    _aten.ones_like.default: lambda write, _: write.value(1.0),
    _aten.full_like.default: lambda write, _, number: write.value(number),
    _aten.scalar_tensor.default: lambda write, number: write.value(number),
}


def _keeps_numbers(node: fx.Node) -> bool:
    """Whether the options of an operation change none of its numbers, as ``alpha`` and types of fewer digits do."""
    options = dict(node.kwargs)
    if node.target is _TO_TYPE and options.get("dtype", torch.float64) is not torch.float64:
        return False
    return options.keys() <= _PLACES


def model_facts(landscape: Landscape) -> dict[str, Any] | None:
    """The data and the model of a landscape for the browser (``components.browser_data.ModelFacts``); None without one.

    Raises
    ------
    ValueError
        If the model cannot be drawn; the message says why.
    """
    if landscape.embedding is not None:
        return network_facts(landscape.embedding)
    model, examples = landscape.model, landscape.examples
    if model is None or examples is None:
        return None
    dataset = model.dataset
    if len(dataset.inputs) > 1 and model.boundary is None:
        raise ValueError(
            f"landscape {landscape.key!r}: a model with two inputs is drawn as the boundary between its classes: "
            "boundary must be a number: got None."
        )
    facts = {name: getattr(dataset, name) for name in ("name", "row", "source", "license", "rows")}
    facts["axes"] = [axis.model_dump(mode="json") for axis in dataset.axes]
    facts |= {"shift": examples.shift.tolist(), "unit": examples.unit.tolist()}
    facts |= {name: getattr(model, name) for name in ("weights", "input_scale", "target_scale", "boundary")}
    return facts | {"program": program_of(landscape.key, model).model_dump(mode="json"), "network": None}
