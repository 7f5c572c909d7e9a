"""The order in which the loop runs a program: instructions of one operation together.

The processor foresees what comes next within a run, and starts one instruction before
the last is done, as they do not need each other.
"""

from autograd.tape.program import Program
from autograd.tape.tape import SOURCES

# Instructions are ordered within blocks of so many: numbers that are made in one block are
# mostly read in it or in the next, and so are still in the processor's cache.
BLOCK = 2048


def in_runs(program: Program) -> Program:
    """The same program, each of its blocks in runs that are as long as they can be."""
    order: list[int] = []
    computed: list[int] = []
    for position, instruction in enumerate(program.instructions):
        (order if instruction[0] in SOURCES else computed).append(position)
    for start in range(0, len(computed), BLOCK):
        order += _block_in_runs(program, computed[start : start + BLOCK])
    return program.in_order(order)


def _block_in_runs(program: Program, block: list[int]) -> list[int]:
    """Takes, again and again, all instructions of the operation for which most can run."""
    readers: dict[int, list[int]] = {position: [] for position in block}
    missing: dict[int, int] = {}
    ready: dict[tuple[str, int], list[int]] = {}
    kind: dict[int, tuple[str, int]] = {}
    for position in block:
        operation, *operands = program.instructions[position]
        kind[position] = (operation, len(operands))
        inside = [x for x in operands if x in readers]
        for x in inside:
            readers[x].append(position)
        missing[position] = len(inside)
        if not inside:
            ready.setdefault(kind[position], []).append(position)
    order: list[int] = []
    while ready:
        run = ready.pop(max(ready, key=lambda operation: len(ready[operation])))
        order += run
        for position in run:
            for reader in readers[position]:
                missing[reader] -= 1
                if not missing[reader]:
                    ready.setdefault(kind[reader], []).append(reader)
    return order
