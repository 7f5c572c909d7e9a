"""Explanations of backpropagation. No derivative is written down here: the rules run over formulas.

`explain` cuts the graph into equations (`outline`), whose formulas and partial derivatives come
from running the rules over numbers that know their formula (`formulas`); `simplifying` makes them
short. What it says of them in order, `explanation` prints: formulas with `printing`, names with
`name_printing`, and numbers with as many digits as a line needs (`digits`).
"""

from autograd.explaining.explain import explain
from autograd.explaining.explanation import Explanation, LeftOut, Step
from autograd.explaining.formulas import (
    Derivative,
    Formula,
    Number,
    Operation,
    Symbol,
    conditions_of,
    worked_out,
)
from autograd.explaining.name_printing import name_parts, printable
from autograd.explaining.outline import Equation
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
    "conditions_of",
    "explain",
    "latex",
    "mathml",
    "name_parts",
    "printable",
    "text",
    "worked_out",
]
