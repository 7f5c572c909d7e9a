"""The numbers at which claims are compared: those of the graph, and random ones."""

import functools
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from autograd.checking.derivation.claims import Claim, ClaimedFormula, ClaimedNumber
from autograd.checking.derivation.walk import Figure, Walk, rounding_error
from autograd.kinds import Number
from autograd.value import Value, data_of

# At how many random points a formula is compared, and how many are tried for them: one
# outside the domain of a logarithm tells nothing.
_POINTS = 12
_DRAWS = 60
# How far a claimed function in floats may be off: its own rounding is not known.
_OPAQUE = 1e-9
# What a rule or function that was written for floats alone says about Values, and what
# it says about numbers outside its domain.
_REFUSALS = (TypeError, ValueError, ArithmeticError)

Numbers = Mapping[Value, Number]


@dataclass(frozen=True)
class Setting:
    """What is fixed in a walk-through: the graph, the learning rate, which leaves are updated."""

    error: Value
    learning_rate: Number
    trained: Sequence[Value]

    def walk(self, leaves: Numbers, claimed: Mapping[Figure, Number] | None = None) -> Walk:
        """The walk-through at some numbers."""
        return Walk(self.error, self.learning_rate, self.trained, leaves, claimed)


class Measured(NamedTuple):
    """A number, and how far it may be off by rounding."""

    number: Number
    slack: float

    def agrees(self, other: "Measured") -> bool:
        """Whether two numbers are the same but for rounding."""
        return bool(abs(self.number - other.number) <= self.slack + other.slack)

    @property
    def is_finite(self) -> bool:
        """Whether it says anything."""
        return not isinstance(self.number, complex) and math.isfinite(self.number)


class Place:
    """The figures and claims at one choice of numbers for the leaves."""

    def __init__(self, setting: Setting, leaves: Numbers):
        self.setting = setting
        self.leaves = leaves

    @functools.cached_property
    def walk(self) -> Walk:
        """The walk-through in plain numbers."""
        return self.setting.walk(self.leaves)

    @functools.cached_property
    def _recorded(self) -> Walk:
        """The same over Values, so that each figure has a graph, which tells its rounding."""
        try:
            return self.setting.walk({leaf: Value(x) for leaf, x in self.leaves.items()})
        except TypeError:
            # A rule of a user's own, written for floats alone.
            return self.walk

    def right(self, figure: Figure) -> Measured:
        """What a figure is."""
        return _measured(self._recorded.number(figure), self._recorded is self.walk)

    def has(self, figure: Figure) -> bool:
        """Whether a figure is a finite number here."""
        try:
            return self.right(figure).is_finite
        except ArithmeticError:
            # Fractions raise where floats are infinite.
            return False

    def differs(self, figure: Figure, claim: ClaimedFormula) -> bool:
        """Whether a claimed formula says another number here than the right one."""
        claimed = self.claimed(figure, claim)
        # log(a) - log(b) says nothing where log(a / b) does, and may be right all the same.
        return claimed.is_finite and not claimed.agrees(self.right(figure))

    def claimed(self, figure: Figure, claim: ClaimedFormula) -> Measured:
        """What a claimed formula says here; nan where it says nothing."""
        for walk in (self._recorded, self.walk):
            try:
                return _measured(walk.evaluate(claim, figure), walk is self.walk)
            except _REFUSALS:
                continue
        return Measured(math.nan, 0.0)

    def numbers(self, claims: Mapping[Figure, Claim]) -> dict[Figure, Number]:
        """What each claim says here, in plain numbers."""
        found = {}
        for figure, claim in claims.items():
            if isinstance(claim, ClaimedNumber):
                found[figure] = float(claim.number)
            else:
                found[figure] = self.claimed(figure, claim).number
        return found


def _measured(number: Number, is_opaque: bool) -> Measured:
    slack = _OPAQUE * max(1, abs(data_of(number))) if is_opaque else rounding_error(number)
    return Measured(data_of(number), slack)


def random_places(here: Place, figure: Figure) -> list[Place]:
    """Other places, at which a figure is a finite number. The same at every call."""
    draw = random.Random(0)
    found: list[Place] = []
    for attempt in range(_DRAWS):
        place = Place(here.setting, _drawn(here.leaves, draw, is_near=attempt % 3 == 0))
        if place.has(figure):
            found.append(place)
        if len(found) == _POINTS:
            break
    return found


def _drawn(leaves: Numbers, draw: random.Random, is_near: bool) -> Numbers:
    """Numbers for the labelled leaves: of the same sign and size, or any."""
    drawn: dict[Value, Number] = {}
    for leaf, number in leaves.items():
        size = abs(number) or 1
        near = number * draw.randint(33, 96) / 64 if number else draw.randint(-32, 32) / 64
        far = size * draw.randint(-96, 96) / 64
        moved = (near if is_near else far) if leaf.label else number
        drawn[leaf] = Fraction(moved) if isinstance(number, Fraction) else moved
    return drawn
