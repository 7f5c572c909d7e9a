"""The order in which the loop runs a program: instructions of one operation together.

The processor foresees what comes next within a run, and starts one instruction before
the last is done, as they do not need each other.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain

from autograd.tape.program import Program
from autograd.tape.tape import SOURCES

# Instructions are ordered within blocks of so many: numbers that are made in one block are
# mostly read in it or in the next, and so are still in the processor's cache.
BLOCK = 2048


def in_runs(program: Program) -> Program:
    """The same program, each of its blocks in runs of one operation."""
    order: list[int] = []
    computed: list[int] = []
    for position, instruction in enumerate(program.instructions):
        (order if instruction[0] in SOURCES else computed).append(position)
    for start in range(0, len(computed), BLOCK):
        order += _block_in_runs(program, computed[start : start + BLOCK])
    return program.in_order(order)


def _block_in_runs(program: Program, block: list[int]) -> Iterator[int]:
    """Each instruction joins the first run of its operation that comes after its operands."""
    runs: list[list[int]] = []
    run_of: dict[int, int] = {}
    runs_of: dict[tuple[str, int], list[int]] = {}
    for position in block:
        instruction = program.instructions[position]
        after = -1
        for operand in instruction[1:]:
            run = run_of.get(operand, -1)
            if run > after:
                after = run
        known = runs_of.setdefault((instruction[0], len(instruction)), [])
        which = bisect_right(known, after)
        if which == len(known):
            known.append(len(runs))
            runs.append([])
        run_of[position] = known[which]
        runs[known[which]].append(position)
    return chain.from_iterable(runs)
