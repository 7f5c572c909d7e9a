"""How far gradcheck can be trusted: right gradients that it rejects, wrong ones that it accepts.

    python -m benchmarks.gradcheck                    # 5,000 graphs: a few minutes
    python -m benchmarks.gradcheck --graphs 200 --seed 7

Graphs are drawn at random: functions, constants, points of many sizes, joints (x * |x| at 0),
kinks, ties and steps. Whether the gradient is right is decided by differences over mpmath's numbers
with 150 digits, which share neither the rules nor the rounding of floats. Then one partial of one
rule is made wrong. The same seed draws the same graphs.
"""

import argparse
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import mpmath

import autograd
from autograd import Value, gradcheck, gradients, primitive
from autograd.checking.target import sizes_of_paths

# For the differences over mpmath's numbers: such a short step leaves 50 right digits.
DIGITS = 150
STEP = mpmath.mpf(10) ** -60
# A gradient in floats that is further off has lost digits: in the sine of a large number, or in a
# sum that cancels. Such a graph does not count.
LOST = 1e-9
# A mistake that changes the derivative by this fraction must be found.
VISIBLE = 1e-6
LARGEST = 1e9

UNARY = [
    "exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh",
    "cosh", "tanh", "asinh", "acosh", "atanh", "sigmoid", "softplus", "silu", "gelu", "erf", "erfc",
    "relu", "leaky_relu", "elu", "abs", "neg", "floor", "sign",
]  # fmt: skip
BINARY = [
    "add", "sub", "mul", "div", "mod", "floordiv", "atan2", "hypot", "logaddexp", "maximum",
    "minimum",
]  # fmt: skip

# Functions that bend or break where their operand is 0, which is exactly at the point.
JOINTS: dict[str, Callable[[Any], Any]] = {
    "relu(t)": autograd.relu,
    "relu(t)**2": lambda t: autograd.relu(t) ** 2,
    "relu(-t)**3": lambda t: autograd.relu(-t) ** 3,
    "|t|": abs,
    "t * |t|": lambda t: t * abs(t),
    "|t|**1.5": lambda t: abs(t) ** 1.5,
    "where(t > 0, t*t, -t*t)": lambda t: autograd.where(t > 0, t * t, -t * t),
    "t**6": lambda t: t**6,
    "elu(t)": autograd.elu,
    "maximum(t, 2*t)": lambda t: autograd.maximum(t, 2 * t),
    "relu(t) + t": lambda t: autograd.relu(t) + t,
}


@dataclass(frozen=True)
class Step:
    """One operation of a graph, applied to the numbers at these places."""

    name: str
    function: Callable[..., Any]
    places: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'x{place}' for place in self.places)})"


@dataclass(frozen=True)
class Graph:
    """A function of `count` numbers, whose result is that of its last step."""

    count: int
    steps: tuple[Step, ...]

    def __call__(self, *numbers: Any) -> Any:
        found = list(numbers)
        for step in self.steps:
            found.append(step.function(*[found[place] for place in step.places]))
        return found[-1]

    def __str__(self) -> str:
        return "; ".join(f"x{place} = {step}" for place, step in enumerate(self.steps, self.count))


def drawn(seed: int) -> tuple[Graph, list[float]]:
    """The graph for a seed, and the point at which to check it."""
    generator = random.Random(seed)
    point = [_number(generator) for _ in range(generator.randint(1, 3))]
    if len(point) > 1 and generator.random() < 0.2:
        point[1] = point[0]
    graph, values = Graph(len(point), ()), list(point)
    length = generator.randint(1, 7)
    while len(graph.steps) < length:
        step = _step(generator, graph, point)
        try:
            value = float(step.function(*[values[place] for place in step.places]))
        except (ArithmeticError, ValueError, TypeError):
            continue
        if math.isfinite(value) and abs(value) <= LARGEST:
            graph = replace(graph, steps=(*graph.steps, step))
            values.append(value)
    return graph, point


