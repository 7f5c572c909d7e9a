"""Operations in LLVM's intermediate language, for one number or for a vector of lanes."""

import re
import struct
from functools import cache

from autograd.compiling.machine_code import LIBRARY, vector_functions, vector_width
from autograd.tape.operations import factors
from autograd.tape.program import IN_ORDER

# How many lanes are computed together: one register of AVX-512, two of AVX2, four of NEON. The C++
# files have the same number.
WIDTH = 8

# How many sums a long `dot` is: each product of a single one would have to wait for that before it.
SUMS = 4

_COMPARISON = """
{r}.is = fcmp {order} {type} {x}, {y}
{r} = uitofp {bits} {r}.is to {type}
"""
_LOGIC = """
{r}.x = fcmp une {type} {x}, {zero}
{r}.y = fcmp une {type} {y}, {zero}
{r}.is = {order} {bits} {r}.x, {r}.y
{r} = uitofp {bits} {r}.is to {type}
"""
# A nan on either side stays nan. Equal numbers have the same bits, except for the sign of zero: the
# maximum is -0.0 if both are, the minimum if either is.
_EXTREME = """
{r}.above = fcmp {order} {type} {x}, {y}
{r}.nan = fcmp uno {type} {x}, {x}
{r}.is = or {bits} {r}.above, {r}.nan
{r}.one = select {bits} {r}.is, {type} {x}, {type} {y}
{r}.x = bitcast {type} {x} to {integers}
{r}.y = bitcast {type} {y} to {integers}
{r}.both = {join} {integers} {r}.x, {r}.y
{r}.tie = bitcast {integers} {r}.both to {type}
{r}.equal = fcmp oeq {type} {x}, {y}
{r} = select {bits} {r}.equal, {type} {r}.tie, {type} {r}.one
"""

# Operations on x, y and z, with the result r. Any operation that is not here is a function call.
_OPERATIONS = {
    "add": "{r} = fadd {type} {x}, {y}",
    "sub": "{r} = fsub {type} {x}, {y}",
    "mul": "{r} = fmul contract {type} {x}, {y}",
    "div": "{r} = fdiv {type} {x}, {y}",
    "neg": "{r} = fneg {type} {x}",
    "less": _COMPARISON.replace("{order}", "olt"),
    "less_equal": _COMPARISON.replace("{order}", "ole"),
    "equal": _COMPARISON.replace("{order}", "oeq"),
    "not_equal": _COMPARISON.replace("{order}", "une"),
    "logical_and": _LOGIC.replace("{order}", "and"),
    "logical_or": _LOGIC.replace("{order}", "or"),
    "maximum": _EXTREME.replace("{order}", "ogt").replace("{join}", "and"),
    "minimum": _EXTREME.replace("{order}", "olt").replace("{join}", "or"),
    "abs": "{r} = call {type} @llvm.fabs.{suffix}({type} {x})",
    "sqrt": "{r} = call {type} @llvm.sqrt.{suffix}({type} {x})",
    "floor": "{r} = call {type} @llvm.floor.{suffix}({type} {x})",
    "where": """
{r}.is = fcmp une {type} {x}, {zero}
{r} = select {bits} {r}.is, {type} {y}, {type} {z}
""",
    "sign": """
{r}.above = fcmp ogt {type} {x}, {zero}
{r}.below = fcmp olt {type} {x}, {zero}
{r}.rest = select {bits} {r}.below, {type} {minus_one}, {type} {x}
{r} = select {bits} {r}.above, {type} {one}, {type} {r}.rest
""",
    # With v = sign(x) * (exp(2 * |x|) - 1), tanh(|x|) is |v| / (|v| + 2), and from 1e17 on it is 1.
    "expm1_of_twice": """
{r}.size = call {type} @llvm.fabs.{suffix}({type} {x})
{r}.twice = fadd {type} {r}.size, {r}.size
{r}.v = call {type} @expm1{ending}({type} {r}.twice)
{r} = call {type} @llvm.copysign.{suffix}({type} {r}.v, {type} {x})
""",
    "tanh_of_expm1": """
{r}.size = call {type} @llvm.fabs.{suffix}({type} {x})
{r}.sum = fadd {type} {r}.size, {two}
{r}.part = fdiv {type} {four}, {r}.sum
{r}.quarter = fmul {type} {r}.size, {quarter}
{r}.small = fmul {type} {r}.quarter, {r}.part
{r}.is = fcmp ogt {type} {r}.size, {large}
{r}.tanh = select {bits} {r}.is, {type} {one}, {type} {r}.small
{r} = call {type} @llvm.copysign.{suffix}({type} {r}.tanh, {type} {x})
""",
    # 1 - tanh(x) ** 2 is 4 * (|v| + 1) / (|v| + 2) ** 2: with p = 4 / (|v| + 2), at most 2, that is
    # p * (1 - p / 4), in which nothing cancels. 1 / (|v| + 2) could be a subnormal float.
    "tanh_slope_of_expm1": """
{r}.size = call {type} @llvm.fabs.{suffix}({type} {x})
{r}.sum = fadd {type} {r}.size, {two}
{r}.part = fdiv {type} {four}, {r}.sum
{r}.quarter = fmul {type} {r}.part, {quarter}
{r}.rest = fsub {type} {one}, {r}.quarter
{r} = fmul {type} {r}.part, {r}.rest
""",
    # As for Python's floats: the remainder has the sign of y, and the quotient matches it.
    "mod": """
{r}.r = call {type} @fmod{ending}({type} {x}, {type} {y})
{r}.below = fcmp olt {type} {r}.r, {zero}
{r}.negative = fcmp olt {type} {y}, {zero}
{r}.differ = xor {bits} {r}.below, {r}.negative
{r}.shifted = fadd {type} {r}.r, {y}
{r}.moved = select {bits} {r}.differ, {type} {r}.shifted, {type} {r}.r
{r}.zero = fcmp oeq {type} {r}.r, {zero}
{r}.signed = call {type} @llvm.copysign.{suffix}({type} {zero}, {type} {y})
{r} = select {bits} {r}.zero, {type} {r}.signed, {type} {r}.moved
""",
    "floordiv": """
{r}.r = call {type} @fmod{ending}({type} {x}, {type} {y})
{r}.difference = fsub {type} {x}, {r}.r
{r}.whole = fdiv {type} {r}.difference, {y}
{r}.nonzero = fcmp une {type} {r}.r, {zero}
{r}.below = fcmp olt {type} {r}.r, {zero}
{r}.negative = fcmp olt {type} {y}, {zero}
{r}.differ = xor {bits} {r}.below, {r}.negative
{r}.one.less = and {bits} {r}.nonzero, {r}.differ
{r}.less = fsub {type} {r}.whole, {one}
{r}.quotient = select {bits} {r}.one.less, {type} {r}.less, {type} {r}.whole
{r}.floor = call {type} @llvm.floor.{suffix}({type} {r}.quotient)
{r}.gap = fsub {type} {r}.quotient, {r}.floor
{r}.low = fcmp ogt {type} {r}.gap, {half}
{r}.above = fadd {type} {r}.floor, {one}
{r}.nearest = select {bits} {r}.low, {type} {r}.above, {type} {r}.floor
{r}.plain = fdiv {type} {x}, {y}
{r}.none = fcmp oeq {type} {r}.quotient, {zero}
{r}.signed = call {type} @llvm.copysign.{suffix}({type} {zero}, {type} {r}.plain)
{r}.rounded = select {bits} {r}.none, {type} {r}.signed, {type} {r}.nearest
{r}.zero = fcmp oeq {type} {y}, {zero}
{r} = select {bits} {r}.zero, {type} {r}.plain, {type} {r}.rounded
""",
}


