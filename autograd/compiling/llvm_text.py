"""Operations in LLVM's intermediate language, for one number or for a vector of lanes."""

import itertools
import re
import struct
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TypeVar

from autograd.compiling.machine_code import LIBRARY, vector_functions, vector_width
from autograd.tape.operations import factors
from autograd.tape.program import IN_ORDER

_Number = TypeVar("_Number")

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
{r}.is = {order} {bits} {x}, {y}
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
# The remainder, which has the sign of x, and whether y has another sign.
_REMAINDER = """
{r}.r = call {type} @fmod{ending}({type} {x}, {type} {y})
{r}.below = fcmp olt {type} {r}.r, {zero}
{r}.negative = fcmp olt {type} {y}, {zero}
{r}.differ = xor {bits} {r}.below, {r}.negative
"""

# How many of the first operands of an operation are conditions: bits, not numbers.
_CONDITIONS = {"where": 1, "logical_and": 2, "logical_or": 2}

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
    "where": "{r} = select {bits} {x}, {type} {y}, {type} {z}",
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
    "mod": _REMAINDER
    + """
{r}.shifted = fadd {type} {r}.r, {y}
{r}.moved = select {bits} {r}.differ, {type} {r}.shifted, {type} {r}.r
{r}.zero = fcmp oeq {type} {r}.r, {zero}
{r}.signed = call {type} @llvm.copysign.{suffix}({type} {zero}, {type} {y})
{r} = select {bits} {r}.zero, {type} {r}.signed, {type} {r}.moved
""",
    "floordiv": _REMAINDER
    + """
{r}.difference = fsub {type} {x}, {r}.r
{r}.whole = fdiv {type} {r}.difference, {y}
{r}.nonzero = fcmp une {type} {r}.r, {zero}
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


class Body:
    """The body of a function: instructions, line by line.

    Attributes:
        conditions: the names of numbers that are 1 or 0 by a condition. That of %x is %x.is.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.conditions: set[str] = set()

    def result(self, instruction: str) -> str:
        """Writes an instruction, and returns the name of its result."""
        name = self.next_name()
        self.lines.append(f"{name} = {instruction}")
        return name

    def shuffle(self, kind: str, one: str, other: str, lanes: Iterable[int]) -> str:
        """Writes a vector of some lanes of two vectors, and returns its name."""
        taken = [f"i32 {lane}" for lane in lanes]
        mask = f"<{len(taken)} x i32> <{', '.join(taken)}>"
        return self.result(f"shufflevector {kind} {one}, {kind} {other}, {mask}")

    def next_name(self) -> str:
        """The name of what the next line computes."""
        return f"%t{len(self.lines)}"


