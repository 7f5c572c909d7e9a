"""Operations as LLVM's intermediate language, for one number or for a vector of lanes."""

import struct

from autograd.compiling.machine_code import LIBRARY, VECTOR_WIDTH, vector_functions

# Lanes that are computed together: one register of AVX-512, two of AVX2, four of NEON.
WIDTH = 8

_BINARY = {"add": "fadd", "sub": "fsub", "mul": "fmul contract", "div": "fdiv"}
_CONDITIONS = {"less": "olt", "less_equal": "ole", "equal": "oeq", "not_equal": "une"}
_LOGIC = {"logical_and": "and", "logical_or": "or"}
_INTRINSICS = {"abs": "fabs", "sqrt": "sqrt", "floor": "floor"}

# As for Python's floats: the remainder has the sign of y, and the quotient fits it.
_HELPERS = """
define internal double @mod(double %x, double %y) {
  %r = call double @fmod(double %x, double %y)
  %zero = fcmp oeq double %r, 0.0
  %signed = call double @llvm.copysign.f64(double 0.0, double %y)
  %below = fcmp olt double %r, 0.0
  %negative = fcmp olt double %y, 0.0
  %differ = xor i1 %below, %negative
  %shifted = fadd double %r, %y
  %moved = select i1 %differ, double %shifted, double %r
  %result = select i1 %zero, double %signed, double %moved
  ret double %result
}
define internal double @floordiv(double %x, double %y) {
  %r = call double @fmod(double %x, double %y)
  %difference = fsub double %x, %r
  %whole = fdiv double %difference, %y
  %nonzero = fcmp une double %r, 0.0
  %below = fcmp olt double %r, 0.0
  %negative = fcmp olt double %y, 0.0
  %differ = xor i1 %below, %negative
  %one.less = and i1 %nonzero, %differ
  %less = fsub double %whole, 1.0
  %quotient = select i1 %one.less, double %less, double %whole
  %floor = call double @llvm.floor.f64(double %quotient)
  %gap = fsub double %quotient, %floor
  %low = fcmp ogt double %gap, 0.5
  %above = fadd double %floor, 1.0
  %nearest = select i1 %low, double %above, double %floor
  %plain = fdiv double %x, %y
  %none = fcmp oeq double %quotient, 0.0
  %signed = call double @llvm.copysign.f64(double 0.0, double %plain)
  %rounded = select i1 %none, double %signed, double %nearest
  %zero = fcmp oeq double %y, 0.0
  %result = select i1 %zero, double %plain, double %rounded
  ret double %result
}
"""


def literal(number: float) -> str:
    """A double by its bits, so that nan, infinities and the sign of 0 are kept.

    >>> literal(1.0)
    '0x3FF0000000000000'
    """
    return f"0x{struct.unpack('<Q', struct.pack('<d', number))[0]:016X}"


def declarations() -> str:
    """What every module begins with."""
    lines = ["declare double @llvm.copysign.f64(double, double)"]
    for vectors in (Vectors(1), Vectors(WIDTH)):
        kind, suffix = vectors.type, vectors.suffix
        lines += [f"declare {kind} @llvm.{x}.{suffix}({kind})" for x in _INTRINSICS.values()]
    for name, count in LIBRARY.items():
        lines.append(f"declare double @{name}({', '.join(['double'] * count)})")
    return "\n".join([*lines, _HELPERS])


