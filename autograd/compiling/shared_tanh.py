"""What machine code computes otherwise than a program says it: tanh and its slope, together."""

from typing import Any

from autograd.numbers import elementary
from autograd.tape.numbers import TapeNumber
from autograd.tape.program import Program, finished
from autograd.tape.tape import SOURCES, Tape

# What it replaces, so that no machine code is written for it.
REPLACED = ("tanh_slope",)

# Up to here exp(2 * |x|) is no infinity; the slope beyond is below the smallest normal float.
_LARGEST = 354.89


def with_shared_tanh(program: Program) -> Program:
    """The same program, where the tanh of a number and its slope share one exponential.

    Two functions of the library would take half as long again in the training step of a network.
    """
    sloped = {x[1] for x in program.instructions if x[0] in REPLACED}
    if not sloped:
        return program
    tape = Tape()
    # Constants may stand after what reads them.
    moved = [
        _source(tape, *instruction) if instruction[0] in SOURCES else -1
        for instruction in program.instructions
    ]
    for position, (operation, *operands) in enumerate(program.instructions):
        if operation in SOURCES:
            continue
        xs = [moved[x] for x in operands]
        if operation == "total":
            moved[position] = tape.total(*xs)
        elif operation in REPLACED:
            moved[position] = _tanh_slope(TapeNumber(tape, *xs)).position
        elif operation == "tanh" and operands[0] in sloped:
            moved[position] = _tanh(TapeNumber(tape, *xs)).position
        else:
            moved[position] = tape.emit(operation, *xs)
    results = [moved[position] for position in program.results]
    return finished(tape, results, program.arguments, program.parameters)


def _source(tape: Tape, kind: str, number: Any) -> int:
    return tape.constant(number) if kind == "constant" else tape.source(kind, number)


def _tanh(x: TapeNumber) -> TapeNumber:
    """With v = exp(2 * |x|) - 1, which has its digits near 0 too, tanh(|x|) is v / (v + 2)."""
    v, reciprocal = _shared(x)
    # The sign of -0.0 too.
    size: TapeNumber = 0.25 * v * reciprocal * elementary.sign(x)
    return size


def _tanh_slope(x: TapeNumber) -> TapeNumber:
    """1 - tanh(x) ** 2 is 4 * (v + 1) / (v + 2) ** 2, and nothing is lost in v + 1."""
    v, reciprocal = _shared(x)
    slope = 0.25 * (v + 1) * reciprocal * reciprocal
    return elementary.where(abs(x) > _LARGEST, 0.0, slope)  # type: ignore[no-any-return]


def _shared(x: TapeNumber) -> tuple[TapeNumber, TapeNumber]:
    """v and 4 / (v + 2): of 1 / (v + 2) the largest v would leave no normal float."""
    size = abs(x)
    v = elementary.expm1(2.0 * elementary.where(size > _LARGEST, _LARGEST, size))
    return v, 4.0 / (v + 2)
