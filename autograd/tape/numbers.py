"""Tape numbers: what a Value holds while a program is recorded. Operations on them emit it."""

import linecache
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Branchless, Number, as_python
from autograd.numbers.python import REAL
from autograd.numbers.registry import kind_of, register
from autograd.tape.operations import FUNCTIONS
from autograd.tape.tape import Tape

Method = Callable[["TapeNumber", Any], Any]


def position_of(number: Number, tape: Tape) -> int:
    """The position of a number; a plain one becomes a constant of the program.

    Raises TypeError for what no program computes with.
    """
    if type(number) is TapeNumber:
        if number.tape is not tape:
            raise TypeError(
                "a number of another program: what one recorded run computes can't be kept "
                "for the next; give it as an argument or a parameter"
            )
        return number.position
    if kind_of(number) is not REAL:
        raise TypeError(
            f"compiled programs compute with floats, not with {type(number).__name__}: "
            "an array is given as an argument, not closed over"
        )
    return tape.constant(to_float(number))


def _operators(operation: str) -> tuple[Method, Method]:
    """The methods `x + y` and `y + x` of an operation."""

    def operator(self: "TapeNumber", other: Any) -> Any:
        if hasattr(other, "partials"):
            return NotImplemented
        tape = self.tape
        return TapeNumber(tape, tape.emit(operation, self.position, position_of(other, tape)))

    def reflected(self: "TapeNumber", other: Any) -> Any:
        tape = self.tape
        return TapeNumber(tape, tape.emit(operation, position_of(other, tape), self.position))

    return operator, reflected


def _logic(operation: str) -> tuple[Method, Method]:
    """The methods `x & y` and `y & x` of an operation on conditions."""

    def operator(self: "TapeNumber", other: Any) -> Any:
        _require_conditions(self, other)
        tape = self.tape
        return TapeNumber(tape, tape.emit(operation, self.position, position_of(other, tape)))

    return operator, operator


def _require_conditions(*operands: Any) -> None:
    for x in operands:
        if not (_is_condition(x) or (type(x) is TapeNumber and x.is_zero_or_one)):
            raise TypeError(
                "&, | and ^ join conditions, as in (x > 0) & (y > 0), and ~ gives the opposite of "
                f"one; {x!r} is none: write x != 0 for whether a number is another than 0"
            )


def _is_condition(x: Any) -> bool:
    return x.is_condition if type(x) is TapeNumber else isinstance(as_python(x), bool)


class TapeNumber:
    """A number of a program, known by the position of the instruction that computes it."""

    __slots__ = ("position", "tape")

    # NumPy then leaves `array * number` to it, which says what is wrong.
    __array_ufunc__ = None

    def __init__(self, tape: Tape, position: int):
        self.tape = tape
        self.position = position

    @property
    def is_condition(self) -> bool:
        """Whether it is 1 where a comparison holds, and 0 elsewhere."""
        return self.position in self.tape.conditions

    @property
    def is_zero_or_one(self) -> bool:
        """Whether it is 0 or 1 in every run, as (x > 0) & False is."""
        return self.tape.constants.get(self.position) in (0.0, 1.0)

    __add__, __radd__ = _operators("add")
    __sub__, __rsub__ = _operators("sub")
    __mul__, __rmul__ = _operators("mul")
    __truediv__, __rtruediv__ = _operators("div")
    __floordiv__, __rfloordiv__ = _operators("floor_divide")
    __mod__, __rmod__ = _operators("mod")
    __pow__, __rpow__ = _operators("power")

    # Conditions are numbers too: 1 where they hold, else 0. So one that differs from another
    # holds where either does alone, and one that equals 0 where the other does not.
    __lt__, __gt__ = _operators("less")
    __le__, __ge__ = _operators("less_equal")
    __eq__, _ = _operators("equal")
    __ne__, _ = _operators("not_equal")
    __and__, __rand__ = _logic("both")
    __or__, __ror__ = _logic("either")
    __xor__, __rxor__ = _logic("not_equal")

    def __invert__(self) -> Any:
        _require_conditions(self)
        return self == 0.0

    def _has_no_bits(self, *_: Any) -> Any:
        raise TypeError(
            "the numbers of a program are floats, and its conditions the numbers 1 and 0: write "
            "x * 2.0 for x << 1, and x // y and x % y for divmod(x, y)"
        )

    __lshift__ = __rlshift__ = __rshift__ = __rrshift__ = __divmod__ = __rdivmod__ = _has_no_bits

    def __neg__(self) -> "TapeNumber":
        return TapeNumber(self.tape, self.tape.emit("neg", self.position))

    def __pos__(self) -> "TapeNumber":
        return self

    def __abs__(self) -> "TapeNumber":
        return TapeNumber(self.tape, self.tape.emit("absolute", self.position))

    def _is_asked(self, *_: Any) -> Any:
        raise TypeError(
            f"{_place()} asks for a number that differs from run to run. While a program is "
            "recorded it is not known, and a branch taken now would be taken for ever. Write "
            "autograd.where(condition, x, y), maximum(x, y) or select(index, items); and ~, &, | "
            "for `not`, `and`, `or`, as in (0 < x) & (x < 1) for 0 < x < 1"
        )

    __bool__ = __float__ = __int__ = __index__ = __complex__ = __hash__ = _is_asked
    __round__ = __floor__ = __ceil__ = __trunc__ = __iter__ = __len__ = _is_asked

    def __repr__(self) -> str:
        return f"<number {self.position} of a program>"


def _place() -> str:
    """The line at which a number was asked for, as its author wrote it."""
    package = str(Path(__file__).parents[1])
    frame = sys._getframe(1)
    while frame.f_back and frame.f_code.co_filename.startswith(package):
        frame = frame.f_back
    name, line = frame.f_code.co_filename, frame.f_lineno
    text = linecache.getline(name, line, frame.f_globals).strip()
    return f"line {line} of {Path(name).name}{f', `{text}`,' if text else ''}"


class TapeKind(Branchless):
    """The elementary functions of tape numbers: each emits an instruction."""

    rank = 6

    def one(self, x: TapeNumber) -> TapeNumber:
        # A number of the tape, for 1 / 0.0 of plain floats raises.
        return TapeNumber(x.tape, x.tape.constant(1.0))

    def zero(self, x: TapeNumber) -> TapeNumber:
        return TapeNumber(x.tape, x.tape.constant(0.0))

    def pi(self, x: TapeNumber) -> Number:
        return REAL.pi(x)

    def where(self, condition: Number, x: Number, y: Number) -> Number:
        chosen = _emit("where", condition, x, y)
        # The choice between two conditions is one.
        return chosen != 0.0 if _is_condition(x) and _is_condition(y) else chosen

    def is_same(self, x: Number, y: Number) -> bool:
        return True


def _emit(operation: str, *numbers: Number) -> TapeNumber:
    tape: Tape = next(number.tape for number in numbers if type(number) is TapeNumber)
    positions = [position_of(number, tape) for number in numbers]
    return TapeNumber(tape, tape.emit(operation, *positions))


def _emitting(operation: str) -> Callable[..., TapeNumber]:
    if FUNCTIONS[operation] == 1:
        return lambda x: TapeNumber(x.tape, x.tape.emit(operation, x.position))
    return lambda x, y: _emit(operation, x, y)


for _name in FUNCTIONS:
    setattr(TapeKind, _name, staticmethod(_emitting(_name)))

register(TapeNumber, TapeKind())
