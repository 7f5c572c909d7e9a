"""Gradient checkers compared: right derivatives that they refuse, wrong ones that they pass.

    python -m benchmarks.checkers              # a Markdown table, as in docs/benchmarks.md
    python -m benchmarks.checkers --each       # and each wrong verdict

`gradcheck`, `torch.autograd.gradcheck` and `jax.test_util.check_grads`, with their default options,
get the same functions of one double with the same derivative by hand; then the derivative is made
wrong by 1e-3 to 1e-7 of itself. Checkers that are not installed are left out. With JAX, which
compiles each function again, it takes a few minutes.
"""

import argparse
import datetime
import math
import platform
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from benchmarks.table import head, line

Function = Callable[[float], float]
# True if a checker accepts a derivative, False if it calls it wrong, None if it can't tell.
Checker = Callable[[Function, Function, float], bool | None]

# By what fraction a derivative is made wrong. The last ones are as small as differences of doubles
# can show: to demand more would be to demand false alarms.
MISTAKES = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)


class Case(NamedTuple):
    """A function of one number, its derivative by hand, and where it is checked."""

    group: str
    name: str
    function: Function
    derivative: Function
    points: tuple[float, ...]


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def _noise(x: float) -> float:
    """A number between -1 and 1 that changes with every bit of x."""
    return math.fmod(math.frexp(x)[0] * 1e15, 2.0) - 1


ORDINARY = (-1.7, -0.4, 0.3, 0.9, 2.2)
ABOVE_0 = (0.02, 0.3, 0.9, 2.2, 40.0)

CASES = [
    Case("smooth", "exp", math.exp, math.exp, ORDINARY),
    Case("smooth", "sin", math.sin, math.cos, ORDINARY),
    Case("smooth", "tanh", math.tanh, lambda x: 1 - math.tanh(x) ** 2, ORDINARY),
    Case("smooth", "logistic", _logistic, lambda x: _logistic(x) * _logistic(-x), ORDINARY),
    Case("smooth", "x**5 - 3x", lambda x: x**5 - 3 * x, lambda x: 5 * x**4 - 3, ORDINARY),
    Case("smooth", "log", math.log, lambda x: 1 / x, ABOVE_0),
    Case("smooth", "x log x", lambda x: x * math.log(x), lambda x: math.log(x) + 1, ABOVE_0),
    Case("smooth", "sin(30x)", lambda x: math.sin(30 * x), lambda x: 30 * math.cos(30 * x),
         ORDINARY),
    Case("smooth", "exp(-x*x)", lambda x: math.exp(-x * x), lambda x: -2 * x * math.exp(-x * x),
         ORDINARY),
    Case("smooth", "atan", math.atan, lambda x: 1 / (1 + x * x), ORDINARY),
    Case("badly scaled", "1e8 x*x", lambda x: 1e8 * x * x, lambda x: 2e8 * x, ORDINARY),
    Case("badly scaled", "1e-8 x*x", lambda x: 1e-8 * x * x, lambda x: 2e-8 * x, ORDINARY),
    Case("badly scaled", "x*x at large x", lambda x: x * x, lambda x: 2 * x, (3e5, -7e7, 2e10)),
    Case("badly scaled", "x*x at small x", lambda x: x * x, lambda x: 2 * x, (3e-5, -7e-7, 2e-10)),
    Case("badly scaled", "sin(1e6 x)", lambda x: math.sin(1e6 * x),
         lambda x: 1e6 * math.cos(1e6 * x), (0.3e-6, 0.9e-6, 0.4)),
    Case("badly scaled", "1e6 + sin x", lambda x: 1e6 + math.sin(x), math.cos, ORDINARY),
    Case("badly scaled", "logistic, saturated", _logistic, lambda x: _logistic(x) * _logistic(-x),
         (-30.0, -18.0, 12.0)),
    Case("near a pole", "1/x", lambda x: 1 / x, lambda x: -1 / x**2, (1e-3, -1e-5, 1e-8)),
    Case("near a pole", "tan", math.tan, lambda x: 1 / math.cos(x) ** 2, (1.57, 1.5707, -1.5708)),
    Case("near a pole", "log", math.log, lambda x: 1 / x, (1e-4, 1e-6, 1e-9)),
    Case("near a pole", "sqrt", math.sqrt, lambda x: 0.5 / math.sqrt(x), (1e-4, 1e-7, 1e-12)),
    Case("near a pole", "1/(x-1)**2", lambda x: 1 / (x - 1) ** 2, lambda x: -2 / (x - 1) ** 3,
         (1.001, 0.99999, 1 + 1e-7)),
    Case("near a kink", "|x|", abs, lambda x: math.copysign(1, x), (1e-3, -1e-5, 1e-7, -1e-9)),
    Case("near a kink", "relu(x) + x*x", lambda x: max(x, 0) + x * x,
         lambda x: (x > 0) + 2 * x, (1e-3, -1e-5, 1e-7, -1e-9)),
    Case("near a kink", "x*|x|", lambda x: x * abs(x), lambda x: 2 * abs(x), (0.5, 1e-4, -1e-6)),
    Case("at a kink", "|x|, 0", abs, lambda x: 0.0, (0.0,)),
    Case("at a kink", "relu(x - 1), 0", lambda x: max(x - 1, 0), lambda x: 0.0, (1.0,)),
    Case("at a kink", "relu(x - 1) + 3x, 3", lambda x: max(x - 1, 0) + 3 * x, lambda x: 3.0,
         (1.0,)),
    Case("at a kink", "max(x, 2x), 1", lambda x: max(x, 2 * x), lambda x: 1.0, (0.0,)),
    Case("beside a step", "floor(x) + x*x", lambda x: math.floor(x) + x * x, lambda x: 2 * x,
         (0.5, 1.001, 2.00001, 3 - 1e-6)),
    Case("beside a step", "x if x < 1 else 5 + x", lambda x: x if x < 1 else 5 + x, lambda x: 1.0,
         (0.999, 1.0001, 1 + 1e-7)),
    Case("noise", "sin x, noise of 1e-12", lambda x: math.sin(x) + 1e-12 * _noise(x), math.cos,
         ORDINARY),
    Case("noise", "exp x, noise of 1e-8", lambda x: math.exp(x) * (1 + 1e-8 * _noise(x)), math.exp,
         ORDINARY),
    Case("noise", "(1 + x*x) - 1", lambda x: (1 + x * x) - 1, lambda x: 2 * x,
         (1e-4, -3e-5, 1e-6)),
]  # fmt: skip


