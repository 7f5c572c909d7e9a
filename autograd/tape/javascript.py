"""Programs as JavaScript, which follows IEEE 754, as the engine does."""

import importlib.resources
import math
from typing import Any

from autograd.numbers.kinds import GAMMA_FUNCTIONS
from autograd.tape.operations import COMPARISONS, FUNCTIONS, factors, is_of_python
from autograd.tape.program import Program
from autograd.tape.tape import INPUTS, PER_LANE, SHARED

_INFIX = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "logical_and": "&&",
    "logical_or": "||",
    **dict(zip(COMPARISONS, ("<", "<=", "===", "!=="), strict=True)),
}
# Functions that functions.js defines; the rest is built into JavaScript.
_OWN = {
    "mod": "mod",
    "floordiv": "floorDivide",
    "pow": "power",
    "tanh_slope": "tanhSlope",
    **{name: name for name in ("erf", "erfc")},
}
_BUILT_IN = {
    name: f"Math.{name}" for name in FUNCTIONS if name not in _OWN and name not in GAMMA_FUNCTIONS
}
_BUILT_IN |= {"maximum": "Math.max", "minimum": "Math.min"}


def javascript(program: Program, name: str = "compute") -> str:
    """The text of a JavaScript function that computes a program.

    Args:
        program: a program without lanes.
        name: the name of the function. It takes an array of the arguments and an array of the
            parameters, and returns an array of the results.

    Raises:
        ValueError: for a program with lanes.
        TypeError: for a function that browsers lack.

    >>> from autograd.tape.recording import record_outputs
    >>> from autograd.tape.tape import SHARED
    >>> program, _ = record_outputs(lambda x, y: x * y + 0.5, [], (SHARED, SHARED))
    >>> print(javascript(program).rpartition("// The program.")[2])
    <BLANKLINE>
    function compute(args, parameters) {
      const v3 = args[0] * args[1] + 0.5 * 1.0;
      return [v3];
    }
    <BLANKLINE>
    """
    if any(operation in (PER_LANE, "lanes") for operation, *_ in program.instructions):
        raise ValueError("a program with lanes can't be printed as JavaScript")
    for operation, *_ in program.instructions:
        if operation in GAMMA_FUNCTIONS or is_of_python(operation):
            raise TypeError(
                f"a browser has no {operation}, and a page computes its whole program again: show "
                "the graph by draw(), or its formulas by explain()"
            )
    names = [_name(position, *x[:2]) for position, x in enumerate(program.instructions)]
    lines = [
        f"  const {names[position]} = {_expression(operation, [names[x] for x in operands])};"
        for position, (operation, *operands) in enumerate(program.instructions)
        if operation not in INPUTS
    ]
    results = ", ".join(names[position] for position in program.results)
    body = "\n".join([*lines, f"  return [{results}];"])
    functions = importlib.resources.files("autograd.tape").joinpath("functions.js")
    text = functions.read_text(encoding="utf-8")
    return f"{text}\n// The program.\nfunction {name}(args, parameters) {{\n{body}\n}}\n"


def number(x: float) -> str:
    """A float as JavaScript writes it, with all its digits.

    >>> number(0.1), number(-math.inf)
    ('0.1', '-Infinity')
    """
    return "NaN" if math.isnan(x) else repr(x).replace("inf", "Infinity")


def _name(position: int, operation: str, entry: Any) -> str:
    """What an instruction's result is called. Inputs are written out where they are read.

    They can't be named first, since a constant may come after an instruction that reads it.
    """
    if operation == "constant":
        return number(entry)
    arrays = {SHARED: "args", "parameter": "parameters"}
    return f"{arrays[operation]}[{entry}]" if operation in arrays else f"v{position}"


def _expression(operation: str, xs: list[str]) -> str:
    if operation in _INFIX:
        return f"{xs[0]} {_INFIX[operation]} {xs[1]}"
    if operation == "neg":
        return f"-{xs[0]}"
    if operation == "where":
        return f"{xs[0]} ? {xs[1]} : {xs[2]}"
    if operation == "dot":
        return " + ".join(f"{x} * {y}" for x, y in factors(xs))
    return f"{(_OWN | _BUILT_IN)[operation]}({', '.join(xs)})"
