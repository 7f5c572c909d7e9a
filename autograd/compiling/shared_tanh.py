"""What machine code computes differently than a program says: tanh and its slope, together."""

from typing import Any

from autograd.numbers import elementary
from autograd.tape.numbers import TapeNumber
from autograd.tape.program import Program, to_program
from autograd.tape.tape import INPUTS, Tape

# The operations replaced here: no machine code is written for them.
REPLACED = ("tanh_slope",)

# For larger |x|, exp(2 * |x|) is infinite, and the slope is below the smallest normal float.
_LARGEST_SIZE = 354.89


def with_shared_tanh(program: Program) -> Program:
    """The same program, where the tanh of a number and its slope share one exponential.

    With two calls of the library, a training step of a network would take half as long again.
    """
    sloped = {x[1] for x in program.instructions if x[0] in REPLACED}
    if not sloped:
        return program
    tape = Tape()
    # First, since constants may stand after what reads them.
    moved = [
        _input(tape, *instruction) if instruction[0] in INPUTS else -1
        for instruction in program.instructions
    ]
    for position, (operation, *operands) in enumerate(program.instructions):
        if operation in INPUTS:
            continue
        xs = [moved[x] for x in operands]
        if operation == "sum_over_lanes":
            moved[position] = tape.sum_over_lanes(*xs)
        elif operation in REPLACED:
            moved[position] = _tanh_slope(TapeNumber(tape, *xs)).position
        elif operation == "tanh" and operands[0] in sloped:
            moved[position] = _tanh(TapeNumber(tape, *xs)).position
        else:
            moved[position] = tape.emit(operation, *xs)
    results = [moved[position] for position in program.results]
    return to_program(tape, results, program.arguments, program.parameters)


def _input(tape: Tape, kind: str, number: Any) -> int:
    return tape.constant(number) if kind == "constant" else tape.input(kind, number)


def _tanh(x: TapeNumber) -> TapeNumber:
    """tanh(|x|) is v / (v + 2), with v = exp(2 * |x|) - 1, which keeps its digits near 0."""
    v, reciprocal = _shared(x)
    # `sign` keeps the sign of -0.0.
    size: TapeNumber = 0.25 * v * reciprocal * elementary.sign(x)
    return size


def _tanh_slope(x: TapeNumber) -> TapeNumber:
    """1 - tanh(x) ** 2 is 4 * (v + 1) / (v + 2) ** 2, and nothing is lost in v + 1."""
    v, reciprocal = _shared(x)
    slope = 0.25 * (v + 1) * reciprocal * reciprocal
    return elementary.where(abs(x) > _LARGEST_SIZE, 0.0, slope)  # type: ignore[no-any-return]


def _shared(x: TapeNumber) -> tuple[TapeNumber, TapeNumber]:
    """v and 4 / (v + 2): for the largest v, 1 / (v + 2) would be no normal float any more."""
    size = abs(x)
    v = elementary.expm1(2.0 * elementary.where(size > _LARGEST_SIZE, _LARGEST_SIZE, size))
    return v, 4.0 / (v + 2)
