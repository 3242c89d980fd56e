"""Formulas as trees: the nodes, the grammar of what a visitor types, the one evaluator, and how they are written."""

from formulas.evaluate import Value, evaluate
from formulas.nodes import FormulaError, Node, meanings

__all__ = ["FormulaError", "Node", "Value", "evaluate", "meanings"]
