"""Random programs of every form, run by machine code, by replay and eagerly, lane by lane.

    python tests/random_programs.py --count 20000

compares so many, prints what they were made of, and ends at the first difference beyond the error
budget of `test_compile_checker`. A program is drawn from its number alone.
"""

import argparse
import math
import operator
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from test_compile_checker import Expected, derived, summed, with_budget
from witnesses import EPSILON, leaves_of

import autograd
from autograd import Value, compile, functions, grad
from autograd.compiling import native
from autograd.numbers.nested import leaves
from autograd.primitive import PRIMITIVES
from autograd.tape.tape import AFTER, BEFORE, LANES

PARAMETER, SHARED, IN_LANES = "parameter", "shared argument", "lane argument"
BACKENDS = ("replay", "loop", "straight line")
STAGES = {BEFORE: "before", LANES: "in each lane", AFTER: "after"}

# How far numbers keep from where rounding alone would change a choice, and how large they get.
MARGIN = 1e-3
LARGEST = 30

# Below the smallest normal float, 2 ** -1022, digits are lost, and with them those of what is
# computed from there by factors of moderate size.
TINY = 2.0**-980


class Pair(NamedTuple):
    """A structure that is neither a list nor a plain tuple."""

    first: Any
    second: Any


class Step(NamedTuple):
    """An operation on the numbers at these positions, and the name by which it is counted."""

    name: str
    function: Callable[..., Any]
    positions: tuple[int, ...]


@dataclass
class Program:
    """A random function of parameters, arguments that lanes share, and arguments in lanes.

    Attributes:
        number: which one it is.
        roles, rows: of each input its role, and its number in each lane.
        steps: operations on inputs, and on results of steps before.
        outputs: the positions of what a call returns, in a structure; floats are constants.
        objective: the position of what is differentiated, or a float.
        groups: the positions of the inputs of each argument, in a structure.
    """

    number: int
    lanes: int | None
    roles: list[str]
    rows: list[list[float]]
    steps: list[Step] = field(default_factory=list)
    outputs: Any = None
    objective: int | float = 0
    groups: list[Any] = field(default_factory=list)
    reduce: str = "mean"

    def run(self, inputs: Sequence[Any], wanted: Any) -> Any:
        """The numbers at the positions in a structure."""
        numbers = list(inputs)
        for step in self.steps:
            numbers.append(step.function(*[numbers[position] for position in step.positions]))
        return mapped(lambda x: numbers[x] if isinstance(x, int) else x, wanted)

    def data(self) -> list[float]:
        """The numbers of the parameters."""
        return [row[0] for row, role in self._inputs() if role == PARAMETER]

    def arguments(self) -> list[Any]:
        """The arguments of a call: arrays in the place of what lies in lanes."""
        values = [np.array(row) if role == IN_LANES else row[0] for row, role in self._inputs()]

        def given(group: Any) -> Any:
            if isinstance(group, frozenset):
                return np.stack([values[position] for position in sorted(group)], axis=1)
            return mapped(lambda position: values[position], group)

        return [given(group) for group in self.groups]

    def compiled(self, wanted: Any, parameters: Sequence[Value], backend: str) -> Any:
        """The function of the arguments that gives the numbers at the positions in a structure."""

        def function(*arguments: Any) -> Any:
            found: dict[int, Any] = {}
            for group, argument in zip(self.groups, arguments, strict=True):
                found.update(zip(positions(group), leaves(argument, elements=True), strict=True))
            remaining = iter(parameters)
            inputs = [
                next(remaining) if role == PARAMETER else found[i]
                for i, role in enumerate(self.roles)
            ]
            return self.run(inputs, wanted)

        kind = "python" if backend == "replay" else "native"
        return compile(function, parameters, reduce=self.reduce, backend=kind)

    def _inputs(self) -> list[tuple[list[float], str]]:
        return list(zip(self.rows, self.roles, strict=True))

    def __repr__(self) -> str:
        names = [
            f"{role} x{i}={row}"
            for i, (role, row) in enumerate(zip(self.roles, self.rows, strict=True))
        ]
        steps = [f"x{i} = {s.name}{s.positions}" for i, s in enumerate(self.steps, len(self.roles))]
        return "\n  ".join(
            [
                f"program {self.number}, {self.lanes} lanes, {self.reduce}",
                *names,
                *steps,
                f"arguments {self.groups}, outputs {self.outputs}, objective {self.objective}",
            ]
        )


