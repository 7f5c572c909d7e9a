"""Each rule compiled: at ordinary operands, and at kinks, ties, poles, infinities and nans."""

import pytest
from hypothesis import strategies as st
from strategies import bound, calls, operands
from test_compile_checker import assert_compiled, eager
from witnesses import for_all, sample

from autograd import dot
from autograd.primitive import PRIMITIVES

every_rule = pytest.mark.parametrize("primitive", PRIMITIVES.values(), ids=PRIMITIVES)

# The derivatives of steps are 0: a sum of the operands beside the rule makes all of them
# something to get wrong. No round numbers, which a rule's own derivative might cancel.
WEIGHTS = (0.7391, -1.2817, 1.5173, -0.4919, 2.0293)


def weighted(call):
    def function(*numbers):
        return 3.0 * call(*numbers) + dot(numbers, WEIGHTS[: len(numbers)])

    function.__name__ = f"3 * {call.name}{call.constants or ''} + dot(operands, weights)"
    return function


@every_rule
def test_rules_equal_eager(primitive, backend):
    def check(call, rows):
        assert_compiled(weighted(call), rows, backend)

    def in_rows(call):
        return st.tuples(st.just(call), st.lists(operands(call), min_size=3, max_size=3))

    # Each example is five programs, of which each becomes machine code.
    for_all(bound(primitive).flatmap(in_rows), check, examples=3 if backend == "native" else 8)


@every_rule
def test_weighted_derivatives_do_not_vanish(primitive):
    for call, numbers in sample(calls(primitive), 10):
        for number, _ in eager(weighted(call), numbers)[1:]:
            assert abs(number) > 1e-4, f"{call.name}{numbers}: a weighted derivative is {number}"
