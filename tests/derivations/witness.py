"""The figures of a graph without any rules: by differences over mpmath's numbers."""

import functools
import random
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import mpmath

import autograd

from .graphs import PROGRAMS, RATES

# Two-sided differences with this step are right to 25 digits and more.
DIGITS = 50
STEP = mpmath.mpf(10) ** -15

Numbers = Mapping[str, Any]
_FUNCTIONS = (
    "sigmoid tanh exp log sqrt relu sin cos softplus maximum minimum sign log1p erf leaky_relu"
)


def computed(
    program: str, leaves: Numbers | None = None, fixed: Numbers | None = None, **moved: Any
) -> dict[str, Any]:
    """The named numbers of a graph, with other leaves, and with some numbers fixed or moved."""
    found: dict[str, Any] = {}
    other, held = leaves or {}, fixed or {}
    shifts = moved.get("moved", {})

    def name(label: str, number: Any) -> Any:
        is_leaf = isinstance(number, int | float)
        found[label] = mpmath.mpf(other.get(label, number)) if is_leaf else number
        return held.get(label, found[label]) + shifts.get(label, 0)

    with mpmath.workdps(DIGITS):
        PROGRAMS[program](name)
    return found


# What texts in the corpus need besides these.
_MORE_FUNCTIONS: dict[str, Any] = {
    "pi": mpmath.pi,
    "e": mpmath.e,
    "log10": mpmath.log10,
    "mean": lambda *numbers: sum(numbers) / len(numbers),
    "cosh": mpmath.cosh,
    "squared_cosh": lambda x: mpmath.cosh(x) ** 2,
    "squared_sech": lambda x: mpmath.cosh(x) ** -2,
    "squared_tanh": lambda x: mpmath.tanh(x) ** 2,
    "tanh_slope": lambda x: mpmath.cosh(x) ** -2,
    "sigmoid_slope": lambda x: mpmath.exp(-x) / (1 + mpmath.exp(-x)) ** 2,
    "softplus_slope": lambda x: 1 / (1 + mpmath.exp(-x)),
    "relu_slope": lambda x: int(x > 0),
}


class Witness:
    """The figures of a graph at one choice of numbers for its leaves."""

    def __init__(self, program: str, leaves: Numbers | None = None):
        self.program = program
        self.leaves = dict(leaves or {})
        self.values = computed(program, self.leaves)
        self.error = list(self.values)[-1]

    @functools.cached_property
    def gradients(self) -> dict[str, Any]:
        """The derivative of the error in each named number."""
        return {label: self.derivative(self.error, label) for label in self.values}

    def derivative(self, of: str, by: str) -> Any:
        """The derivative of one named number in another."""
        if of == by:
            return mpmath.mpf(1)
        with mpmath.workdps(DIGITS):
            sides = [
                computed(self.program, self.leaves, moved={by: step})[of] for step in (STEP, -STEP)
            ]
            return (sides[0] - sides[1]) / (2 * STEP)

    def figure(self, quantity: str, label: str, trained: Iterable[str] = ()) -> Any:
        """The right number for what is claimed."""
        rate = mpmath.mpf(RATES[self.program])
        with mpmath.workdps(DIGITS):
            if quantity == "value":
                return self.values[label]
            if quantity == "new value":
                return self.after_update((*trained, label))[label]
            sign = {"gradient": 1, "step": rate, "update": -rate}[quantity]
            return sign * self.gradients[label]

    def after_update(self, trained: Iterable[str]) -> dict[str, Any]:
        """The named numbers in the second forward pass, if these leaves are updated."""
        rate, own = mpmath.mpf(RATES[self.program]), leaves_of(self.program)
        with mpmath.workdps(DIGITS):
            new = {
                leaf: self.values[leaf] - rate * self.gradients[leaf]
                for leaf in trained
                if leaf in own
            }
        return computed(self.program, {**self.leaves, **new})

    def evaluated(self, meaning: str, values: Numbers | None = None) -> Any:
        """The result of a Python expression in the named numbers, by default of the first pass.

        d("z") is the gradient of z, η the learning rate, and new("w5") a leaf after the update.
        In expressions by `translation`, V("z") is z, D("y", "z") a derivative and M("0.1") a
        number.
        """
        numbers = self.values if values is None else values
        names: dict[str, Any] = {
            **{word: getattr(autograd, word) for word in _FUNCTIONS.split()},
            **_MORE_FUNCTIONS,
            **{plain(label): number for label, number in numbers.items()},
            "d": lambda label: self.gradients[label],
            "new": lambda label: self.figure("new value", label),
            "η": mpmath.mpf(RATES[self.program]),
            "V": lambda label: numbers[label],
            "D": self.derivative,
            "M": mpmath.mpf,
        }
        with mpmath.workdps(DIGITS):
            return mpmath.mpf(eval(meaning, {"__builtins__": {"abs": abs, "max": max}}, names))


def plain(label: str) -> str:
    """A label as a name in Python: w_{11} becomes w_11, and x₁ becomes x1."""
    return unicodedata.normalize("NFKC", re.sub(r"[{}]", "", label))


@functools.cache
def leaves_of(program: str) -> dict[str, float]:
    """The leaves of a graph with their numbers."""
    found: dict[str, float] = {}

    def name(label: str, number: Any) -> Any:
        if isinstance(number, int | float):
            found[label] = number
        return mpmath.mpf(number)

    PROGRAMS[program](name)
    return found


@functools.cache
def at_its_numbers(program: str) -> Witness:
    """The figures of a graph at its own numbers."""
    return Witness(program)


@functools.cache
def elsewhere(program: str, seed: int) -> Witness:
    """The figures of a graph at other numbers nearby, with the same signs."""
    generator = random.Random(seed)
    leaves = {
        # A leaf that is 0 is a target or an input, which may be anything above 0.
        label: number * generator.uniform(0.8, 1.2) if number else generator.uniform(0.1, 0.4)
        for label, number in leaves_of(program).items()
    }
    return Witness(program, leaves)