def positions(group: Any) -> list[int]:
    """The positions of the inputs in an argument, in their order."""
    return sorted(group) if isinstance(group, frozenset) else leaves(group)


def mapped(function: Callable[[Any], Any], structure: Any) -> Any:
    if isinstance(structure, dict):
        return {key: mapped(function, item) for key, item in structure.items()}
    if isinstance(structure, Pair):
        return Pair(*[mapped(function, item) for item in structure])
    if isinstance(structure, (list, tuple)):
        return type(structure)([mapped(function, item) for item in structure])
    return function(structure)


# Drawing


def drawn(number: int) -> Program:
    """The program of this number."""
    rng = random.Random(number)
    lanes = rng.choice([None, 1, 2, 3, 3, 9, 17])
    roles = [PARAMETER, SHARED] if lanes is None else [PARAMETER, PARAMETER, SHARED, IN_LANES]
    if rng.random() < 0.25:
        roles = [role for role in roles if role != PARAMETER]
    count = rng.randint(1, 7)
    program = Program(number, lanes, [rng.choice(roles) for _ in range(count)], [])
    for role in program.roles:
        draw = (
            (lambda: rng.uniform(-2, 2)) if rng.random() < 0.8 else lambda: rng.randrange(3) * 1.0
        )
        row = [draw() for _ in range(lanes or 1)]
        program.rows.append(row if role == IN_LANES else row[:1] * (lanes or 1))
    numbers = list(program.rows)
    steps = rng.randint(0, 18)
    for turn in range(steps):
        # Numbers of parameters and shared arguments alone are computed before the lanes, and
        # their adjoints after them; then all come together.
        alone = [i for i, row in enumerate(numbers) if len(set(row)) == 1]
        step = _step(rng, numbers, alone if turn < steps // 2 else [])
        if turn == steps - 1:
            read = {position for step in program.steps for position in step.positions}
            step = Step("ends", _ends, tuple(i for i in range(len(numbers)) if i not in read))
        results = _results(step, numbers)
        if results is not None:
            program.steps.append(step)
            numbers.append(results)
    available = [*range(len(numbers)), 0.5]
    # Most often the last number, which needs most of the others.
    chosen = [rng.choice([available[-2], *available]) for _ in range(rng.randint(1, 4))]
    program.outputs = _structure(rng, chosen)
    program.objective = rng.choice([*[available[-2]] * 8, *available])
    program.groups = _groups(rng, program)
    program.reduce = rng.choice(["mean", "sum"])
    return program


def _results(step: Step, numbers: list[list[float]]) -> list[float] | None:
    """The step's result in each lane; None where it is too large, or near a jump or a kink."""
    lanes = zip(*[numbers[position] for position in step.positions], strict=True)
    results = [_result(step, operands) for operands in lanes]
    return None if None in results else results  # type: ignore[return-value]


def _result(step: Step, operands: Sequence[float]) -> float | None:
    try:
        result = step.function(*operands)
        slopes = [
            (step.function(*_moved(step.positions, operands, which, change)) - result) / change
            for which in set(step.positions)
            for change in (-MARGIN, MARGIN)
        ]
    except ArithmeticError:
        return None
    if any(isinstance(x, complex) for x in (result, *slopes)):
        return None
    # What a small change of an operand makes jump, or turn, rounding may too.
    pairs = zip(slopes[::2], slopes[1::2], strict=True)
    is_smooth = all(abs(x) <= LARGEST and abs(x - y) <= 0.3 for x, y in pairs)
    return float(result) if abs(result) <= LARGEST and is_smooth else None


def _moved(
    positions: tuple[int, ...], operands: Sequence[float], which: int, change: float
) -> list[float]:
    return [
        x + change if position == which else x
        for position, x in zip(positions, operands, strict=True)
    ]


def _structure(rng: random.Random, items: list[Any]) -> Any:
    kind = rng.choice(["one", "list", "tuple", "dict", "nested"])
    if kind == "one" or len(items) == 1:
        return items[0]
    if kind == "dict":
        return {f"key {i}": item for i, item in enumerate(items)}
    if kind == "nested":
        return Pair([items[0]], {"rest": tuple(items[1:])})
    return items if kind == "list" else tuple(items)


def _groups(rng: random.Random, program: Program) -> list[Any]:
    """The arguments: each one input, or a structure of some; a set of positions is a table."""
    waiting = [i for i, role in enumerate(program.roles) if role != PARAMETER]
    groups: list[Any] = []
    while waiting:
        size = rng.randint(1, 3)
        some, waiting = waiting[:size], waiting[size:]
        in_lanes = all(program.roles[i] == IN_LANES for i in some)
        groups.append(
            frozenset(some) if in_lanes and rng.random() < 0.4 else _structure_of(rng, some)
        )
    return groups


def _structure_of(rng: random.Random, some: list[int]) -> Any:
    structure = _structure(rng, some)
    # All of them: `_structure` may choose one alone.
    return structure if sorted(leaves(structure)) == some else list(some)


# The operations


def _step(rng: random.Random, numbers: list[list[float]], alone: list[int]) -> Step:
    name, build = rng.choice(OPERATIONS)
    # The latest numbers more often than those before.
    latest = alone or [*range(len(numbers)), *range(max(0, len(numbers) - 3), len(numbers))]
    function, count = build(rng)
    return Step(name, function, tuple(rng.choice(latest) for _ in range(count)))


def _fixed(function: Callable[..., Any], count: int) -> Callable[[random.Random], Any]:
    return lambda rng: (function, count)


def _with_constant(function: Callable[..., Any]) -> Callable[[random.Random], Any]:
    def build(rng: random.Random) -> tuple[Callable[..., Any], int]:
        constant, is_first = rng.choice([2.0, -1.5, 0.25, 1.0, -1.0, 0.0, 3]), rng.random() < 0.5
        if is_first:
            return (lambda x: function(constant, x)), 1
        return (lambda x: function(x, constant)), 1

    return build


def _power(rng: random.Random) -> tuple[Callable[..., Any], int]:
    exponent = rng.choice([0, 1, 2, 3, -1, -2, 0.5, 2.5])
    return (lambda x: x**exponent), 1


def _dot(rng: random.Random) -> tuple[Callable[..., Any], int]:
    size, has_start = rng.randint(1, 6), rng.random() < 0.5
    # Some factors are constants.
    constants = {i: 0.5 for i in range(size) if rng.random() < 0.2}

    def dot(*operands: Any) -> Any:
        xs = list(operands[:size])
        ys = [constants.get(i, y) for i, y in enumerate(operands[size : 2 * size])]
        return autograd.dot(xs, ys, operands[-1] if has_start else 0)

    return dot, 2 * size + has_start


def _sum(rng: random.Random) -> tuple[Callable[..., Any], int]:
    function = rng.choice([functions.sum, autograd.mean])
    return (lambda *terms: function(terms)), rng.randint(1, 6)


def _brackets(rng: random.Random) -> tuple[Callable[..., Any], int]:
    """Sums and differences in brackets, some of products."""
    signs = [rng.choice([operator.add, operator.sub]) for _ in range(4)]
    is_left = rng.random() < 0.5

    def brackets(a: Any, b: Any, c: Any, d: Any, e: Any) -> Any:
        if is_left:
            return signs[0](signs[1](signs[2](a, b), c * d), signs[3](d, e))
        return signs[0](a * b, signs[1](c, signs[2](d, signs[3](e, a))))

    return brackets, 5


_COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)


