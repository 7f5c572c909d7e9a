"""Explanations of backpropagation. They know no derivative: rules run over formulas."""

from autograd.explaining.equations import Equation
from autograd.explaining.explain import explain
from autograd.explaining.explanation import Explanation, LeftOut, Step
from autograd.explaining.formulas import Derivative, Formula, Number, Operation, Symbol
from autograd.explaining.name_printing import name_parts, printable
from autograd.explaining.printing import latex, mathml, text

__all__ = [
    "Derivative",
    "Equation",
    "Explanation",
    "Formula",
    "LeftOut",
    "Number",
    "Operation",
    "Step",
    "Symbol",
    "explain",
    "latex",
    "mathml",
    "name_parts",
    "printable",
    "text",
]