def _number(generator: random.Random) -> float:
    """A number: usually of ordinary size, sometimes of any size, sometimes an integer or 0."""
    kind = generator.random()
    sign = generator.choice((-1, 1))
    if kind < 0.15:
        return float(generator.randint(-3, 3))
    if kind < 0.4:
        return sign * 10 ** generator.uniform(-12, 6)
    return sign * generator.uniform(0.05, 5)


def _step(generator: random.Random, graph: Graph, point: list[float]) -> Step:
    count = graph.count + len(graph.steps)
    latest = count - 1 if generator.random() < 0.8 else generator.randrange(count)
    kind = generator.random()
    if kind < 0.15:
        return _joint(generator, point)
    if kind < 0.25:
        exponent = generator.choice((2, 3, -1, 0.5, 1.5, 2.5, -2))
        return Step(f"power {exponent}", lambda x: x**exponent, (latest,))
    if kind < 0.35:
        factor = generator.choice((-1, 1)) * 10 ** generator.uniform(-4, 4)
        if generator.random() < 0.5:
            return Step(f"{factor!r} times", lambda x: factor * x, (latest,))
        return Step(f"{factor!r} plus", lambda x: factor + x, (latest,))
    if kind < 0.65:
        name = generator.choice(UNARY)
        return Step(name, getattr(autograd, name), (latest,))
    name = generator.choice(BINARY)
    return Step(
        name,
        getattr(autograd, name),
        (latest, generator.randrange(count)),
    )


def _joint(generator: random.Random, point: list[float]) -> Step:
    """A function of an input minus its value at the point, which is 0 without any rounding."""
    name = generator.choice(list(JOINTS))
    place = generator.randrange(len(point))
    joint, number = JOINTS[name], point[place]
    if len(point) > 1 and point[0] == point[1]:
        return Step(f"{name}, t the difference", lambda x, y: joint(x - y), (0, 1))
    return Step(f"{name}, t above {number!r}", lambda x: joint(x - number), (place,))


# The witness


def sides(function: Callable[..., Any], point: Sequence[float], place: int) -> list[Any]:
    """The derivatives on the left and on the right, to many digits; an empty list at a jump."""
    here = function(*map(mpmath.mpf, point))
    found = []
    for sign in (-1, 1):
        slopes = []
        for step in (sign * STEP, sign * STEP / 1000):
            moved = list(map(mpmath.mpf, point))
            moved[place] += step
            slopes.append((function(*moved) - here) / step)
        # For a power below 2 at 0 the slopes go to 0; at a jump they grow.
        if abs(slopes[1]) > 2 * abs(slopes[0]):
            return []
        found.append(slopes[1])
    return found


def is_right(derivative: float, function: Callable[..., Any], point: Any, place: int) -> bool:
    """Whether it is the derivative by differences, or lies between those of the two sides."""
    try:
        with mpmath.workdps(DIGITS):
            found = sides(function, point, place)
            margin = LOST * max(map(abs, found), default=0)
            # The steps are not infinitely short: for |t| ** 1.5 at 0 this much remains.
            margin += mpmath.sqrt(STEP)
            return bool(found) and min(found) - margin <= derivative <= max(found) + margin
    # Some of mpmath's functions fail at some numbers, with various errors.
    except Exception:
        return False


def derivative_of(graph: Graph, place: int) -> Callable[..., Any]:
    """The derivative by one input, from the rules, as a function of numbers of any kind."""

    def derivative(*numbers: Any) -> Any:
        variables = list(map(Value, numbers))
        return gradients(graph(*variables), variables[place])

    return derivative


def of_right_derivatives(graph: Graph, point: list[float], order: int) -> Iterator[tuple[str, Any]]:
    """The verdict on each right derivative."""
    report = gradcheck(graph, *point, order=order)
    functions: list[Callable[..., Any]] = [graph]
    if order == 2:
        functions += [derivative_of(graph, place) for place in range(graph.count)]
    pairs = [(function, place) for function in functions for place in range(graph.count)]
    for (function, place), verdict in zip(pairs, report.verdicts, strict=True):
        if is_right(verdict.analytic, function, point, place):
            yield verdict.verdict, verdict


