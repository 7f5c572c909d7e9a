"""Programs of every form: three ways to run them give what the eager engine gives."""

import itertools
import operator
from collections import Counter
from typing import Any

import pytest
from hypothesis import strategies as st
from random_programs import IN_LANES, OPERATIONS, PARAMETER, SHARED, drawn, run
from witnesses import for_all

from autograd import Value, compile
from autograd.compiling.interpreter import CODES, SHORT_DOTS, encode, in_runs
from autograd.compiling.lowering import Layout, with_shared_tanh
from autograd.numbers.kinds import GAMMA_FUNCTIONS, SPECIAL_FUNCTIONS
from autograd.tape.operations import COUNTS, FUNCTIONS
from autograd.tape.program import Program, operands
from autograd.tape.tape import AFTER, BEFORE, INPUTS, LANES, PER_LANE

pytest.importorskip("llvmlite")

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


# Slots in memory. Programs are run over expressions in the place of numbers: a slot that is
# given to two numbers that live at the same time shows as the wrong expression.


def expressions(program: Program) -> list[Any]:
    """What each position stands for: a source, or an operation on expressions, as a number."""
    found: list[Any] = [None] * len(program.instructions)
    known: dict[Any, int] = {}
    # A constant may stand after what reads it.
    for is_input in (True, False):
        for position, instruction in enumerate(program.instructions):
            if (instruction[0] in INPUTS) == is_input:
                key = instruction
                if not is_input:
                    key = expression(instruction[0], [found[x] for x in instruction[1:]])
                found[position] = known.setdefault(key, len(known))
    return found


def expression(operation: str, xs: list[Any]) -> Any:
    if operation == "dot" or operation in SHORT_DOTS.values():
        products = zip(xs[::2], xs[1::2], strict=True)
        return "dot", *sorted(tuple(sorted(product)) for product in products)
    return operation, *xs


def check_slots(program: Program, layout: Layout) -> None:
    """Raises AssertionError where a number is read from a slot that holds another."""
    instructions, slot = program.instructions, layout.slot
    right = expressions(program)
    cells: dict[int, Any] = {}
    for position, instruction in enumerate(instructions):
        if instruction[0] in INPUTS and slot[position] >= 0:
            cells[slot[position]] = right[position]

    def read(x: int, reader: Any) -> None:
        assert cells.get(slot[x]) == right[x], f"{reader} reads {x} where something else lies"

    def once(stage: int) -> None:
        for position, instruction in program.in_stage(stage):
            for x in operands(instruction):
                read(x, instruction)
            cells[slot[position]] = right[position]
        for target, position in layout.copies(stage):
            read(position, "a result")
            cells[target] = right[position]

    once(BEFORE)
    check_lanes(program, layout, right, cells)
    for position, instruction in enumerate(instructions):
        if instruction[0] == "sum_over_lanes":
            cells[slot[position]] = right[position]
    once(AFTER)
    for which, position in enumerate(program.results):
        if program.stages[position] != LANES:
            assert cells[layout.first_result + which] == right[position], f"result {which}"


def check_lanes(program: Program, layout: Layout, right: list[Any], cells: dict[int, Any]) -> None:
    """Runs the integers of the lanes over expressions."""
    names = {code: name for name, code in CODES.items()}
    numbers = {
        expression(x[0], [right[i] for i in x[1:]]) if x[0] not in INPUTS else x: right[position]
        for position, x in enumerate(program.instructions)
    }
    for position, x in enumerate(program.instructions):
        if program.stages[position] == LANES:
            for i in operands(x):
                if program.stages[i] == BEFORE:
                    assert cells[layout.slot[i]] == right[i], f"the lanes read {i}, and it is gone"
    own: dict[int, Any] = {}
    code = iter(encode(program, layout).lanes)
    for operation in code:
        for _ in range(next(code)):
            name, target = names[operation], next(code)
            if name == "copy":
                own[target] = cells[next(code)]
            elif name == "argument":
                own[target] = numbers[PER_LANE, layout.lane_arguments[next(code)]]
            elif name == "result":
                position = program.results[layout.lane_results[target]]
                assert own[next(code)] == right[position], f"result {target} of the lanes"
            elif name == "total":
                assert own[next(code)] == right[layout.added_up[target]], f"total {target}"
            elif name == "dot":
                shared, others = next(code), next(code)
                xs = []
                for _ in range(shared):
                    xs += [cells[next(code)], own[next(code)]]
                xs += [own[next(code)] for _ in range(2 * others)]
                own[target] = numbers[expression("dot", xs)]
            else:
                # What tanh becomes is no operation of a tape, and takes one number.
                count = 2 * int(name[4:]) if name in SHORT_DOTS.values() else COUNTS.get(name, 1)
                own[target] = numbers[expression(name, [own[next(code)] for _ in range(count)])]


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
    programs = [with_shared_tanh(x.program) for x in found]
    return [in_runs(program) if number % 2 else program for program in programs]


def test_no_slot_is_given_to_two_numbers_that_live_at_the_same_time():
    stages: Counter[int] = Counter()
    for number in range(1000):
        for program in recorded(number):
            check_slots(program, Layout(program))
            stages[len(set(program.stages))] += 1
    assert stages[3] > 200, "hardly any program has all three stages"


def test_the_check_of_slots_notices_each_that_is_wrong():
    count = 0
    for program in itertools.chain.from_iterable(map(recorded, range(100))):
        run = [x for stage in (BEFORE, LANES, AFTER) for x, _ in program.in_stage(stage)]
        when = {x: i for i, x in enumerate(run)}
        last = {x: when[i] for i in run for x in operands(program.instructions[i])}
        once = [x for x in run if program.stages[x] != LANES]
        # Dots of the same products in another order are the same number.
        right = expressions(program)
        for x, y in itertools.combinations(once, 2):
            if when[y] < last.get(x, 0) and right[x] != right[y]:
                layout = Layout(program)
                layout.slot[y] = layout.slot[x]
                with pytest.raises(AssertionError):
                    check_slots(program, layout)
                count += 1
    assert count > 1000


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
