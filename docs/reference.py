"""Makes the files that are derived from the rules: the table of functions, and two stubs.

`python docs/reference.py` prints the table of the README, `--functions` the file
autograd/functions.pyi, and `--methods` autograd/methods.pyi.
"""

import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any

import sympy

from autograd import functions
from autograd.methods import Methods
from autograd.numbers.domains import Interval
from autograd.primitive import PRIMITIVES, Primitive
from autograd.slips import Elsewhere

# The functions that are composed of others, and have no rule.
COMPOSED = [name for name in functions.WRITTEN if name not in PRIMITIVES]


def table() -> str:
    """All rules as a Markdown table, with results and partials from running each over symbols."""
    rows = [_row(primitive) for primitive in PRIMITIVES.values()]
    rows += [_composed_row(name) for name in COMPOSED]
    head = [
        "| function | result | partial derivatives | domain | in words |",
        "|---|---|---|---|---|",
    ]
    return "\n".join(head + rows) + "\n"


def functions_stub() -> str:
    """The text of functions.pyi: a function of a Value is a Value."""
    return "\n".join(_function_lines()) + "\n"


def methods_stub() -> str:
    """The text of methods.pyi: the methods of Value that are made of rules."""
    return "\n".join(_method_lines()) + "\n"


def _row(primitive: Primitive) -> str:
    symbols = _symbols(primitive)
    result, partials = _over_symbols(primitive, symbols)
    cells = [
        f"`{_call(primitive)}`",
        f"`{result}`",
        ", ".join(f"`{partial}`" for partial in partials),
        _domain(primitive, symbols),
        inspect.getdoc(primitive) or "",
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _composed_row(name: str) -> str:
    """The row of a function that is composed of others."""
    function = getattr(functions, name)
    parameters = inspect.signature(function).parameters
    given = [
        list(sympy.symbols("x_1 x_2 x_3", real=True))
        if x == "items"
        else sympy.Symbol(x, real=True)
        for x, p in parameters.items()
        if p.default is p.empty or p.default is None
    ]
    names = [
        x if p.default in (p.empty, None) else f"{x}={p.default}" for x, p in parameters.items()
    ]
    words = (inspect.getdoc(function) or "").splitlines()[0]
    return f"| `{name}({', '.join(names)})` | `{function(*given)}` |  |  | {words} |"


def _symbols(primitive: Primitive) -> list[Any]:
    names = ["x_1", "x_2", "x_3"] if primitive.takes_any_number else primitive.operand_names
    return [sympy.Symbol(name, real=True) for name in names]


def _over_symbols(primitive: Primitive, symbols: list[Any]) -> tuple[Any, tuple[Any, ...]]:
    constants = {name: sympy.Symbol(name, real=True) for name in primitive.constant_names}
    try:
        return primitive.bind(**constants).evaluate(symbols)
    except TypeError:
        # An index must be a number.
        return primitive.bind(**dict.fromkeys(constants, 0)).evaluate(symbols)


def _call(primitive: Primitive) -> str:
    called = primitive
    if primitive.name in functions.WRITTEN:
        called = getattr(functions, primitive.name)
    parameters = inspect.signature(called).parameters
    symbol = primitive.symbol
    if symbol != primitive.name:
        names = list(parameters)
        return f"{names[0]} {symbol} {names[1]}" if len(names) == 2 else f"{symbol}{names[0]}"
    written = [
        f"{name}={p.default}" if p.kind is p.KEYWORD_ONLY else name
        for name, p in parameters.items()
    ]
    return f"{primitive.name}({', '.join(written)})"


def _domain(primitive: Primitive, symbols: list[Any]) -> str:
    limited = [
        f"{interval.low} < {symbol} < {interval.high}"
        for symbol, interval in zip(symbols, primitive.domains(len(symbols)), strict=True)
        if interval != Interval()
    ]
    return ", ".join(limited).replace("-inf < ", "").replace(" < inf", "")


def _function_lines() -> Iterator[str]:
    yield "# Made by `python docs/reference.py --functions`."
    yield "from collections.abc import Iterable"
    yield "from typing import Any, overload"
    yield ""
    yield "from autograd.value import Value"
    yield ""
    yield "WRITTEN: tuple[str, ...]"
    yield "__all__ = ["
    yield from (f'    "{name}",' for name in functions.__all__)
    yield "]"
    for name in functions.__all__:
        yield ""
        yield from _overloads(name, getattr(functions, name))


# Operands that are not differentiated.
_CHOICES = ("condition", "index")


def _overloads(name: str, function: Callable[..., Any]) -> Iterator[str]:
    parameters = inspect.signature(function).parameters
    types = dict.fromkeys(parameters, "Any")
    for x, parameter in parameters.items():
        if "Iterable" in str(parameter.annotation):
            types[x] = "Iterable[Any]"
    operands = [
        x for x, p in parameters.items() if p.kind is not p.KEYWORD_ONLY and x not in _CHOICES
    ]
    for index, operand in enumerate(operands):
        given = types | {operand: types[operand].replace("Any", "Value")}
        yield "@overload"
        yield f"def {name}({_stub_signature(parameters, given)}) -> Value:"
        yield from _docstring(function) if index == 0 else ["    ..."]
    yield "@overload"
    yield f"def {name}({_stub_signature(parameters, types)}) -> Any: ..."


def _stub_signature(parameters: Any, types: dict[str, str]) -> str:
    parts = []
    for name, parameter in parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        default = " = ..." if parameter.default is not parameter.empty else ""
        default = " = ..." if parameter.kind is parameter.KEYWORD_ONLY else default
        parts.append(f"{name}: {types[name]}{default}")
    return ", ".join(parts)


def _docstring(function: Any) -> Iterator[str]:
    lines = (inspect.getdoc(function) or "").splitlines()
    lines[0] = f'"""{lines[0]}'
    lines[-1] += '"""' if len(lines) == 1 else ""
    yield from (f"    {line}".rstrip() for line in lines)
    if len(lines) > 1:
        yield '    """'


def _method_lines() -> Iterator[str]:
    yield "# Made by `python docs/reference.py --methods`."
    yield "from typing import Any"
    yield ""
    yield "from autograd.value import Value"
    yield ""
    yield "class Methods:"
    for name in functions.__all__:
        primitive = PRIMITIVES.get(name)
        if primitive and primitive.is_unary:
            constants = "".join(f", {c}: Any = ..." for c in primitive.constant_names)
            yield f"    def {name}(self{', *' if constants else ''}{constants}) -> Value:"
            yield from (f"    {line}".rstrip() for line in _docstring(primitive))
    for name, member in vars(Methods).items():
        if name[0] == "_" or isinstance(member, Elsewhere):
            continue
        function = member.fget if isinstance(member, property) else member
        returned = inspect.get_annotations(function, eval_str=True)["return"]
        if isinstance(member, property):
            yield "    @property"
        yield f"    def {name}(self) -> {getattr(returned, '__name__', returned)}:"
        yield from (f"    {line}".rstrip() for line in _docstring(function))


if __name__ == "__main__":
    makers = {"--functions": functions_stub, "--methods": methods_stub}
    chosen = [makers[name] for name in sys.argv[1:] if name in makers] or [table]
    sys.stdout.write("".join(make() for make in chosen))
