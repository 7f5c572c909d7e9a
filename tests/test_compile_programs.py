"""Programs of every form: three ways to run them give what the eager engine gives."""

import functools
import itertools
import math
import operator
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import strategies as st
from random_programs import IN_LANES, OPERATIONS, PARAMETER, SHARED, drawn, run
from witnesses import for_all

import autograd
from autograd import Value, compile, dot, exp, maximum
from autograd.compiling import interpreter, native
from autograd.compiling.backend import replay
from autograd.compiling.bytecode import encode
from autograd.compiling.interpreter import SCALARS, SHORT_DOTS, VECTORS, in_runs
from autograd.compiling.llvm_text import VECTOR
from autograd.compiling.lowering import ADDED, Layout, Schedule, with_shared_tanh
from autograd.compiling.native import NativeProgram
from autograd.numbers.kinds import GAMMA_FUNCTIONS, SPECIAL_FUNCTIONS
from autograd.tape.operations import COUNTS, FUNCTIONS
from autograd.tape.program import Program, operands
from autograd.tape.recording import record_gradient
from autograd.tape.tape import INPUTS, LANES, PER_LANE
from autograd.tape.tape import SHARED as SHARED_ARGUMENT

pytest.importorskip("llvmlite")
np = pytest.importorskip("numpy")

# As many as this takes some ten seconds; `python tests/random_programs.py` compares any number.
COUNT = 250


@pytest.fixture(scope="module")
def seen() -> Counter[Any]:
    found: Counter[Any] = Counter()
    run(range(COUNT), found)
    return found


def test_random_programs_equal_eager(seen):
    assert seen["programs"] == COUNT


def test_what_the_random_programs_cover(seen):
    claimed = {
        "step": {name for name, _ in OPERATIONS} | {"with a repeated operand", "that is dead"},
        "input": {PARAMETER, SHARED, IN_LANES},
        "inputs": {
            " and ".join(sorted(roles))
            for count in (1, 2, 3)
            for roles in itertools.combinations((PARAMETER, SHARED, IN_LANES), count)
        },
        "lanes": {"None", "1", "2", "3", "9", "17"},
        "argument": {"int", "list", "tuple", "dict", "Pair", "frozenset"},
        "output": {"list", "tuple", "dict", "Pair", "constant", PARAMETER, SHARED, IN_LANES},
        "objective": {"constant", PARAMETER, SHARED, IN_LANES},
        "stages": {"all three"},
        # Instructions: all of them once before the lanes, and in each; what the chain rule makes
        # after them.
        "before": {"dot", *COUNTS}.difference(GAMMA_FUNCTIONS, SPECIAL_FUNCTIONS),
        "in each lane": {"dot", *COUNTS}.difference(FUNCTIONS),
        "after": {"mul", "dot", "add", "div"},
    }
    keys = [key for key in seen if key != "programs"]
    found = {kind: {name for k, name in keys if k == kind} for kind, _ in keys}
    for kind, names in claimed.items():
        assert names <= found[kind], f"no {kind} {names - found[kind]} in {COUNT} programs"
    assert seen["budget", "tight"] > 99 * seen["budget", "wide"], "budgets too wide to tell"


# The integers of the interpreter, run over expressions in the place of numbers: a slot that is
# given to two numbers that live at the same time shows as the wrong expression.


def check_integers(program: Program, schedule: Schedule, layout: Layout) -> Counter[str]:
    """Raises AssertionError where a result is a wrong expression; counts what is run."""
    run = Expressions(program, layout)
    bytecode = encode(program, schedule, layout)
    run.once(bytecode.before)
    run.lanes(bytecode.lanes)
    run.once(bytecode.after)
    for which, position in enumerate(program.results):
        if program.stages[position] != LANES:
            found = run.cells[layout.first_result + which]
            assert found == run.right[position], f"result {which} is another number"
    return run.count