class Vectors:
    """The text of operations on vectors of `width` doubles, or on doubles if it is 1."""

    def __init__(self, width: int):
        self.width = width
        self.type = f"<{width} x double>" if width > 1 else "double"
        self.bits = f"<{width} x i1>" if width > 1 else "i1"
        self.suffix = f"v{width}f64" if width > 1 else "f64"
        # The suffix of the names of functions that are called.
        self._ending = f".{width}" if width > 1 else ""
        # What is filled into the texts of operations, beside the names of numbers.
        self._words = {
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

    def splat(self, number: float) -> str:
        """A constant, the same in every lane."""
        text = literal(number)
        return text if self.width == 1 else f"splat (double {text})"

    def broadcast(self, body: Body, number: str) -> str:
        """Writes a double in every lane, and returns its name."""
        first = self.vector_of(body, [number])
        return body.shuffle(self.type, first, "poison", [0] * self.width)

    def vector_of(self, body: Body, numbers: Iterable[str]) -> str:
        """Writes a vector of numbers, and returns its name."""
        vector = "poison"
        for lane, number in enumerate(numbers):
            operands = f"{self.type} {vector}, double {number}, i64 {lane}"
            vector = body.result(f"insertelement {operands}")
        return vector

    def lanes_of(self, body: Body, vector: str) -> list[str]:
        """Writes the numbers of a vector, and returns their names."""
        return [self.lane_of(body, vector, lane) for lane in range(self.width)]

    def lane_of(self, body: Body, vector: str, lane: int) -> str:
        """Writes one number of a vector, and returns its name."""
        return body.result(f"extractelement {self.type} {vector}, i64 {lane}")

    def write(
        self,
        body: Body,
        operation: str,
        xs: Sequence[_Number],
        read: Callable[[_Number], str] = str,
    ) -> str:
        """Writes an operation on numbers, and returns the name of the result.

        Args:
            body: where it is written.
            operation: the operation, as in a program.
            xs: the operands.
            read: returns the name of an operand, just before that is used.
        """
        if operation == "dot":
            count = 1 if len(xs) <= 2 * IN_ORDER else SUMS
            return self.total(body, self.add(body, [], factors(xs), read, count))
        names = [read(x) for x in xs]
        for i in range(_CONDITIONS.get(operation, 0)):
            names[i] = self._bits(body, names[i])
        lines = _OPERATIONS.get(operation)
        if lines is None:
            return self.call(body, f"{operation}{self._ending}", names)
        name = body.next_name()
        operands = dict(zip("xyz", names, strict=False))
        body.lines += lines.strip().format(r=name, **operands, **self._words).split("\n")
        if "uitofp" in lines:
            body.conditions.add(name)
        return name

    def call(self, body: Body, function: str, xs: Iterable[str]) -> str:
        """Writes a call of a function, and returns the name of its result."""
        given = ", ".join(f"{self.type} {x}" for x in xs)
        return body.result(f"call {self.type} @{function}({given})")

    def _bits(self, body: Body, x: str) -> str:
        """The condition that a number stands for, which is whether it is not 0."""
        if x in body.conditions:
            return f"{x}.is"
        return body.result(f"fcmp une {self.type} {x}, {self.splat(0.0)}")

    def add(
        self,
        body: Body,
        sums: list[str],
        products: Iterable[tuple[_Number, _Number]],
        read: Callable[[_Number], str],
        count: int = SUMS,
    ) -> list[str]:
        """Writes products that are added to sums in turn, and returns the names of these.

        Args:
            body, read: as for `write`.
            sums: the sums of what came before, if anything.
            products: the pairs of factors.
            count: how many sums there are.
        """
        kind, one, sums = self.type, self.splat(1.0), sums[:]
        instructions = {one: "fadd", self.splat(-1.0): "fsub"}
        for i, (first, second) in enumerate(products):
            # Numbers that were all read at the beginning would not fit into registers.
            x, y = read(first), read(second)
            if len(sums) < count:
                sums.append(x if y == one else body.result(f"fmul {kind} {x}, {y}"))
            elif y in instructions:
                sums[i % count] = body.result(f"{instructions[y]} {kind} {sums[i % count]}, {x}")
            else:
                fused = f"llvm.fmuladd.{self.suffix}"
                sums[i % count] = self.call(body, fused, (x, y, sums[i % count]))
        return sums

    def total(self, body: Body, sums: list[str]) -> str:
        """Writes the sum of one, two or four numbers, and returns its name."""
        while len(sums) > 1:
            pairs = zip(sums[::2], sums[1::2], strict=True)
            sums = [body.result(f"fadd {self.type} {x}, {y}") for x, y in pairs]
        return sums[0]

    def calls(self, operation: str) -> bool:
        """Whether an operation calls a function of a library, less exact on vectors perhaps."""
        text = _OPERATIONS.get(operation, "@")
        return operation != "dot" and bool(re.search(r"@(?!llvm)", text))

    def library(self, text: str) -> str:
        """The text of the vector functions that a module with this text calls."""
        called = set(re.findall(rf"@(\w+){re.escape(self._ending)}\(", text))
        return "\n".join(
            self._function(name, count) for name, count in LIBRARY.items() if name in called
        )

    def _function(self, name: str, count: int) -> str:
        """A vector function that calls one of a register's lanes, or else one of a double."""
        operands = [f"%x{i}" for i in range(count)]
        given = ", ".join(f"{self.type} {x}" for x in operands)
        head = f"define internal {self.type} @{name}{self._ending}({given}) {{"
        body = Body()
        if name in vector_functions():
            symbol, part = vector_functions()[name], Vectors(vector_width())
            head = f"{_declaration(part.type, symbol, count)}\n{head}"
            lanes = [range(i, i + part.width) for i in range(0, self.width, part.width)]
            xs = [[body.shuffle(self.type, x, "poison", some) for some in lanes] for x in operands]
            ys = [part.call(body, symbol, numbers) for numbers in zip(*xs, strict=True)]
            # If there is only one part, these are its lanes.
            result = body.shuffle(part.type, ys[0], ys[-1], range(self.width))
        else:
            xs = [self.lanes_of(body, x) for x in operands]
            ys = [SCALAR.call(body, name, numbers) for numbers in zip(*xs, strict=True)]
            result = self.vector_of(body, ys)
        return "\n".join([head, *body.lines, f"ret {self.type} {result}", "}"])


def _declaration(kind: str, function: str, count: int) -> str:
    return f"declare {kind} @{function}({', '.join([kind] * count)})"


# SCALAR is for what runs once, VECTOR for what runs in lanes, OF_SUMS for the sums of a long `dot`.
SCALAR, VECTOR, OF_SUMS = Vectors(1), Vectors(WIDTH), Vectors(SUMS)


@cache
def declarations() -> str:
    """The declarations that every module begins with."""
    intrinsics = {"fabs": 1, "sqrt": 1, "floor": 1, "copysign": 2, "fmuladd": 3}
    functions = [("double", name, count) for name, count in LIBRARY.items()]
    for vectors in (SCALAR, VECTOR, OF_SUMS):
        for name, count in intrinsics.items():
            functions.append((vectors.type, f"llvm.{name}.{vectors.suffix}", count))
    return "\n".join(itertools.starmap(_declaration, functions))