# The checkers


def ours() -> Checker:
    from autograd import gradcheck, primitive

    def accepts(function: Function, derivative: Function, point: float) -> bool | None:
        @primitive
        def checked(x: Any) -> Any:
            x = float(x)
            return function(x), (derivative(x),)

        report = gradcheck(checked, point)
        return None if report.verdicts[0].verdict == "noisy" else bool(report)

    return accepts


def pytorch() -> Checker:
    import torch

    def accepts(function: Function, derivative: Function, point: float) -> bool:
        class Checked(torch.autograd.Function):  # type: ignore[misc, no-any-unimported, unused-ignore]
            @staticmethod
            def forward(ctx: Any, x: Any) -> Any:
                ctx.save_for_backward(x)
                return torch.tensor(function(float(x)), dtype=torch.float64)

            @staticmethod
            def backward(ctx: Any, adjoint: Any) -> Any:
                return adjoint * derivative(float(ctx.saved_tensors[0]))

        x = torch.tensor(point, dtype=torch.float64, requires_grad=True)
        return bool(torch.autograd.gradcheck(Checked.apply, (x,), raise_exception=False))

    return accepts


def jax() -> Checker:
    import jax
    from jax.test_util import check_grads

    jax.config.update("jax_enable_x64", True)

    def accepts(function: Function, derivative: Function, point: float) -> bool:
        @jax.custom_jvp
        def checked(x: Any) -> Any:
            return _called(function, x)

        @checked.defjvp
        def tangent(primals: Any, tangents: Any) -> Any:
            return checked(primals[0]), _called(derivative, primals[0]) * tangents[0]

        try:
            check_grads(checked, (point,), order=1)
        except AssertionError:
            return False
        return True

    def _called(function: Function, x: Any) -> Any:
        import numpy as np

        result = jax.ShapeDtypeStruct((), np.float64)
        return jax.pure_callback(lambda number: np.float64(function(float(number))), result, x)

    return accepts


CHECKERS = {
    "autograd.gradcheck": ours,
    "torch.autograd.gradcheck": pytorch,
    "jax.test_util.check_grads": jax,
}


def _or_nan(function: Function) -> Function:
    """The function, but nan outside its domain, like functions of arrays."""

    def total(x: float) -> float:
        try:
            return function(x)
        except (ValueError, ArithmeticError):
            return math.nan

    return total


class Outcome(NamedTuple):
    """What a checker said about a derivative that is wrong by the fraction `mistake`."""

    case: Case
    point: float
    mistake: float
    verdict: bool | None


def verdicts(checker: Checker, case: Case) -> Iterator[Outcome]:
    """What a checker says about the right derivative and the wrong ones, at each point."""
    function, derivative = _or_nan(case.function), _or_nan(case.derivative)
    for point in case.points:
        yield Outcome(case, point, 0.0, checker(function, derivative, point))
        # At a kink any number between those of the two sides is right, and 0 times anything is 0.
        if case.group == "at a kink" or not derivative(point):
            continue
        for mistake in MISTAKES:

            def wrong(x: float, mistake: float = mistake) -> float:
                return derivative(x) * (1 + mistake)

            yield Outcome(case, point, mistake, checker(function, wrong, point))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checkers")
    parser.add_argument("--each", action="store_true", help="print each wrong verdict")
    arguments = parser.parse_args()
    found = {}
    for name, made in CHECKERS.items():
        try:
            checker = made()
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
            continue
        found[name] = [outcome for case in CASES for outcome in verdicts(checker, case)]
    print(f"{datetime.date.today()}, Python {platform.python_version()}, {platform.machine()}\n")
    print(head("derivatives", "of them", *found))
    for group in dict.fromkeys(case.group for case in CASES):
        rows = [[o for o in listed if o.case.group == group] for listed in found.values()]
        rows = [[o for o in row if not o.mistake] for row in rows]
        print(line(f"right, {group}: refused", str(len(rows[0])), *map(_refused, rows)))
    for mistake in MISTAKES:
        rows = [[o for o in listed if o.mistake == mistake] for listed in found.values()]
        print(line(f"wrong by {mistake:.0e}: passed", str(len(rows[0])), *map(_passed, rows)))
    if arguments.each:
        for name, (case, point, mistake, verdict) in (
            (name, outcome) for name, listed in found.items() for outcome in listed
        ):
            if bool(verdict) == bool(mistake):
                print(f"{name}: {case.name} at {point:g}, wrong by {mistake:g}: {verdict}")


def _refused(row: list[Outcome]) -> str:
    undecided = sum(outcome.verdict is None for outcome in row)
    refused = undecided + sum(outcome.verdict is False for outcome in row)
    return f"{refused}, {undecided} of them undecided" if undecided else str(refused)


def _passed(row: list[Outcome]) -> str:
    return str(sum(outcome.verdict is True for outcome in row))


if __name__ == "__main__":
    main()