def opposite(condition: Any) -> Any:
    """~condition; but of Python's own True that is -2."""
    return not condition if isinstance(condition, bool) else ~condition


# Conditions made of two comparisons.
CONDITIONS: dict[str, Callable[[Any, Any], Any]] = {
    "alone": lambda x, y: x,
    "~": lambda x, y: opposite(x),
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "==": operator.eq,
    "~&": lambda x, y: opposite(x & opposite(y)),
    "^ True": lambda x, y: x ^ True,
    "& False": lambda x, y: opposite(y & False) ^ x,
    "where": lambda x, y: functions.where(x, y, opposite(y)) & x,
}


def _where(join: Callable[[Any, Any], Any]) -> Callable[[random.Random], Any]:
    def build(rng: random.Random) -> tuple[Callable[..., Any], int]:
        compare, other = rng.choice(_COMPARISONS), rng.choice(_COMPARISONS)
        is_number = rng.random() < 0.25

        def where(x: Any, y: Any, z: Any, a: Any, b: Any) -> Any:
            condition = join(compare(x, y), other(y, z))
            return condition * a + b if is_number else functions.where(condition, a, b)

        return where, 5

    return build


def _where_number(rng: random.Random) -> tuple[Callable[..., Any], int]:
    """A number as the condition, and a condition as a number."""
    if rng.random() < 0.5:
        return functions.where, 3
    compare = rng.choice(_COMPARISONS)
    return (lambda x, y, z: compare(x, y) * z), 3