class Expressions:
    """A run of the integers: each expression is a number, below 0 if the program has none such."""

    def __init__(self, program: Program, layout: Layout):
        self.program, self.layout = program, layout
        self.known: dict[Any, int] = {}
        self.right: list[Any] = [None] * len(program.instructions)
        # A constant may stand after what reads it.
        for is_input in (True, False):
            for position, (operation, *xs) in enumerate(program.instructions):
                if (operation in INPUTS) == is_input:
                    key = operation, *xs
                    if not is_input:
                        key = expression(operation, [self.right[x] for x in xs])
                    self.right[position] = self.known.setdefault(key, len(self.known))
        self.one = self.known.get(("constant", 1.0))
        self.cells: dict[int, int] = {}
        for position, instruction in enumerate(program.instructions):
            if instruction[0] in INPUTS and layout.slot[position] >= 0:
                self.cells[layout.slot[position]] = self.right[position]
        self.count: Counter[str] = Counter()

    def computed(self, operation: str, xs: list[Any]) -> int:
        return self.known.setdefault(expression(operation, xs), -1 - len(self.known))

    def once(self, integers: Any) -> None:
        for kind, name, target, rest in decoded(integers):
            self.count[f"{kind} {name}"] += 1
            lanes = range(8 if kind == "vector" else 1)
            if name == "copy":
                found = [self.read(rest[0]) for _ in lanes]
            elif name == "across":
                start, count, x, y, step = rest
                xs = [] if start < 0 else [self.read(start), self.one]
                for i in range(count):
                    xs += [self.read(x + i), self.read(y + step * i)]
                found = [self.computed("dot", xs)]
            elif name == "dot":
                shared = 2 * rest[0] if kind == "vector" else 0
                # Every other of the shared products' factors is a single number.
                step = [int(i >= shared or i % 2) for i in range(len(rest) - 2)]
                found = [
                    self.computed(
                        "dot", [self.read(x + s * i) for x, s in zip(rest[2:], step, strict=True)]
                    )
                    for i in lanes
                ]
            else:
                found = [self.computed(name, [self.read(x + i) for x in rest]) for i in lanes]
            self.cells.update(enumerate(found, target))

    def read(self, slot: int) -> int:
        return self.cells.get(slot, -1)

    def lanes(self, integers: Any) -> None:
        program, layout, own = self.program, self.layout, {}
        for kind, name, target, rest in decoded(integers):
            assert kind == "vector"
            if name == "copy":
                own[target] = self.cells[rest[0]]
            elif name == "argument":
                own[target] = self.known[PER_LANE, layout.lane_arguments[rest[0]]]
            elif name == "result":
                position = program.results[layout.lane_results[target]]
                assert own[rest[0]] == self.right[position], f"result {target} of the lanes"
            elif name == "total":
                right = self.right[layout.added_up[target]]
                assert own[rest[0]] == right, f"total {target}"
            elif name == "dot":
                middle = 2 + 2 * rest[0]
                xs = [self.cells[x] if i % 2 == 0 else own[x] for i, x in enumerate(rest[2:middle])]
                own[target] = self.computed("dot", xs + [own[x] for x in rest[middle:]])
            else:
                own[target] = self.computed(name, [own[x] for x in rest])
        for position, instruction in enumerate(program.instructions):
            if instruction[0] == "sum_over_lanes":
                self.cells[layout.slot[position]] = self.right[position]


def expression(operation: str, xs: list[Any]) -> Any:
    if operation == "dot" or operation in SHORT_DOTS.values():
        products = zip(xs[::2], xs[1::2], strict=True)
        return "dot", *sorted(tuple(sorted(product)) for product in products)
    return operation, *xs


