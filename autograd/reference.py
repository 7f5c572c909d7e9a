"""The table of all functions, and their stub file, made from the rules.

`python -m autograd.reference` prints the table of the README,
`python -m autograd.reference --stub` the file autograd/functions.pyi.
"""

import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any

from autograd import adapted, functions
from autograd.numbers.domains import Interval, domains, is_unary, operand_names, takes_any_number
from autograd.primitive import PRIMITIVES, Primitive


def table() -> str:
    """All rules as a Markdown table: result, partials and domain by running each over symbols.

    Raises ImportError where SymPy is not installed.
    """
    if importlib.util.find_spec("sympy") is None:
        raise ImportError('the table takes SymPy: pip install "scalar-autograd[symbolic]"')
    rows = [_row(primitive) for primitive in PRIMITIVES.values()]
    head = [
        "| function | result | partial derivatives | domain | in words |",
        "|---|---|---|---|---|",
    ]
    return "\n".join(head + rows) + "\n"


def stub() -> str:
    """The text of functions.pyi: what `functions` makes of the rules, for type checkers."""
    return "\n".join(_stub_lines()) + "\n"


def _row(primitive: Primitive) -> str:
    symbols = _symbols(primitive.rule)
    result, partials = _over_symbols(primitive, symbols)
    cells = [
        f"`{_call(primitive)}`",
        f"`{result}`",
        ", ".join(f"`{partial}`" for partial in partials),
        _domain(primitive.rule, symbols),
        inspect.getdoc(primitive.rule) or "",
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _symbols(rule: Callable[..., Any]) -> list[Any]:
    import sympy

    names = ["x_1", "x_2", "x_3"] if takes_any_number(rule) else operand_names(rule)
    return [sympy.Symbol(name, real=True) for name in names]


def _over_symbols(primitive: Primitive, symbols: list[Any]) -> tuple[Any, tuple[Any, ...]]:
    import sympy

    constants = {name: sympy.Symbol(name, real=True) for name in _constants(primitive.rule)}
    try:
        return primitive.bind(**constants).evaluate(symbols)
    except TypeError:
        # An index must be a number.
        return primitive.bind(**dict.fromkeys(constants, 0)).evaluate(symbols)


def _constants(rule: Callable[..., Any]) -> list[str]:
    parameters = inspect.signature(rule).parameters.values()
    return [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]


def _defaults(rule: Callable[..., Any]) -> list[str]:
    parameters = inspect.signature(rule).parameters.values()
    return [f"{p.name}={p.default}" for p in parameters if p.kind is p.KEYWORD_ONLY]


def _call(primitive: Primitive) -> str:
    if primitive.name in vars(adapted):
        names = list(inspect.signature(getattr(adapted, primitive.name)).parameters)
    else:
        names = operand_names(primitive.rule) + _defaults(primitive.rule)
    symbol = primitive.symbol
    names = [name.partition("=")[0] for name in names] if symbol == "**" else names
    if symbol != primitive.name:
        return f"{names[0]} {symbol} {names[1]}" if len(names) == 2 else f"{symbol}{names[0]}"
    return f"{primitive.name}({', '.join(names)})"


def _domain(rule: Callable[..., Any], symbols: list[Any]) -> str:
    limited = [
        f"{interval.low} < {symbol} < {interval.high}"
        for symbol, interval in zip(symbols, domains(rule, len(symbols)), strict=True)
        if interval != Interval()
    ]
    return ", ".join(limited).replace("-inf < ", "").replace(" < inf", "")


def _stub_lines() -> Iterator[str]:
    yield "# Made by `python -m autograd.reference --stub`."
    yield "from typing import Any"
    yield ""
    for name in functions._ADAPTED:
        yield f"from autograd.adapted import {name} as {name}"
    yield "from autograd.value import Value"
    yield ""
    yield "_ADAPTED: list[str]"
    yield "__all__ = ["
    yield from (f'    "{name}",' for name in functions.__all__)
    yield "]"
    yield ""
    for name, primitive in _public_primitives():
        yield f"def {name}({_stub_signature(primitive.rule)}) -> Any:"
        yield f'    """{inspect.getdoc(primitive.rule)}"""'
    yield ""
    yield "class Methods:"
    for name, primitive in _public_primitives():
        if is_unary(primitive.rule):
            constants = "".join(f", {c}: Any = ..." for c in _constants(primitive.rule))
            yield f"    def {name}(self{', *' if constants else ''}{constants}) -> Value:"
            yield f'        """{inspect.getdoc(primitive.rule)}"""'


def _public_primitives() -> list[tuple[str, Primitive]]:
    names = [name for name in functions.__all__ if name not in functions._ADAPTED]
    return [(name, PRIMITIVES[name]) for name in names]


def _stub_signature(rule: Callable[..., Any]) -> str:
    operands = [f"{name}: Any" for name in operand_names(rule)]
    constants = [f"{name}: Any = ..." for name in _constants(rule)]
    return ", ".join(operands + (["*", *constants] if constants else []))


if __name__ == "__main__":
    try:
        sys.stdout.write(stub() if "--stub" in sys.argv[1:] else table())
    except ImportError as error:
        sys.exit(str(error))
