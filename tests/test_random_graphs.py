"""Random programs: sums over paths, shared subexpressions, repeated operands."""

from fractions import Fraction

import mpmath
from strategies import graphs
from witnesses import (
    DIGITS,
    EPSILON,
    extrapolated_difference,
    for_all,
    leaves_of,
    path_scale,
    precise_derivative,
    precisely,
    same_number,
    torch,
    torch_gradients,
)

from autograd import dot, jvp
from autograd.graph import interior_nodes
from autograd.primitive import PRIMITIVES

# They make fractions of fractions.
NAMES = "add sub mul div neg sum dot select relu abs maximum minimum where"
RATIONAL = [PRIMITIVES[name] for name in NAMES.split()]

# A program stretches each rounding by at most 100 in its results (see strategies.py);
# derivatives bend more, by up to 1 / 0.05 per step near the edge of a domain.
RELATIVE_ROUNDING = 1e5 * 16 * EPSILON


def differentiated(program, numbers):
    """The leaves after backward, and the scale of the products that were added up."""
    leaves = leaves_of(numbers)
    output = program(*leaves)
    output.backward()
    scale = path_scale(output, interior_nodes(output))
    return leaves, [scale.get(leaf, 0.0) for leaf in leaves]


def test_backward_equals_finite_differences():
    def check(program, numbers):
        leaves, scales = differentiated(program, numbers)
        for position, leaf in enumerate(leaves):
            expected, budget = extrapolated_difference(program, numbers, position)
            # Numbers in the middle of the program may be larger than at its ends.
            budget = 100 * budget + RELATIVE_ROUNDING * scales[position]
            assert same_number(leaf.grad, expected, budget), (
                f"{program} at {numbers}: d/dx{position} is {leaf.grad}, not {expected}"
            )

    for_all(graphs(), check, examples=200)


def test_backward_equals_forward_mode():
    def check(program, numbers):
        leaves, scales = differentiated(program, numbers)
        for position, leaf in enumerate(leaves):
            direction = [float(i == position) for i in range(len(numbers))]
            tangent = jvp(program, numbers, direction)[1]
            # The same products of at most 8 partials, added up in another order.
            budget = 64 * EPSILON * scales[position]
            assert same_number(leaf.grad, tangent, budget), (
                f"{program} at {numbers}: d/dx{position} is {leaf.grad}, forward {tangent}"
            )

    for_all(graphs(), check, examples=200)


def test_backward_over_mpmath_is_right_to_many_digits():
    def check(program, numbers):
        with mpmath.workdps(DIGITS):
            precise = precisely(numbers)
            leaves, scales = differentiated(program, precise)
            for position, leaf in enumerate(leaves):
                expected = precise_derivative(program, precise, position)
                # Of 40 digits, those that conditioning leaves: see RELATIVE_ROUNDING.
                assert abs(leaf.grad - expected) <= 1e-30 * max(1, scales[position]), (
                    f"{program} at {numbers}: d/dx{position} is {leaf.grad}, not {expected}"
                )

    for_all(graphs(), check, examples=60)


def test_backward_over_fractions_is_exact():
    def check(program, numbers):
        fractions = list(map(Fraction, numbers))
        exact, _ = differentiated(program, fractions)
        rounded, scales = differentiated(program, numbers)
        for position, (leaf, other) in enumerate(zip(exact, rounded, strict=True)):
            direction = [int(i == position) for i in range(len(numbers))]
            assert leaf.grad == jvp(program, fractions, direction)[1], f"{program} at {numbers}"
            assert not isinstance(leaf.grad, float), f"{program} leaves the fractions"
            budget = RELATIVE_ROUNDING * max(1, scales[position])
            assert same_number(other.grad, leaf.grad, budget), (
                f"{program} at {numbers}: d/dx{position} is {other.grad}, exactly {leaf.grad}"
            )

    for_all(graphs(RATIONAL), check, examples=60)


def test_backward_equals_pytorch():
    torch()

    def check(program, numbers):
        leaves, scales = differentiated(program, numbers)
        expected = torch_gradients(program, numbers)
        for position, leaf in enumerate(leaves):
            budget = RELATIVE_ROUNDING * max(1, scales[position])
            assert same_number(leaf.grad, expected[position], budget), (
                f"{program} at {numbers}: d/dx{position} is {leaf.grad}, not {expected[position]}"
            )

    # PyTorch has the first two without a derivative, and that of the others to ten digits.
    differentiable = [
        p for name, p in PRIMITIVES.items() if name not in ("j0", "j1", "polygamma", "digamma")
    ]
    for_all(graphs(differentiable), check, examples=100)


def gradients_of_two_calls(program, numbers):
    leaves = leaves_of(numbers)
    output = program(*leaves)
    output.backward()
    once = [leaf.grad for leaf in leaves]
    interior = [node.grad for node in interior_nodes(output)]
    output.backward()
    assert [node.grad for node in interior_nodes(output)] == interior, f"{program} at {numbers}"
    return once, [leaf.grad for leaf in leaves]


def test_backward_twice_doubles_the_leaves():
    def check(program, numbers):
        once, twice = gradients_of_two_calls(program, list(map(Fraction, numbers)))
        assert twice == [2 * gradient for gradient in once], f"{program} at {numbers}"

    for_all(graphs(RATIONAL), check, examples=60)


def test_backward_twice_doubles_the_leaves_to_the_last_bit():
    once, twice = gradients_of_two_calls(lambda x: dot((x, x), (x, x), start=x), [-2.95])
    assert twice == [2 * once[0]]


def test_a_program_prints_its_steps():
    def check(program, numbers):
        assert repr(program).count(" = ") == len(program.steps)
        assert len(numbers) == program.count

    for_all(graphs(), check, examples=20)
