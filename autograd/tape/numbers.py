"""Tape numbers, which Values hold while a program is recorded: operations on them are recorded."""

import linecache
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import is_not
from pathlib import Path
from typing import Any, NamedTuple

from autograd.graph import is_node
from autograd.numbers.families import Branchless
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number, Rank, as_python, kind_of, register
from autograd.numbers.python import REAL
from autograd.numbers.text import number_text
from autograd.tape.operations import FUNCTIONS
from autograd.tape.tape import LANES, Tape
from autograd.vectors import points

Method = Callable[["TapeNumber", Any], Any]


class ArrayClosedOver(TypeError):  # noqa: N818
    """Raised where an array that is not an argument meets a number of a program."""


def nearest_float(number: Number) -> float:
    """A plain real number as the float that a program computes with.

    Raises OverflowError for an exact number that is too large for a float.
    """
    try:
        return float(number)
    except OverflowError as error:
        raise OverflowError(
            f"compiled programs compute with floats, and {number_text(number)} is too large for "
            "one: call the function itself, without compile(), or give math.inf"
        ) from error


def same_float(number: Number) -> float:
    """A plain real number as the float that equals it, for where a rounded one would be wrong.

    Raises:
        OverflowError: as `nearest_float` does.
        ValueError: for an exact number that no float equals.
    """
    if isinstance(number, float):
        return float(number)
    rounded = nearest_float(number)
    # Python compares an int with a float exactly.
    if type(number) is int and rounded == number:
        return rounded
    number = as_python(number)
    if _is_rounded(number):
        raise ValueError(
            f"compiled programs compute with floats, and {number_text(number, 17)} is not one: the "
            f"nearest is {number_text(rounded, 17)}. Write float(x) for x if that will do, or call "
            "the function itself, without compile()"
        )
    return rounded


def position_of(number: Number, tape: Tape) -> int:
    """The position of a number on the tape. A plain number becomes a constant of the program.

    Raises:
        TypeError: for a number of another tape, or one that is not real.
        ArrayClosedOver: for an array.
        OverflowError: as `nearest_float` does.
    """
    if type(number) is TapeNumber:
        if number.tape is not tape:
            raise TypeError(
                "a number of another program: what one recorded run computes can't be kept "
                "for the next; give it as an argument or a parameter"
            )
        return number.position
    if type(number) is float:
        return tape.constant(number)
    if type(number) is int:
        return tape.constant(nearest_float(number))
    if kind_of(number) is not REAL:
        raise ArrayClosedOver(
            f"compiled programs compute with floats, not with {type(number).__name__}: "
            "an array is given as an argument, not closed over"
        )
    return tape.constant(nearest_float(number))


def _operators(operation: str) -> tuple[Method, Method]:
    """The methods for an operation, as `__add__` and `__radd__` are for "add"."""

    def operator(self: "TapeNumber", other: Any) -> Any:
        # Asked first, as a number that is no node is slow to tell from one.
        if type(other) is not TapeNumber and is_node(other):
            return NotImplemented
        tape = self.tape
        return TapeNumber(tape, tape.emit(operation, self.position, position_of(other, tape)))

    def reflected(self: "TapeNumber", other: Any) -> Any:
        tape = self.tape
        return TapeNumber(tape, tape.emit(operation, position_of(other, tape), self.position))

    return operator, reflected


def _logic(operation: str) -> tuple[Method, Method]:
    """The methods for an operation on conditions, such as `__and__` and `__rand__`."""

    join, _ = _operators(operation)

    def operator(self: "TapeNumber", other: Any) -> Any:
        _require_conditions(self, other)
        return join(self, other)

    return operator, operator


def _require_conditions(*operands: Any) -> None:
    for x in operands:
        if not (_is_condition(x) or (type(x) is TapeNumber and x.is_zero_or_one)):
            raise TypeError(
                "&, | and ^ join conditions, as in (x > 0) & (y > 0), and ~ gives the opposite of "
                f"one; {x!r} is not one: write x != 0 to ask whether a number differs from 0"
            )


def _is_condition(x: Any) -> bool:
    return x.is_condition if type(x) is TapeNumber else isinstance(as_python(x), bool)


