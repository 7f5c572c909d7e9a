"""Where a rule is defined: intervals that rules write in their signatures.

Tests, checks and the table of functions read them; nothing enforces them, for
outside its domain a rule gives what IEEE 754 gives.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_args, get_type_hints

if TYPE_CHECKING:
    import inspect


class Interval(NamedTuple):
    """The open interval of the numbers between `low` and `high`."""

    low: float = -math.inf
    high: float = math.inf

    def holds(self, number: float) -> bool:
        """Whether the number lies in the interval."""
        return self.low < number < self.high


Number = Any
Positive = Annotated[Any, Interval(0, math.inf)]
AboveOne = Annotated[Any, Interval(1, math.inf)]
AboveMinusOne = Annotated[Any, Interval(-1, math.inf)]
WithinOne = Annotated[Any, Interval(-1, 1)]


def domains(rule: Callable[..., Any], count: int) -> list[Interval]:
    """The domain of each of `count` operands of a rule.

    >>> def log(x: Positive): ...
    >>> domains(log, 1)
    [Interval(low=0, high=inf)]
    """
    hints = get_type_hints(rule, include_extras=True)
    named = [_interval(hints.get(name)) for name in operand_names(rule)]
    return [named[min(position, len(named) - 1)] for position in range(count)]


def operand_names(rule: Callable[..., Any]) -> list[str]:
    """The names of what a rule differentiates: its positional parameters.

    >>> def leaky_relu(x, *, slope=0.01): ...
    >>> operand_names(leaky_relu)
    ['x']
    """
    return [p.name for p in _parameters(rule) if p.kind is not p.KEYWORD_ONLY]


def is_unary(rule: Callable[..., Any]) -> bool:
    """Whether a rule takes one operand, no more and no less."""
    # Asked for every rule at import, where `inspect` would take longer than all the rest.
    code = rule.__code__
    takes_any_number = code.co_flags & 0x04
    return code.co_argcount == 1 and not takes_any_number


def takes_any_number(rule: Callable[..., Any]) -> bool:
    """Whether a rule takes as many operands as it is given: `def sum(*terms)`."""
    return any(p.kind is p.VAR_POSITIONAL for p in _parameters(rule))


def _parameters(rule: Callable[..., Any]) -> list["inspect.Parameter"]:
    import inspect

    return list(inspect.signature(rule).parameters.values())


def _interval(hint: Any) -> Interval:
    found = [extra for extra in get_args(hint)[1:] if isinstance(extra, Interval)]
    return found[0] if found else Interval()