def _select(rng: random.Random) -> tuple[Callable[..., Any], int]:
    compare = rng.choice(_COMPARISONS)

    def select(x: Any, y: Any, a: Any, b: Any) -> Any:
        return functions.select(compare(x, y), [a, b])

    def by_remainder(x: Any, a: Any, b: Any, c: Any) -> Any:
        index = autograd.floor(x) % 3
        number = index.data if isinstance(index, Value) else index
        # A number of a tape is not known yet.
        return functions.select(int(number) if isinstance(number, float) else number, [a, b, c])

    return rng.choice([select, by_remainder]), 4


def _derivative(rng: random.Random) -> tuple[Callable[..., Any], int]:
    """A derivative within the program, differentiated again with it."""
    return (lambda x, y: grad(lambda z: (z * y).tanh() * z)(x)), 2


def _ends(*numbers: Any) -> Any:
    """The sum of products of neighbours: what nothing has read yet has an influence."""
    return functions.sum([x * y for x, y in pairwise((*numbers, numbers[0]))])


# One of them, or of its derivatives, and machine code runs none of a program.
OF_PYTHON = {"lgamma", "gamma", "digamma", "polygamma", "erfinv", "ndtri", "i0", "i1", "j0", "j1"}


def _unary() -> Iterator[tuple[str, Callable[[random.Random], Any]]]:
    for name in functions.__all__:
        primitive = PRIMITIVES.get(name)
        if primitive is not None and hasattr(Value, name) and name not in {"pos", *OF_PYTHON}:
            yield name, _fixed(primitive, 1)


OPERATIONS: list[tuple[str, Callable[[random.Random], Any]]] = [
    *[("+", _fixed(operator.add, 2)), ("-", _fixed(operator.sub, 2))] * 3,
    *[("*", _fixed(operator.mul, 2)), ("brackets", _brackets)] * 3,
    *[("/", _fixed(operator.truediv, 2)), ("negative", _fixed(operator.neg, 1))] * 2,
    *[("%", _fixed(operator.mod, 2)), ("//", _fixed(operator.floordiv, 2))] * 2,
    # At 0 the derivatives of the derivatives are infinite.
    ("x ** y", _fixed(lambda x, y: (x * x + 0.5) ** y, 2)),
    *[
        (f"constant {s}", _with_constant(f))
        for s, f in {"+": operator.add, "*": operator.mul}.items()
    ],
    *[
        (f"constant {s}", _with_constant(f))
        for s, f in {"-": operator.sub, "/": operator.truediv}.items()
    ],
    *[("power", _power), ("sum", _sum)] * 2,
    *[("dot", _dot), ("select", _select), ("where number", _where_number)] * 4,
    *[(f"where {name}", _where(join)) for name, join in CONDITIONS.items()],
    *[(name, _fixed(PRIMITIVES[name], 2)) for name in ("maximum", "minimum", "hypot")] * 2,
    *[(name, _fixed(PRIMITIVES[name], 2)) for name in ("atan2", "logaddexp")],
    ("derivative", _derivative),
    *_unary(),
]