def _comparisons(operation: str) -> tuple[Method, Method]:
    """The methods for `x < y` and `y < x`. As in Python, they do not round an exact number."""
    compare, reflected = _operators(operation)
    is_order = operation in ("less", "less_equal")

    def of_exact(self: "TapeNumber", number: Number, is_first: bool) -> "TapeNumber":
        rounded = to_float(number)
        tape = self.tape
        if not is_order:
            # No float equals it, and x < x is false for every float, nan included.
            answer = tape.emit("less", self.position, self.position)
            if operation == "not_equal":
                answer = tape.emit("equal", answer, tape.constant(0.0))
            return TapeNumber(tape, answer)
        # No float lies between the number and its nearest float, so comparing with that, by < or
        # by <=, gives the same answer.
        operands = (tape.constant(rounded), self.position)
        if is_first:
            return TapeNumber(tape, tape.emit(_STRICT[rounded < number], *operands))
        return TapeNumber(tape, tape.emit(_STRICT[rounded > number], *reversed(operands)))

    def method(self: "TapeNumber", other: Any) -> Any:
        other = as_python(other)
        return of_exact(self, other, False) if _is_rounded(other) else compare(self, other)

    def method_reflected(self: "TapeNumber", other: Any) -> Any:
        other = as_python(other)
        return of_exact(self, other, True) if _is_rounded(other) else reflected(self, other)

    return method, method_reflected


_STRICT = {True: "less", False: "less_equal"}


def _is_rounded(number: Any) -> bool:
    """Whether it is an exact number that no float equals."""
    return isinstance(number, (int, Fraction)) and to_float(number) != number


class TapeNumber:
    """A number of a program, known by the position of the instruction that computes it."""

    __slots__ = ("position", "tape")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **_: Any) -> Any:
        from autograd.vectors.vector import apply_to_numbers

        return apply_to_numbers(ufunc, method, inputs)

    def __init__(self, tape: Tape, position: int):
        self.tape = tape
        self.position = position

    @property
    def is_condition(self) -> bool:
        """Whether it is the result of a comparison: 1 where that holds, else 0."""
        return self.position in self.tape.conditions

    @property
    def is_zero_or_one(self) -> bool:
        """Whether it is 0 or 1 in every run, such as (x > 0) & False."""
        return self.tape.constants.get(self.position) in (0.0, 1.0)

    __add__, __radd__ = _operators("add")
    __sub__, __rsub__ = _operators("sub")
    __mul__, __rmul__ = _operators("mul")
    __truediv__, __rtruediv__ = _operators("div")
    __floordiv__, __rfloordiv__ = _operators("floordiv")
    __mod__, __rmod__ = _operators("mod")
    __pow__, __rpow__ = _operators("pow")

    # Conditions are numbers too: 1 where they hold, else 0. So x ^ y is x != y, and ~x is x == 0.
    __lt__, __gt__ = _comparisons("less")
    __le__, __ge__ = _comparisons("less_equal")
    __eq__, _ = _comparisons("equal")
    __ne__, _ = _comparisons("not_equal")
    __and__, __rand__ = _logic("logical_and")
    __or__, __ror__ = _logic("logical_or")
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
        return TapeNumber(self.tape, self.tape.emit("abs", self.position))

    @property
    def lanes(self) -> tuple[str, ...]:
        """The shape of its lanes, by a placeholder; () if all lanes share the number."""
        return ("lanes",) if self.tape.stages[self.position] == LANES else ()

    def inputs(self) -> set[int]:
        """The positions of the program's inputs that it depends on."""
        return set(self.tape.inputs_of(self.position))

    def _taken_apart(self, *_: Any, **__: Any) -> Any:
        """A method of arrays, as in `(x > 0).all()`. A number that all lanes share is returned."""
        if self.lanes:
            raise points.taken_apart(self, "(x > 0).all()")
        return self

    # NumPy's functions of the same names call them, too.
    all = any = astype = sum = mean = _taken_apart

    def note_asked(self) -> None:
        """Notes that the function asked for the value of this number, as for a count or a flag."""
        self.tape.ask(self.position)

    def _is_asked(self, *_: Any) -> Any:
        self.note_asked()
        raise TypeError(
            f"{_line_of_caller()} asks for a number that differs from run to run. While a program "
            "is recorded it is not known, and a branch taken now would be taken forever. Write "
            "autograd.where(condition, x, y), maximum(x, y) or select(index, items); and ~, &, | "
            "for `not`, `and`, `or`, as in (0 < x) & (x < 1) for 0 < x < 1"
        )

    __bool__ = __float__ = __int__ = __index__ = __complex__ = __hash__ = _is_asked
    __round__ = __floor__ = __ceil__ = __trunc__ = __iter__ = __len__ = _is_asked

    def __repr__(self) -> str:
        return f"<number {self.position} of a program>"


