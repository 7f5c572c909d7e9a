"""The domains of rules: intervals that rules write in their signatures.

Tests, checks and the table of functions read them. Nothing enforces them: outside its domain
a rule returns what IEEE 754 says.
"""

import math
from typing import Annotated, Any, NamedTuple, get_args


class Interval(NamedTuple):
    """The open interval of the numbers between `low` and `high`."""

    low: float = -math.inf
    high: float = math.inf

    def __contains__(self, number: Any) -> bool:
        """Whether a number lies in the interval."""
        return bool(self.low < number < self.high)


Positive = Annotated[Any, Interval(0, math.inf)]
AboveOne = Annotated[Any, Interval(1, math.inf)]
AboveMinusOne = Annotated[Any, Interval(-1, math.inf)]
BetweenZeroAndOne = Annotated[Any, Interval(0, 1)]
WithinOne = Annotated[Any, Interval(-1, 1)]


def interval_of(annotation: Any) -> Interval:
    """The interval that an annotation names; all numbers if it names none.

    >>> interval_of(Positive), interval_of(None)
    (Interval(low=0, high=inf), Interval(low=-inf, high=inf))
    """
    intervals = [extra for extra in get_args(annotation)[1:] if isinstance(extra, Interval)]
    return intervals[0] if intervals else Interval()