# Running


class Eager(NamedTuple):
    """What the eager engine gives in one lane: the objective and its derivatives, the outputs."""

    results: list[Expected]
    outputs: list[Expected]


def _eager(program: Program, row: Sequence[float]) -> Eager:
    inputs = leaves_of(row)
    objective, *outputs = program.run(inputs, [program.objective, *leaves(program.outputs)])
    return Eager(derived(objective, inputs), [with_budget(output) for output in outputs])


def difference(program: Program, backend: str, seen: Counter[Any] | None = None) -> str:
    """How a backend differs from the eager engine, "" where it does not."""
    expected = [_eager(program, row) for row in zip(*program.rows, strict=True)]
    if IN_LANES not in program.roles:
        del expected[1:]
    # Recorded while the parameters hold other numbers: each run reads them anew.
    parameters = [Value(0.0) for _ in program.data()]
    outputs = program.compiled(program.outputs, parameters, backend)
    objective = program.compiled(program.objective, parameters, backend)
    arguments = program.arguments()
    outputs(*arguments)
    if parameters or arguments:
        objective.value_and_grad(*arguments)
    for parameter, number in zip(parameters, program.data(), strict=True):
        parameter.data = number
    wrong = _difference_of_outputs(program, leaves(outputs(*arguments)), expected)
    if not wrong and (parameters or arguments):
        at = {}
        if parameters and program.number % 2 == 0:
            at["at"] = np.array(program.data())
            for parameter in parameters:
                parameter.data = 0.0
        value, gradient = objective.value_and_grad(*arguments, **at)
        derivatives = _by_input(program, gradient)
        wrong = _difference_of_gradient(program, value, derivatives, expected)
    if seen is not None:
        seen.update(forms_of(program, [outputs, objective], expected))
    return wrong


def _difference_of_outputs(program: Program, found: list[Any], expected: list[Eager]) -> str:
    for which, output in enumerate(found):
        for lane, row in enumerate(expected):
            number = output[lane] if IN_LANES in program.roles else output
            right = row.outputs[which]
            if not _is_close(number, right):
                return f"output {which} in lane {lane} is {number!r}, and {right.number!r} eagerly"
    return ""


def _by_input(program: Program, gradient: Any) -> dict[int, Any]:
    """The derivatives by the positions of the inputs."""
    parameters = [i for i, role in enumerate(program.roles) if role == PARAMETER]
    if parameters:
        return dict(zip(parameters, list(gradient), strict=True))
    found: dict[int, Any] = {}
    for group, part in zip(
        program.groups, gradient if len(program.groups) > 1 else [gradient], strict=True
    ):
        parts = part.T if isinstance(group, frozenset) else leaves(part)
        found.update(zip(positions(group), parts, strict=True))
    return found


def _difference_of_gradient(
    program: Program, value: float, derivatives: dict[int, Any], expected: list[Eager]
) -> str:
    is_mean = program.reduce == "mean"
    total = summed([row.results for row in expected], mean=is_mean)
    if not _is_close(value, total[0]):
        return f"the value is {value!r}, and {total[0].number!r} eagerly"
    scale = len(expected) if is_mean else 1
    for i, derivative in derivatives.items():
        if program.roles[i] == IN_LANES:
            for lane, row in enumerate(expected):
                right = row.results[i + 1]
                # Divided by the count and multiplied by it again: two roundings more.
                wider = Expected(right.number, right.budget + 2 * EPSILON * abs(right.number))
                if not _is_close(derivative[lane] * scale, wider):
                    found = derivative[lane] * scale
                    return (
                        f"the derivative in x{i}, lane {lane}: {found!r}, {right.number!r} eagerly"
                    )
        elif not _is_close(derivative, total[i + 1]):
            return f"the derivative in x{i} is {derivative!r}, and {total[i + 1].number!r} eagerly"
    return ""