def _line_of_caller() -> str:
    """The line outside this package and array libraries that asked for a number, in words."""
    package = str(Path(__file__).parents[1])
    frame = sys._getframe(1)
    while frame.f_back and (
        frame.f_code.co_filename.startswith(package)
        or str(frame.f_globals.get("__name__")).partition(".")[0] in ("numpy", "scipy", "pandas")
    ):
        frame = frame.f_back
    name, line = frame.f_code.co_filename, frame.f_lineno
    text = linecache.getline(name, line, frame.f_globals).strip()
    return f"line {line} of {Path(name).name}{f', `{text}`,' if text else ''}"


class Callback(NamedTuple):
    """An operation that calls a user's rule, and gives one part of what that returns.

    Attributes:
        rule: the primitive.
        part: which part: 0 for the result, 1 for the first partial, and so on.
        last: the operands of the last call, and what it returned, which all parts share.
    """

    rule: Any
    part: int
    last: dict[str, Any]

    def __call__(self, *numbers: Any) -> Any:
        given, result = self.last.get("call", ((), None))
        if len(given) != len(numbers) or any(map(is_not, given, numbers)):
            result, partials = self.rule.evaluate(numbers)
            result = (result, *partials)
            self.last["call"] = numbers, result
        return result[self.part]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Callback) and (self.rule, self.part) == (other.rule, other.part)

    def __hash__(self) -> int:
        return hash((self.rule, self.part))

    def __str__(self) -> str:
        return f"{self.rule.name}{f'′{self.part}' if self.part else ''}"

    def __reduce__(self) -> Any:
        return Callback, (self.rule, self.part, {})


class TapeKind(Branchless):
    """The elementary functions of tape numbers: each emits an instruction."""

    rank = Rank.TAPE

    def call_back(
        self, primitive: Any, operands: Sequence[Number], error: Exception
    ) -> tuple[Number, tuple[Number, ...]]:
        """Emits operations that call the rule when the program runs."""
        # The rule may have asked for its numbers, as `math.lgamma(x)` does: then it will get them.
        next(x.tape for x in operands if type(x) is TapeNumber).asked.clear()
        last: dict[str, Any] = {}
        parts = [Callback(primitive, part, last) for part in range(1 + len(operands))]
        result, *partials = [_emit(part, *operands) for part in parts]
        return result, tuple(partials)

    def one(self, x: TapeNumber) -> TapeNumber:
        # A number of the tape, since 1 / 0.0 of plain floats would raise.
        return TapeNumber(x.tape, x.tape.constant(1.0))

    def zero(self, x: TapeNumber) -> TapeNumber:
        return TapeNumber(x.tape, x.tape.constant(0.0))

    def sum_of_products(self, xs: Sequence[Number], ys: Sequence[Number], start: Number) -> Number:
        tape = xs[0].tape
        if not all(isinstance(number, (TapeNumber, float, int)) for number in (*xs, *ys, start)):
            # Values and vectors multiply and add by their own operators.
            return super().sum_of_products(xs, ys, start)
        total, *positions = [position_of(number, tape) for number in (start, *xs, *ys)]
        count = len(xs)
        return TapeNumber(tape, tape.add(total, positions[:count], positions[count:]))

    def where(self, condition: Number, x: Number, y: Number) -> Number:
        chosen = _emit("where", condition, x, y)
        # A choice between two conditions is a condition.
        return chosen != 0.0 if _is_condition(x) and _is_condition(y) else chosen

    def maximum(self, x: Number, y: Number) -> Number:
        return _emit("maximum", *map(_to_compare, (x, y)))

    def minimum(self, x: Number, y: Number) -> Number:
        return _emit("minimum", *map(_to_compare, (x, y)))

    def is_same(self, x: Number, y: Number) -> bool:
        return True


def _emit(operation: Any, *numbers: Number) -> TapeNumber:
    tape: Tape = next(number.tape for number in numbers if type(number) is TapeNumber)
    positions = [position_of(number, tape) for number in numbers]
    return TapeNumber(tape, tape.emit(operation, *positions))


def _to_compare(number: Number) -> Number:
    """An operand of `maximum`. A plain one must not be rounded, which could decide a tie."""
    return same_float(number) if kind_of(number) is REAL else number


def _emitting(operation: str) -> Callable[..., TapeNumber]:
    if FUNCTIONS[operation] == 1:
        return lambda x: TapeNumber(x.tape, x.tape.emit(operation, x.position))
    return lambda x, y: _emit(operation, x, y)


for _name in FUNCTIONS:
    if _name not in vars(TapeKind):
        setattr(TapeKind, _name, staticmethod(_emitting(_name)))

register(TapeNumber, TapeKind())
