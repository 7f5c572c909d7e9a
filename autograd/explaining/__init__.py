"""Walk-throughs of backpropagation. They know no derivative: rules run over formulas."""

from autograd.explaining.explanation import Explanation, explain
from autograd.explaining.steps import LeftOut, Step

__all__ = ["Explanation", "LeftOut", "Step", "explain"]
