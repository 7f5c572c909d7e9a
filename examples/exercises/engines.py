"""Checks engines and backward passes against this project's gradients, and names the cause."""

import inspect
import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from autograd import Value, check_derivation, gradients
from autograd.graph import topological_order
from examples.exercises.checks import ROUNDING, as_number, require, shown

# The mistakes that code can make; slips of the pen are for people.
_KINDS = ("sign", "missing derivative", "extra factor", "wrong derivative")


def check_engine(number: Any, programs: Mapping[str, tuple[Callable[..., Any], Any]]) -> None:
    """Checks the gradients of a scalar engine against ours, on the same programs.

    Args:
        number: the engine's class of numbers, with `data`, `grad` and `backward()`.
        programs: for each name, a function of such numbers or of Values, and the floats to run
            it at.

    Raises:
        AssertionError: with the first program whose result or gradient is wrong, and the likely
            cause.
    """
    if number is not ...:
        for name, (program, point) in programs.items():
            _check_program(number, name, program, point)


def _check_program(number: Any, name: str, program: Callable[..., Any], point: Any) -> None:
    labels = inspect.signature(program).parameters
    leaves = [Value(x, label) for x, label in zip(point, labels, strict=True)]
    inputs = [number(x) for x in point]
    output, result = program(*leaves), program(*inputs)
    at = ", ".join(f"{leaf.label} = {leaf.data:g}" for leaf in leaves)
    require(
        hasattr(result, "backward"),
        f"{name} gives {shown(result)}: each operation must return a {number.__name__}",
    )
    found = as_number(f"The result of {name}", result.data)
    require(
        found == output.data, f"The result of {name} at {at} is {found:.6g}: leave that as it was"
    )
    result.backward()
    wrong = []
    for leaf, x, right in zip(leaves, inputs, gradients(output, leaves), strict=True):
        gradient = as_number(f"A gradient of {name}", x.grad)
        if not math.isclose(gradient, right, rel_tol=ROUNDING, abs_tol=ROUNDING):
            # Adding 0 turns -0.0, which might puzzle learners, into 0.0.
            said = f"- {leaf.label}: the engine says {gradient:.6g}, and {right + 0:.6g} is right"
            wrong.append(said + reason_for(gradient, leaf, output))
    require(not wrong, "\n".join([f"The gradient of {name} at {at} is wrong, in", *wrong]))


def reason_for(gradient: float, node: Value, output: Value) -> str:
    """Why a backward pass gives a node this wrong gradient, to be appended to a sentence.

    Args:
        gradient: the wrong gradient.
        node: the node that has it.
        output: the output of the graph.

    Returns:
        The rest of the sentence.

    >>> x = Value(3.0, "x")
    >>> reason_for(3.0, x, x * x)
    ': this is one of its 2 shares. They are added, += and not =, and two edges to the same ...'
    """
    order = list(topological_order(output))
    right = dict(zip(order, gradients(output, order), strict=True))
    shares = [
        partial * right[consumer]
        for consumer in order
        for parent, partial in zip(consumer.parents, consumer.partials, strict=True)
        if parent is node
    ]
    if not shares:
        return ": that of the output itself is 1"
    if len(shares) > 1 and gradient in shares:
        return (
            f": this is one of its {len(shares)} shares. They are added, += and not =, and two "
            "edges to the same parent are two shares"
        )
    total = math.fsum(shares)
    if math.isclose(gradient, 2 * total, rel_tol=ROUNDING):
        return ": twice what it should be. Is a node in your order twice?"
    # As a Fraction, since it is exact and not a rounded figure.
    verdict = check_derivation(output, {node: Fraction(gradient)})[node]
    if "missing path" in (verdict.kind, *verdict.alternatives):
        return (
            ", a part is missing: a node passed its gradient on before all of it had arrived, or "
            "not to this parent"
        )
    if verdict.kind in _KINDS:
        return f": {verdict.mistake}"
    if abs(gradient) < abs(total):
        return ": less than it should be. Does each share arrive?"
    return ": more than it should be. Is a node visited more than once?"