class Vectors:
    """The text of operations on vectors of `width` doubles, or on doubles if it is 1."""

    def __init__(self, width: int):
        self.width = width
        self.type = f"<{width} x double>" if width > 1 else "double"
        self.bits = f"<{width} x i1>" if width > 1 else "i1"
        self.suffix = f"v{width}f64" if width > 1 else "f64"

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
        kind = self.type
        if operation in _BINARY:
            return [f"{name} = {_BINARY[operation]} {kind} {xs[0]}, {xs[1]}"]
        if operation == "neg":
            return [f"{name} = fneg {kind} {xs[0]}"]
        if operation in _CONDITIONS:
            return [
                f"{name}.is = fcmp {_CONDITIONS[operation]} {kind} {xs[0]}, {xs[1]}",
                f"{name} = uitofp {self.bits} {name}.is to {kind}",
            ]
        if operation in _LOGIC:
            return [
                *self._is_nonzero(f"{name}.x", xs[0]),
                *self._is_nonzero(f"{name}.y", xs[1]),
                f"{name}.is = {_LOGIC[operation]} {self.bits} {name}.x, {name}.y",
                f"{name} = uitofp {self.bits} {name}.is to {kind}",
            ]
        if operation == "where":
            return [
                *self._is_nonzero(f"{name}.is", xs[0]),
                self._select(name, f"{name}.is", *xs[1:]),
            ]
        if operation in ("maximum", "minimum"):
            # nan stays nan, on either side. Equal numbers have the same bits except for the sign of
            # a zero: the maximum is -0.0 where both are, the minimum where either is.
            order, bits = ("ogt", "and") if operation == "maximum" else ("olt", "or")
            integers = self.type.replace("double", "i64")
            return [
                f"{name}.above = fcmp {order} {kind} {xs[0]}, {xs[1]}",
                f"{name}.nan = fcmp uno {kind} {xs[0]}, {xs[0]}",
                f"{name}.is = or {self.bits} {name}.above, {name}.nan",
                self._select(f"{name}.one", f"{name}.is", xs[0], xs[1]),
                f"{name}.x = bitcast {kind} {xs[0]} to {integers}",
                f"{name}.y = bitcast {kind} {xs[1]} to {integers}",
                f"{name}.both = {bits} {integers} {name}.x, {name}.y",
                f"{name}.tie = bitcast {integers} {name}.both to {kind}",
                f"{name}.equal = fcmp oeq {kind} {xs[0]}, {xs[1]}",
                self._select(name, f"{name}.equal", f"{name}.tie", f"{name}.one"),
            ]
        if operation == "sign":
            zero, one, minus_one = self.splat(0.0), self.splat(1.0), self.splat(-1.0)
            return [
                f"{name}.above = fcmp ogt {kind} {xs[0]}, {zero}",
                f"{name}.below = fcmp olt {kind} {xs[0]}, {zero}",
                self._select(f"{name}.rest", f"{name}.below", minus_one, xs[0]),
                self._select(name, f"{name}.above", one, f"{name}.rest"),
            ]
        if operation in _INTRINSICS:
            called = f"@llvm.{_INTRINSICS[operation]}.{self.suffix}"
        else:
            called = f"@{operation}{self._ending}"
        return [f"{name} = call {kind} {called}({', '.join(f'{kind} {x}' for x in xs)})"]

    def dot(self, name: str, products: list[tuple[str, str]]) -> list[str]:
        """The instructions that add up products in order, and name the result."""
        lines, one, so_far = [], self.splat(1.0), ""
        for i, (x, y) in enumerate(products):
            if y != one:
                lines.append(f"{name}.p{i} = fmul contract {self.type} {x}, {y}")
                x = f"{name}.p{i}"
            if so_far:
                result = name if i == len(products) - 1 else f"{name}.s{i}"
                lines.append(f"{result} = fadd contract {self.type} {so_far}, {x}")
                x = result
            so_far = x
        return lines

    def library(self, text: str) -> str:
        """The functions that a module with this text calls, as text."""
        functions = {**LIBRARY, "mod": 2, "floordiv": 2}
        called = [
            self._by_halves(name, count)
            if name in vector_functions()
            else self._lane_by_lane(name, count)
            for name, count in functions.items()
            if self.width > 1 and f"@{name}{self._ending}(" in text
        ]
        return "\n".join(called)

    @property
    def _ending(self) -> str:
        return f".{self.width}" if self.width > 1 else ""

    def _is_nonzero(self, name: str, x: str) -> list[str]:
        return [f"{name} = fcmp une {self.type} {x}, {self.splat(0.0)}"]

    def _select(self, name: str, condition: str, x: str, y: str) -> str:
        kind = self.type
        return f"{name} = select {self.bits} {condition}, {kind} {x}, {kind} {y}"

    def _by_halves(self, function: str, count: int) -> str:
        """A function of vectors that calls one of half as many lanes twice."""
        kind, half = self.type, f"<{VECTOR_WIDTH} x double>"
        symbol = vector_functions()[function]
        operands = [f"%x{i}" for i in range(count)]
        lines = [
            f"declare {half} @{symbol}({', '.join([half] * count)})",
            f"define internal {kind} @{function}{self._ending}"
            f"({', '.join(f'{kind} {x}' for x in operands)}) {{",
        ]
        for part in range(2):
            for x in operands:
                lines.append(
                    f"{x}.{part} = shufflevector {kind} {x}, {kind} poison, "
                    f"{_lanes(part * VECTOR_WIDTH, VECTOR_WIDTH)}"
                )
            numbers = ", ".join(f"{half} {x}.{part}" for x in operands)
            lines.append(f"%y{part} = call {half} @{symbol}({numbers})")
        return "\n".join(
            [
                *lines,
                f"%y = shufflevector {half} %y0, {half} %y1, {_lanes(0, self.width)}",
                f"ret {kind} %y\n}}",
            ]
        )

    def _lane_by_lane(self, function: str, count: int) -> str:
        """A function of vectors that calls one of doubles for each lane."""
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