def literal(number: float) -> str:
    """A double by its bits, so that nan, infinities and the sign of 0 are kept.

    >>> literal(1.0)
    '0x3FF0000000000000'
    """
    return f"0x{struct.unpack('<Q', struct.pack('<d', number))[0]:016X}"


class Vectors:
    """The text of operations on vectors of `width` doubles, or on doubles if it is 1."""

    def __init__(self, width: int):
        self.width = width
        self.type = f"<{width} x double>" if width > 1 else "double"
        self.bits = f"<{width} x i1>" if width > 1 else "i1"
        self.suffix = f"v{width}f64" if width > 1 else "f64"
        # The suffix of the names of functions that are called.
        self._ending = f".{width}" if width > 1 else ""
        words = {
            "type": self.type,
            "bits": self.bits,
            "integers": self.type.replace("double", "i64"),
            "suffix": self.suffix,
            "ending": self._ending,
            "zero": self.splat(0.0),
            "half": self.splat(0.5),
            "one": self.splat(1.0),
            "minus_one": self.splat(-1.0),
            "quarter": self.splat(0.25),
            "two": self.splat(2.0),
            "four": self.splat(4.0),
            "large": self.splat(1e17),
        }
        # The operations with these words filled in: only the names of numbers are left open.
        names = {"r": "{r}", "x": "{x}", "y": "{y}", "z": "{z}"}
        self._operations = {
            operation: text.strip().format(**names, **words)
            for operation, text in _OPERATIONS.items()
        }

    def splat(self, number: float) -> str:
        """A constant, the same in every lane."""
        text = literal(number)
        return text if self.width == 1 else f"<{', '.join([f'double {text}'] * self.width)}>"

    def broadcast(self, name: str, number: str) -> list[str]:
        """A double in every lane."""
        kind, width = self.type, self.width
        return [
            f"{name}.first = insertelement {kind} poison, double {number}, i64 0",
            f"{name} = shufflevector {kind} {name}.first, {kind} poison, "
            f"<{width} x i32> zeroinitializer",
        ]

    def lines(self, name: str, operation: str, *xs: str) -> list[str]:
        """The instructions that compute an operation on numbers, and name the result."""
        if operation == "dot":
            return self.dot(name, factors(xs))
        text = self._operations.get(operation)
        if text is not None:
            operands = dict(zip("xyz", xs, strict=False))
            return text.format(r=name, **operands).split("\n")
        given = ", ".join(f"{self.type} {x}" for x in xs)
        return [f"{name} = call {self.type} @{operation}{self._ending}({given})"]

    def calls(self, operation: str) -> bool:
        """Whether an operation calls a function of a library, less exact on vectors perhaps."""
        text = self._operations.get(operation, "@")
        return operation != "dot" and bool(re.search(r"@(?!llvm)", text))

    def dot(self, name: str, products: list[tuple[str, str]]) -> list[str]:
        """The instructions that add products, and name the result."""
        lines: list[str] = []

        def add(x: str, y: str) -> str:
            lines.append(f"{name}.{len(lines)} = fadd contract {self.type} {x}, {y}")
            return f"{name}.{len(lines) - 1}"

        one = self.splat(1.0)
        count = 1 if len(products) <= IN_ORDER else SUMS
        sums: list[str] = []
        for i, (x, y) in enumerate(products):
            if y != one:
                lines.append(f"{name}.p{i} = fmul contract {self.type} {x}, {y}")
                x = f"{name}.p{i}"
            if i < count:
                sums.append(x)
            else:
                sums[i % count] = add(sums[i % count], x)
        while len(sums) > 1:
            sums = [add(x, y) for x, y in zip(sums[::2], sums[1::2], strict=True)]
        # The last sum is the result.
        *rest, last = lines
        return [*rest, f"{name} ={last.partition('=')[2]}"]

    def library(self, text: str) -> str:
        """The text of the vector functions that a module with this text calls."""
        called = set(re.findall(rf"@(\w+){re.escape(self._ending)}\(", text))
        return "\n".join(
            self._in_parts(name, count)
            if name in vector_functions()
            else self._lane_by_lane(name, count)
            for name, count in LIBRARY.items()
            if name in called
        )

    def _in_parts(self, function: str, count: int) -> str:
        """A vector function that calls one of as many lanes as a register of the processor has."""
        kind, width = self.type, vector_width()
        part = f"<{width} x double>"
        symbol = vector_functions()[function]
        operands = [f"%x{i}" for i in range(count)]
        lines = [
            f"declare {part} @{symbol}({', '.join([part] * count)})",
            f"define internal {kind} @{function}{self._ending}"
            f"({', '.join(f'{kind} {x}' for x in operands)}) {{",
        ]
        last = self.width // width - 1
        for i in range(last + 1):
            for x in operands:
                lines.append(
                    f"{x}.{i} = shufflevector {kind} {x}, {kind} poison, {_lanes(i * width, width)}"
                )
            numbers = ", ".join(f"{part} {x}.{i}" for x in operands)
            lines.append(f"%y{i} = call {part} @{symbol}({numbers})")
        return "\n".join(
            [
                *lines,
                # If there is only one part, these are its lanes.
                f"%y = shufflevector {part} %y0, {part} %y{last}, {_lanes(0, self.width)}",
                f"ret {kind} %y\n}}",
            ]
        )

    def _lane_by_lane(self, function: str, count: int) -> str:
        """A vector function that calls a function of one double for each lane."""
        kind = self.type
        operands = [f"%x{i}" for i in range(count)]
        given = ", ".join(f"{kind} {x}" for x in operands)
        lines = [f"define internal {kind} @{function}{self._ending}({given}) {{"]
        result = "poison"
        for lane in range(self.width):
            for x in operands:
                lines.append(f"{x}.{lane} = extractelement {kind} {x}, i64 {lane}")
            numbers = ", ".join(f"double {x}.{lane}" for x in operands)
            lines.append(f"%y{lane} = call double @{function}({numbers})")
            lines.append(f"%r{lane} = insertelement {kind} {result}, double %y{lane}, i64 {lane}")
            result = f"%r{lane}"
        return "\n".join([*lines, f"ret {kind} {result}", "}"])


def _lanes(first: int, count: int) -> str:
    """The lanes that a shuffle takes, as LLVM writes them."""
    return f"<{count} x i32> <{', '.join(f'i32 {first + lane}' for lane in range(count))}>"


# SCALAR is for what runs once, VECTOR for what runs in lanes.
SCALAR, VECTOR = Vectors(1), Vectors(WIDTH)


@cache
def declarations() -> str:
    """The declarations that every module begins with."""
    intrinsics = {"fabs": 1, "sqrt": 1, "floor": 1, "copysign": 2}
    functions = [(name, "double", count) for name, count in LIBRARY.items()]
    for vectors in (SCALAR, VECTOR):
        for name, count in intrinsics.items():
            functions.append((f"llvm.{name}.{vectors.suffix}", vectors.type, count))
    return "\n".join(
        f"declare {kind} @{name}({', '.join([kind] * count)})" for name, kind, count in functions
    )