# Mistakes

MISTAKES: dict[str, Callable[..., Any]] = {
    "1e-6 too large": lambda partials, i: partials[i] * (1 + 1e-6),
    "1.5 times": lambda partials, i: partials[i] * 1.5,
    "of the wrong sign": lambda partials, i: -partials[i],
    "dropped": lambda partials, i: 0 * partials[i],
    "that of the other operand": lambda partials, i: partials[i - 1],
}


def with_mistake(graph: Graph, generator: random.Random) -> tuple[str, Graph] | None:
    """The graph with one partial of one of its rules made wrong; None if it has no rule."""
    rules = [i for i, step in enumerate(graph.steps) if hasattr(step.function, "rule")]
    if not rules:
        return None
    index = generator.choice(rules)
    step = graph.steps[index]
    position = generator.randrange(len(step.places))
    name = generator.choice(list(MISTAKES))
    rule, change = step.function.rule, MISTAKES[name]  # type: ignore[attr-defined]

    @primitive
    def wrong(*numbers: Any) -> Any:
        result, partials = rule(*numbers)
        changed = change(partials, position)
        return result, (*partials[:position], changed, *partials[position + 1 :])

    steps = [*graph.steps]
    steps[index] = replace(step, function=wrong)
    return name, replace(graph, steps=tuple(steps))


def of_mistakes(
    graph: Graph, point: list[float], generator: random.Random
) -> Iterator[tuple[str, Any]]:
    """The verdict on each derivative that a mistake makes visibly wrong."""
    drawn_mistake = with_mistake(graph, generator)
    if not drawn_mistake:
        return
    report = gradcheck(graph, *point)
    changed = gradcheck(drawn_mistake[1], *point)
    variables = list(map(Value, point))
    paths = sizes_of_paths(graph(*variables), variables)
    for right, wrong, size in zip(report.verdicts, changed.verdicts, paths, strict=True):
        apart = abs(right.analytic - wrong.analytic)
        # At a kink any share is right. What does not change a result in floats is as good as 0, and
        # where nearly all of a derivative cancels, only its rounding is left.
        is_visible = apart > max(0.5 * VISIBLE * abs(right.analytic), 1e-10 * size)
        moves = apart * (abs(right.at) or 1.0) > math.ulp(float(graph(*point)))
        if right.verdict == "ok" and is_visible and moves:
            yield wrong.verdict, f"{drawn_mistake[0]}\n{changed}"


def main() -> None:
    """Prints how often gradcheck was right, and every graph for which it was not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gradcheck")
    parser.add_argument("--graphs", type=int, default=5000, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="the first (default: %(default)s)")
    arguments = parser.parse_args()
    right: dict[int, Counter[str]] = {1: Counter(), 2: Counter()}
    wrong: Counter[str] = Counter()
    for seed in range(arguments.seed, arguments.seed + arguments.graphs):
        graph, point = drawn(seed)
        for order, counted in right.items():
            for word, verdict in of_right_derivatives(graph, point, order):
                counted[word] += 1
                if word not in ("ok", "kink", "noisy"):
                    print(f"false alarm, order {order}, seed {seed}: {graph} at {point}\n{verdict}")
        for word, report in of_mistakes(graph, point, random.Random(seed)):
            wrong[word] += 1
            if word == "ok":
                print(f"missed, seed {seed}: {graph} at {point}, {report}")
    for order, counted in right.items():
        print(f"right derivatives, order {order}: {dict(counted)}")
    print(f"wrong derivatives: {dict(wrong)}")
    passing = {"ok", "kink", "noisy"}
    sys.exit(any(set(counted) - passing for counted in right.values()) or bool(wrong["ok"]))


if __name__ == "__main__":
    main()