def decoded(integers: Any) -> Iterator[tuple[str, str, int, list[int]]]:
    """The instructions: of scalars or vectors, the operation, the target, and what follows."""
    names = {code: ("scalar", name) for name, code in SCALARS.items()}
    names |= {code: ("vector", name) for name, code in VECTORS.items()}
    moves = dict.fromkeys(("copy", "argument", "result", "total"), 1)
    dots = {name: 2 * products for products, name in SHORT_DOTS.items()}
    # What tanh becomes is no operation of a tape, and takes one number.
    added = dict.fromkeys(ADDED, 1)
    counts = {**COUNTS, **moves, **dots, **added, "across": 5}
    code = iter(integers.tolist())
    for operation in code:
        kind, name = names[operation]
        for _ in range(next(code)):
            target = next(code)
            if name == "dot":
                head = [next(code), next(code)]
                yield kind, name, target, head + [next(code) for _ in range(2 * sum(head))]
            else:
                yield kind, name, target, [next(code) for _ in range(counts[name])]


def recorded(number: int) -> list[Program]:
    """The programs of a random program: of its outputs, and of its gradient."""
    program = drawn(number)
    parameters, arguments = [Value(x) for x in program.data()], program.arguments()
    outputs = program.compiled(program.outputs, parameters, "replay")
    objective = program.compiled(program.objective, parameters, "replay")
    outputs(*arguments)
    if parameters or arguments:
        objective.value_and_grad(*arguments)
    found = (*outputs._programs.outputs.values(), *objective._programs.gradients.values())
    return [with_shared_tanh(x.program) for x in found]


# Short blocks, so that slots are reused.
@pytest.mark.parametrize("block", [1, 3, 8, 16_384])
def test_no_slot_is_given_to_two_numbers_that_live_at_the_same_time(block, monkeypatch):
    monkeypatch.setattr(interpreter, "BLOCK", block)
    stages: Counter[int] = Counter()
    for number in range(block % 4, 600, 4):
        for program in recorded(number):
            schedule = in_runs(program)
            check_integers(program, schedule, Layout(program, schedule))
            stages[len(set(program.stages))] += 1
    assert stages[3] > 20, "hardly any program has all three stages"


def test_the_check_of_slots_notices_each_that_is_wrong():
    count = 0
    for program in itertools.chain.from_iterable(map(recorded, range(40))):
        schedule = in_runs(program)
        runs = schedule.runs.tolist()
        last: dict[int, int] = {}
        for i in schedule.order.tolist():
            for x in operands(program.instructions[i]):
                last[x] = max(last.get(x, 0), runs[i])
        layout = Layout(program, schedule)
        right = Expressions(program, layout).right
        once = [x for x in schedule.order.tolist() if schedule.stages[x] != LANES]
        # Dots of the same products in another order are the same number.
        for x, y in itertools.islice(itertools.combinations(once, 2), None, None, 13):
            if runs[y] < last.get(x, 0) and right[x] != right[y]:
                wrong = Layout(program, schedule)
                wrong.slot[y] = wrong.slot[x]
                with pytest.raises(AssertionError):
                    check_integers(program, schedule, wrong)
                count += 1
    assert count > 100


# Numbers that lie side by side are computed as vectors.

SIZES = [*range(3, 20), 27, 33]


def network_program(size: int) -> tuple[Program, list[float]]:
    """The gradient of two layers of so many neurons, and numbers for its arguments."""

    def loss(*numbers):
        rows = [numbers[i : i + size] for i in range(0, len(numbers), size)]
        *weights, biases, x = rows
        for _ in range(2):
            x = [dot(row, x, bias) for row, bias in zip(weights, biases, strict=True)]
            total = autograd.sum([exp(number) for number in x])
            x = [maximum(number, 0.1) * (number - total) / total for number in x]
        return dot(x, x) + autograd.sum(x) - autograd.mean(x)

    numbers = [math.sin(1.7 * i) / size for i in range(size * (size + 2))]
    return record_gradient(loss, [], (SHARED_ARGUMENT,) * len(numbers), "mean"), numbers


