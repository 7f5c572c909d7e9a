"""Makes the files that are derived from the rules: the page of all functions, and two stubs.

`python docs/reference.py` prints docs/functions.md, `--functions` the file
autograd/functions.pyi, and `--methods` autograd/slips/methods.pyi.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sympy

from autograd import functions, rules
from autograd.numbers.domains import Interval
from autograd.primitive import PRIMITIVES, Primitive
from autograd.slips import Elsewhere
from autograd.slips.methods import Methods

_HEAD = """# All functions

Functions of `autograd`, on Values and plain numbers alike; those of one operand are methods too,
`x.tanh()`. The operators have names as well (`add`, `mul`, …). This page is made by running each
rule of [`autograd/rules.py`](../autograd/rules.py) over symbols (`python docs/reference.py`).

*Error* is the largest distance from the right number, in units in the last place of a double: of
the value, the first and the second derivatives, over floats and over compiled lanes.
[Accuracy](accuracy.md) says how it was measured, and has other engines beside it.
"""


def page() -> str:
    """docs/functions.md: every rule with its formulas, its domain and its measured error."""
    source = inspect.getsource(rules)
    errors = _errors()
    lines = [_HEAD]
    family = ""
    for primitive in PRIMITIVES.values():
        before = source.partition(f"\ndef {primitive.name}(")[0]
        # A comment at the margin with blank lines around it begins a family.
        title = re.findall(r"^\n# (.*)\n$", before, re.MULTILINE)[-1]
        if title != family:
            lines.append(f"## {title}\n")
            family = title
        lines += _entry(primitive, errors.get(primitive.name, []))
    lines.append("## Made of these\n")
    for name in functions.__all__:
        if name not in PRIMITIVES:
            lines += _composed(getattr(functions, name))
    return "\n".join(lines).rstrip() + "\n"


def _entry(primitive: Primitive, errors: list[str]) -> Iterator[str]:
    symbols = _symbols(primitive)
    result, partials, case = _over_symbols(primitive, symbols)
    call, words = _call(primitive), inspect.getdoc(primitive) or ""
    yield f"### `{call}`\n"
    if words != call:
        yield f"{words}\n"
    if value := _latex(result):
        yield f"- value{case}: ${value}$"
    slopes = [_latex(partial) for partial in partials]
    if all(slopes):
        pairs = zip(symbols, slopes, strict=True)
        yield f"- derivative {'; '.join(f'in ${_latex(x)}$: ${slope}$' for x, slope in pairs)}"
    if domain := _domain(primitive, symbols):
        yield f"- domain: {domain}"
    if errors:
        floats, _, _, compiled, *_ = errors
        yield f"- error: {floats} over floats, {compiled} over compiled lanes"
    yield ""


def _composed(function: Callable[..., Any]) -> Iterator[str]:
    parameters = inspect.signature(function).parameters.values()
    written = [x.name if x.default is x.empty else f"{x.name}={x.default}" for x in parameters]
    yield f"### `{function.__name__}({', '.join(written)})`\n"
    # Before the arguments, what it raises and the example.
    words = re.split(r"\n\n(?=Args:|Raises|>>>)", inspect.getdoc(function) or "")[0]
    yield f"{words}\n"
    items = list(sympy.symbols("x_1 x_2 x_3", real=True))
    given = [
        items if x.name == "items" else sympy.Symbol(x.name, real=True)
        for x in parameters
        if x.default is x.empty or x.default is None
    ]
    result = function(*given)
    value = "" if isinstance(result, list) else _latex(result)
    if value:
        yield f"- value: ${value}$\n"


# Longer formulas say less than words: of the largest of three numbers, a table of all ties.
_LONGEST_FORMULA = 250


def _latex(expression: Any) -> str:
    """A formula in LaTeX, choices of choices made one; "" for one that is too long to read."""
    folded = sympy.piecewise_fold(sympy.sympify(expression))
    long = [x for x in folded.free_symbols if x.name.isalpha() and len(x.name) > 1]
    names = {x: rf"\mathrm{{{x.name}}}" for x in long if x.name != "alpha"}
    text = sympy.latex(folded, symbol_names=names, fold_func_brackets=True, ln_notation=True)
    text = text.replace(r"\\", r"\\ ").replace(r"\text{for}\: ", r"\text{for }")
    return text if len(text) <= _LONGEST_FORMULA else ""


def _errors() -> dict[str, list[str]]:
    """The cells of the table of accuracy, by function."""
    table = (Path(__file__).parent / "accuracy.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.MULTILINE)
    return {name: cells.split(" | ") for name, cells in rows}


def functions_stub() -> str:
    """The text of functions.pyi: a function of a Value is a Value."""
    return "\n".join(_function_lines()) + "\n"


def methods_stub() -> str:
    """The text of methods.pyi: the methods of Value that are made of rules."""
    return "\n".join(_method_lines()) + "\n"


def _symbols(primitive: Primitive) -> list[Any]:
    names = ["x_1", "x_2", "x_3"] if primitive.takes_any_number else primitive.operand_names
    return [sympy.Symbol(name, real=True) for name in names]


def _over_symbols(primitive: Primitive, symbols: list[Any]) -> tuple[Any, tuple[Any, ...], str]:
    """The result, the partials, and which constants were not symbols, in words."""
    names = primitive.constant_names
    try:
        constants = {name: sympy.Symbol(name, real=True) for name in names}
        return *primitive.bind(**constants).evaluate(symbols), ""
    except TypeError:
        # An index must be a number.
        zeros = ", ".join(f"{name} = 0" for name in names)
        return *primitive.bind(**dict.fromkeys(names, 0)).evaluate(symbols), f" for {zeros}"


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
    chosen = [makers[name] for name in sys.argv[1:] if name in makers] or [page]
    sys.stdout.write("".join(make() for make in chosen))
