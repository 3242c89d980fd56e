"""Who walks: one file per optimizer, found by discovery."""

import sys

from discovery import discover
from optimizers.base import FAMILIES, Hyperparameter, OptimizerSpec, Part

OPTIMIZERS = discover(sys.modules[__name__], "OPTIMIZER", OptimizerSpec, FAMILIES, besides=("base", "kernel"))

__all__ = ["OPTIMIZERS", "Hyperparameter", "OptimizerSpec", "Part"]