def _is_close(number: Any, right: Expected) -> bool:
    assert math.isfinite(right.budget), "the generator made a program of which nothing is known"
    return bool(abs(number - right.number) <= right.budget + TINY)


# What was covered


def forms_of(program: Program, compiled: list[Any], expected: Any) -> Iterator[Any]:
    """What a program is made of: forms of it, and instructions of its tape by stage."""
    yield "programs"
    yield from {("step", step.name) for step in program.steps}
    yield from {("input", role) for role in program.roles}
    yield "inputs", " and ".join(sorted(set(program.roles)))
    yield "lanes", str(program.lanes if IN_LANES in program.roles else None)
    yield from {("argument", type(group).__name__) for group in program.groups}
    yield "output", type(program.outputs).__name__
    for which in leaves(program.outputs):
        if isinstance(which, float):
            yield "output", "constant"
        elif which < len(program.roles):
            yield "output", program.roles[which]
    if not isinstance(program.objective, int):
        yield "objective", "constant"
    elif program.objective < len(program.roles):
        yield "objective", program.roles[program.objective]
    if any(len(set(s.positions)) < len(s.positions) for s in program.steps):
        yield "step", "with a repeated operand"
    needed = {x for x in [*leaves(program.outputs), program.objective] if isinstance(x, int)}
    for position in reversed(range(len(program.steps))):
        if position + len(program.roles) in needed:
            needed.update(program.steps[position].positions)
    if any(i + len(program.roles) not in needed for i in range(len(program.steps))):
        yield "step", "that is dead"
    for found in compiled:
        programs = found._programs
        for recorded in (*programs.outputs.values(), *programs.gradients.values()):
            stages = recorded.program.stages
            for stage, title in STAGES.items():
                for _, instruction in recorded.program.in_stage(stage):
                    yield title, instruction[0]
            if {BEFORE, LANES, AFTER} <= {
                stages[i] for s in STAGES for i, _ in recorded.program.in_stage(s)
            }:
                yield "stages", "all three"
    for row in expected:
        for number, budget in row.results:
            yield "budget", "tight" if budget <= 1e-9 * max(1, abs(number)) else "wide"


def run(numbers: Sequence[int], seen: Counter[Any], backends: Sequence[str] = BACKENDS) -> None:
    """Compares programs; raises AssertionError at the first that differs."""
    before = native.LONGEST_STRAIGHT_LINE, native.CHUNK_OPERATIONS, native.OPERATIONS_OF_A_THREAD
    try:
        for number in numbers:
            program = drawn(number)
            for backend in backends:
                native.LONGEST_STRAIGHT_LINE = 0 if backend == "loop" else before[0]
                # Every third in chunks of lanes, on threads.
                in_chunks = number % 3 == 0
                native.CHUNK_OPERATIONS = 1 if in_chunks else before[1]
                native.OPERATIONS_OF_A_THREAD = 1 if in_chunks else before[2]
                wrong = difference(program, backend, seen if backend == backends[0] else None)
                assert not wrong, f"{backend}: {wrong}\n{program}"
    finally:
        native.LONGEST_STRAIGHT_LINE, native.CHUNK_OPERATIONS = before[:2]
        native.OPERATIONS_OF_A_THREAD = before[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--count", type=int, default=1000, help="how many (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, help="the first (default: %(default)s)")
    arguments = parser.parse_args()
    seen: Counter[Any] = Counter()
    for first in range(arguments.first, arguments.first + arguments.count, 100):
        run(range(first, min(first + 100, arguments.first + arguments.count)), seen)
        print(
            f"\r{seen['programs']} programs without a difference",
            end="",
            flush=True,
            file=sys.stderr,
        )
    print(file=sys.stderr)
    print(
        f"{seen.pop('programs')} programs, each by {', '.join(BACKENDS)} and eagerly: no difference"
    )
    kinds = dict.fromkeys(kind for kind, _ in seen)
    for kind in kinds:
        found = sorted(((n, name) for (k, name), n in seen.items() if k == kind), reverse=True)
        print(f"{kind}: {', '.join(f'{name} {n}' for n, name in found)}")


if __name__ == "__main__":
    main()
