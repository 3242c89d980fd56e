"""TorchScript, which is deprecated, without its warning; graphs of operations become ScriptModules."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor


@contextmanager
def torchscript() -> Iterator[None]:
    """Silence the warning that TorchScript is deprecated.

    Its successors need a C++ compiler on the server. Without TorchScript everything works, only slower.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=r".*torch\.jit\..* is (deprecated|not supported)", category=DeprecationWarning
        )
        yield


def trace_graph(graph: torch.fx.GraphModule, example: tuple[Tensor, ...]) -> torch.jit.ScriptModule:
    """Trace a graph of operations, without powers of one, which the derivative of a square leaves.

    Parameters
    ----------
    graph : torch.fx.GraphModule
        The graph; it is changed.
    example : tuple of Tensor
        Arguments of the graph.
    """
    for node in graph.graph.find_nodes(op="call_function", target=torch.ops.aten.pow.Tensor_Scalar):
        if node.args[1] == 1:
            node.replace_all_uses_with(node.args[0])
    graph.graph.eliminate_dead_code()
    graph.recompile()
    with torchscript(), torch.inference_mode():
        return torch.jit.trace(graph.eval(), example, check_trace=False)  # type: ignore[no-any-return,no-untyped-call]
