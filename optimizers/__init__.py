"""The optimizers: one file each, found by discovery."""

import sys

from discovery import discover
from optimizers.base import FAMILIES, OptimizerSpec
from optimizers.hyperparameter import Hyperparameter
from optimizers.part import Part

MACHINERY = ("base", "evaluate", "hyperparameter", "kernel", "part", "rule", "stability")

OPTIMIZERS = discover(sys.modules[__name__], "OPTIMIZER", OptimizerSpec, FAMILIES, machinery=MACHINERY)

__all__ = ["OPTIMIZERS", "Hyperparameter", "OptimizerSpec", "Part"]