@pytest.mark.parametrize("size", SIZES)
def test_what_is_computed_as_vectors_is_right(size, monkeypatch):
    monkeypatch.setattr(native, "LONGEST_STRAIGHT_LINE", 0)
    program, numbers = network_program(size)
    schedule = in_runs(program)
    check_integers(program, schedule, Layout(program, schedule))
    found, _ = NativeProgram(program, (SHARED_ARGUMENT,) * len(numbers)).run([], numbers, None)
    expected = replay(program, [], numbers, None)
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-13 * max(map(abs, expected)))


@pytest.mark.parametrize("count", range(3, 20))
def test_a_vector_writes_over_no_result(count, monkeypatch):
    monkeypatch.setattr(native, "LONGEST_STRAIGHT_LINE", 0)

    def later_first(xs, y):
        products = [x * y for x in xs]
        return [product + y for product in products], products

    numbers = [float(i) for i in range(count)]
    assert compile(later_first, backend="native")(numbers, 3.0) == later_first(numbers, 3.0)


@pytest.mark.parametrize("size", [8, 16, 32])
def test_matrices_are_computed_as_vectors(size):
    program, _ = network_program(size)
    schedule = in_runs(program)
    count = check_integers(program, schedule, Layout(program, schedule))
    alone = {name: times for name, times in count.items() if name.startswith("scalar dot")}
    assert sum(alone.values()) < 4, f"{alone} are computed one by one"
    assert count["scalar across"] < 3 * size
    # Both layers have the same weights, so each of their gradients is a sum of two products.
    assert count["vector dot.2"] >= size * size / 8
    calls = {name for name in (*COUNTS, *ADDED) if VECTOR.calls(name)}
    called = [name for name in count if name.startswith("vector") and name[7:] in calls]
    assert not called, f"{called} are less exact than alone"


# The order of additions is that of the function, in every way to run it.


@st.composite
def sums(draw):
    """A sum in brackets of numbers of any size, and the numbers."""
    numbers = draw(st.lists(st.sampled_from([1e16, -1e16, 1.0, 0.5, 3.0, -1.0]), min_size=3))
    order = draw(st.randoms(use_true_random=False))

    def bracketed(xs):
        if len(xs) == 1:
            return xs[0]
        middle = order.randrange(1, len(xs))
        join = order.choice([operator.add, operator.sub])
        return join(bracketed(xs[:middle]), bracketed(xs[middle:]))

    state = order.getstate()

    def function(*xs):
        order.setstate(state)
        return bracketed(xs)

    return function, numbers


def test_additions_keep_their_order(backend):
    def check(function, numbers):
        assert compile(function, backend=backend)(*numbers) == function(*numbers)

    for_all(sums(), check, examples=20 if backend == "native" else 100)


@pytest.mark.parametrize("longest", [native.LONGEST_STRAIGHT_LINE, 0])
@pytest.mark.parametrize("count", [3, 4])
@pytest.mark.parametrize("per_lane", range(4))
def test_additions_in_lanes_keep_their_order(per_lane, count, longest, monkeypatch):
    """Whichever factors the lanes share, such as the 1 of `x * 1 + y * 1 + z * 1`."""
    monkeypatch.setattr(native, "LONGEST_STRAIGHT_LINE", longest)

    def added(xs, weights):
        first, *rest = [x * weight for x, weight in zip(xs, weights, strict=True)]
        return functools.reduce(operator.add, rest, first)

    xs, weights = [1e16, -1e16, 1.0, 1.0][:count], [2.0, 2.0, 1.0, 1.0][:count]
    lanes = [np.full(3, x) for x in xs]
    # After as many with two factors of lanes, all have one that the lanes share.
    mixed = [np.full(3, x) if i < per_lane else x for i, x in enumerate(weights)]
    found = compile(added, backend="native")(lanes, mixed)
    assert found.tolist() == [added(xs, weights)] * 3
