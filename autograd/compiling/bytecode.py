"""Long programs as integers, which the interpreter runs.

Each run of instructions with the same operation is encoded as the code of the operation, the number
of instructions, and for each of these the slot of its result and the slots of its operands. A `dot`
of more than IN_ORDER products has two counts before its operands: the number of products with a
factor that is shared, and the number of other products.

In the lanes, all instructions are on vectors. Dots with common factors, as those of a matrix and a
vector, are one instruction there: the number of dots, the number of products, the common factors,
and for each dot the slot of its result and its own factors.

Before and after them, those are on vectors that can be: eight instructions of a run whose results
lie side by side, and whose operands do or are the same for all, as in the product of a matrix and a
vector.
"""

from collections.abc import Iterator
from itertools import chain, groupby, product
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from autograd.compiling.interpreter import SCALARS, SHORT_DOTS, VECTORS
from autograd.compiling.llvm_text import VECTOR, WIDTH
from autograd.compiling.lowering import Layout, Schedule
from autograd.tape.operations import factors
from autograd.tape.program import IN_ORDER, Program
from autograd.tape.tape import AFTER, BEFORE, LANES, PER_LANE, Instruction

# So many instructions are run as a vector. Its other numbers are computed, too, and overwritten.
LEAST = 4


class Bytecode(NamedTuple):
    """The integers of each stage, how many doubles they share, and how many the lanes need."""

    before: Any
    lanes: Any
    after: Any
    size: int
    registers: int


def encode(program: Program, schedule: Schedule, layout: Layout) -> Bytecode:
    """The bytecode of a program."""
    lanes = _Lanes(program, schedule, layout)
    before = _Once(schedule, layout, BEFORE, layout.size)
    after = _Once(schedule, layout, AFTER, before.size)
    return Bytecode(
        before.integers(layout.copies(BEFORE)),
        lanes.integers(),
        after.integers(layout.copies(AFTER)),
        # The last vectors may read beyond what there is.
        after.size + WIDTH,
        lanes.size,
    )


# In a run, vectors come first, and copies of what it computed last.
_IN_VECTORS, _ACROSS, _ALONE, _COPIES = range(4)


class _Once:
    """What runs once, before or after the lanes.

    Args:
        schedule, layout: of the program.
        stage: BEFORE or AFTER.
        size: how many doubles the layout and earlier stages have.

    Attributes:
        size: how many there are with the copies of this stage. A number that is the same for a
            whole vector is copied into one.
    """

    def __init__(self, schedule: Schedule, layout: Layout, stage: int, size: int):
        self.runs = schedule.runs
        self.layout = layout
        self.slot = layout.slot
        self.size = size
        self.copies = np.full(len(self.slot), -1, np.int32)
        ones = [slot for slot, number in layout.constants if number == 1.0]
        self.one = ones[0] if ones else -1
        # What is encoded: keys to sort it by, the code of its operation, and its integers.
        self.encoded: list[tuple[Any, int, Any]] = []
        order = schedule.order[schedule.stages[schedule.order] == stage]
        self.index = np.arange(len(self.slot))
        self.index[order] = np.arange(len(order))
        by_kind = order[np.argsort(schedule.kind[order], kind="stable")]
        kinds, begins = np.unique(schedule.kind[by_kind], return_index=True)
        for which, positions in zip(kinds.tolist(), np.split(by_kind, begins[1:]), strict=False):
            operation, count, _ = schedule.kinds[which]
            read = schedule.starts[positions, None] + np.arange(count)
            self._encode(operation, positions, schedule.operands[read])
        copied = np.flatnonzero(self.copies >= 0)
        self._add(_COPIES, copied, VECTORS["copy"], [self.copies[copied], self.slot[copied]])

    def integers(self, copies: list[tuple[int, int]]) -> Any:
        """All of it, gathered in runs of one operation, and then copies of results."""
        keys = np.concatenate([keys for keys, _, _ in self.encoded])
        codes = np.concatenate([np.full(len(x), code, np.int32) for x, code, _ in self.encoded])
        lengths = np.concatenate([np.full(len(x), x.shape[1], np.int32) for *_, x in self.encoded])
        # Each part is in order already, and a stable sort merges them.
        order = np.argsort(keys, kind="stable")
        codes, lengths = codes[order], lengths[order]
        begins = np.flatnonzero(np.diff(codes, prepend=-1))
        lengths[begins] += 2
        ends = np.cumsum(lengths)
        integers = np.empty(ends[-1] if len(ends) else 0, np.int32)
        heads = ends[begins] - lengths[begins]
        integers[heads] = codes[begins]
        integers[heads + 1] = np.diff(begins, append=len(codes))
        at = np.empty(len(order), np.int64)
        at[order] = ends
        for _, _, rows in self.encoded:
            own, at = at[: len(rows)], at[len(rows) :]
            integers[own[:, None] - np.arange(rows.shape[1], 0, -1)] = rows
        last = [SCALARS["copy"], len(copies)] if copies else []
        moved = [x for target, position in copies for x in (target, self.slot[position])]
        return np.concatenate([integers, np.array([*last, *moved], np.int32)])

    def _add(self, part: int, positions: Any, code: int, columns: list[Any]) -> None:
        runs = self.runs[positions].astype(np.int64)
        keys = ((runs + 1) * 4 + part) * len(self.slot) + self.index[positions]
        self.encoded.append((keys, code, np.column_stack(columns)))

    def _copied(self, xs: Any) -> Any:
        """The vectors that numbers are copied into."""
        new = np.unique(xs[self.copies[xs] < 0])
        self.copies[new] = self.size + WIDTH * np.arange(len(new))
        self.size += WIDTH * len(new)
        return self.copies[xs]

    def _encode(self, operation: str, positions: Any, xs: Any) -> None:
        """Encodes instructions of one kind, which read the numbers at the positions xs."""
        products = xs.shape[1] // 2
        is_long = operation == "dot" and products > IN_ORDER
        is_call = VECTOR.calls(operation)
        if operation == "dot" and not is_long:
            operation = SHORT_DOTS[products]
        targets, slots = self.slot[positions], self.slot[xs]
        firsts, sizes = _eights(targets, slots, self.runs[positions])
        # Where there are fewer than eight, what comes after them is written too.
        layout, written = self.layout, targets[firsts]
        is_result = (written >= layout.first_result) & (written < layout.first_total)
        allowed = ((sizes == WIDTH) | ~is_result) & (not is_call)
        firsts, sizes = firsts[allowed], sizes[allowed]
        if len(firsts):
            steps = slots[firsts + 1] - slots[firsts]
            if is_long:
                self._add_dots(positions[firsts], xs[firsts], steps)
            else:
                read = slots[firsts]
                read[steps == 0] = self._copied(xs[firsts][steps == 0])
                self._add(
                    _IN_VECTORS, positions[firsts], VECTORS[operation], [targets[firsts], read]
                )
        rest = np.ones(len(positions) + WIDTH, bool)
        for i in range(WIDTH):
            rest[firsts[sizes > i] + i] = False
        rest = np.flatnonzero(rest[: len(positions)])
        if is_long:
            rest = self._add_across(positions, xs, rest)
            counts = np.tile(np.array([0, products], np.int32), (len(rest), 1))
            columns = [targets[rest], counts, slots[rest]]
        else:
            columns = [targets[rest], slots[rest]]
        self._add(_ALONE, positions[rest], SCALARS[operation], columns)

    def _add_dots(self, positions: Any, xs: Any, steps: Any) -> None:
        x, y = xs[:, ::2], xs[:, 1::2]
        is_other = (steps[:, ::2] == 1) & (steps[:, 1::2] == 1)
        swapped = (steps[:, ::2] == 1) & ~is_other
        x, y = np.where(swapped, y, x), np.where(swapped, x, y)
        first, second = self.slot[x], self.slot[y]
        # Where both factors are shared, one is a vector all the same.
        both = (steps[:, ::2] == 0) & (steps[:, 1::2] == 0)
        second[both] = self._copied(y[both])
        order = np.argsort(is_other, axis=1, kind="stable")
        pairs = np.stack([np.take_along_axis(z, order, 1) for z in (first, second)], axis=2)
        others = is_other.sum(axis=1)
        columns = [
            self.slot[positions],
            is_other.shape[1] - others,
            others,
            pairs.reshape(len(pairs), -1),
        ]
        self._add(_IN_VECTORS, positions, VECTORS["dot"], columns)

    def _add_across(self, positions: Any, xs: Any, rest: Any) -> Any:
        """Encodes those dots whose factors lie side by side, and returns the others."""
        for start, (swap, step) in product((0, 1), ((0, 1), (0, 0), (1, 0))):
            read = xs[rest]
            x = self.slot[read[:, swap::2]][:, start:]
            y = self.slot[read[:, 1 - swap :: 2]][:, start:]
            fits = (np.diff(x) == 1).all(axis=1) & (np.diff(y) == step).all(axis=1)
            if start:
                # The sum begins with a number, as that of `dot(xs, ys, start)`.
                fits &= self.slot[read[:, 1]] == self.one
            chosen, rest = rest[fits], rest[~fits]
            ys = read[fits, 2 * start + 1 - swap]
            columns = [
                self.slot[positions[chosen]],
                self.slot[read[fits, 0]] if start else np.full(len(chosen), -1),
                np.full(len(chosen), x.shape[1]),
                x[fits, 0],
                self.slot[ys] if step else self._copied(ys),
                np.full(len(chosen), step),
            ]
            self._add(_ACROSS, positions[chosen], SCALARS["across"], columns)
        return rest


def _eights(targets: Any, slots: Any, runs: Any) -> tuple[Any, Any]:
    """Which instructions run as vectors: the index of the first of each, and how many they are.

    One that could belong to two vectors belongs to both.
    """
    steps = np.diff(slots, axis=0)
    is_even = (np.diff(targets) == 1) & (np.diff(runs) == 0) & (steps | 1 == 1).all(axis=1)
    goes_on = is_even[1:] & is_even[:-1] & (steps[1:] == steps[:-1]).all(axis=1)
    none = np.zeros(min(len(steps), 1), bool)
    begins = np.flatnonzero(is_even & ~np.concatenate([none, goes_on]))
    ends = np.flatnonzero(is_even & ~np.concatenate([goes_on, none])) + 2
    enough = ends - begins >= LEAST
    begins, ends = begins[enough], ends[enough]
    counts = -(-(ends - begins) // WIDTH)
    before = np.cumsum(counts) - counts
    index = np.arange(counts.sum()) - np.repeat(before, counts)
    firsts = np.repeat(begins, counts) + WIDTH * index
    sizes = np.minimum(np.repeat(ends, counts) - firsts, WIDTH)
    enough = sizes >= LEAST
    return firsts[enough], sizes[enough]


# The places of two factors.
_Pair = tuple[int, int]


class _Dot(NamedTuple):
    """Where a `dot` goes, its products with a factor that the lanes share, and its others."""

    target: int
    shared: list[_Pair]
    others: list[_Pair]


def _joined(dots: list[_Dot]) -> Iterator[tuple[str, list[int]]]:
    """The integers of dots that follow each other: together those with common factors."""
    first = 0
    while first < len(dots):
        common, rows = max(
            (_rows(dots, first, side) for side in (0, 1)), key=lambda found: len(found[1])
        )
        target, shared, others = dots[first]
        if len(rows) > 1:
            operation = "shared_rows" if shared else "rows"
            yield operation, [len(rows), len(common), *common, *chain.from_iterable(rows)]
        else:
            pairs = chain.from_iterable((*shared, *others))
            yield "dot", [target, len(shared), len(others), *pairs]
        first += max(1, len(rows))


def _rows(dots: list[_Dot], first: int, side: int) -> tuple[list[int], list[list[int]]]:
    """The dots from the first on that have one side of their pairs of factors in common.

    Returns the common factors, and for each dot its target and its own factors.
    """
    are_shared = bool(dots[first].shared)
    common: list[int] = []
    rows: list[list[int]] = []
    targets: set[int] = set()
    for index in range(first, len(dots)):
        target, shared, others = dots[index]
        pairs = shared or others
        # What the lanes share is no register.
        is_mixed = shared and (others or side == 0)
        if is_mixed or bool(shared) != are_shared:
            break
        of_all = [pair[side] for pair in pairs]
        own = [pair[1 - side] for pair in pairs]
        # All dots run a few products at a time, so none may read the sum of another.
        if (rows and of_all != common) or not (are_shared or targets.isdisjoint(own)):
            break
        common = of_all
        rows.append([target, *own])
        targets.add(target)
    return common, rows


class _Lanes:
    """What runs in each lane. A shared number is copied into a register when it is needed.

    Attributes:
        size: how many doubles the registers are.
    """

    def __init__(self, program: Program, schedule: Schedule, layout: Layout):
        # The operations with their integers; a `dot` is not yet joined with others.
        self.encoded: list[tuple[str, Any]] = []
        self.program = program
        self.layout = layout
        self.register: dict[int, int] = {}
        self.size = 0
        self.free: list[int] = []
        self.row = {index: row for row, index in enumerate(layout.lane_arguments)}
        order = schedule.order[schedule.stages[schedule.order] == LANES]
        given = np.flatnonzero((schedule.stages == LANES) & (schedule.block < 0))
        # The last reader of each number, which is written last; a result is read at the end.
        readers = np.repeat(order, schedule.lengths[order])
        self.last = dict(zip(schedule.read_by(order).tolist(), readers.tolist(), strict=True))
        self.last.update(dict.fromkeys(program.results, -1))
        # What is not needed any more, but whose registers are not yet free.
        self._read: list[int] = []
        for position in (*given.tolist(), *order.tolist()):
            self._encode(position, program.instructions[position])
        for row, index in enumerate(layout.lane_results):
            self._add("result", row, self.register[program.results[index]])

    def integers(self) -> Any:
        """The code, in runs of one operation."""
        found: list[int] = []
        for operation, run in groupby(self._with_joined_dots(), key=itemgetter(0)):
            instructions = [integers for _, integers in run]
            found += (VECTORS[operation], len(instructions), *chain.from_iterable(instructions))
        return np.array(found, np.int32)

    def _with_joined_dots(self) -> Iterator[tuple[str, list[int]]]:
        for operation, run in groupby(self.encoded, key=itemgetter(0)):
            if operation == "dot":
                yield from _joined([dot for _, dot in run])
            else:
                yield from run

    def _add(self, operation: str, *integers: int) -> None:
        self.encoded.append((operation, integers))

    def _encode(self, position: int, instruction: Instruction) -> None:
        operation, *xs = instruction
        if operation == "dot":
            operation = SHORT_DOTS.get(len(xs) // 2, "dot")
        if operation == "sum_over_lanes":
            index = self.layout.slot[position] - self.layout.first_total
            self._add("total", index, self._loaded(xs[0]))
        elif operation == PER_LANE:
            self._add("argument", self._allocate(position), self.row[xs[0]])
            xs = []
        elif operation == "dot":
            self._dot(position, factors(xs))
        else:
            registers = [self._loaded(x) for x in xs]
            self._add(operation, self._allocate(position), *registers)
        self._read += [x for x in set(xs) if self.last[x] == position and x in self.register]
        # Dots that follow each other may run together, and then read it until their end.
        if operation != "dot":
            for x in self._read:
                self.free.append(self.register.pop(x))
            self._read.clear()

    def _dot(self, position: int, products: list[tuple[int, int]]) -> None:
        shared: list[_Pair] = []
        others: list[_Pair] = []
        for x, y in products:
            if self._is_per_lane(x) and self._is_per_lane(y):
                others.append((self.register[x], self.register[y]))
            elif self._is_per_lane(x):
                shared.append((self.layout.slot[y], self.register[x]))
            else:
                shared.append((self.layout.slot[x], self._loaded(y)))
        self.encoded.append(("dot", _Dot(self._allocate(position), shared, others)))

    def _is_per_lane(self, position: int) -> bool:
        return self.program.stages[position] == LANES

    def _loaded(self, position: int) -> int:
        """The register of a number. A shared number is copied into one first."""
        if position not in self.register:
            self._add("copy", self._allocate(position), self.layout.slot[position])
        return self.register[position]

    def _allocate(self, position: int) -> int:
        """A register: the one that was freed last, as it is still in the processor's cache."""
        if not self.free:
            self.free.append(self.size)
            self.size += WIDTH
        self.register[position] = self.free.pop()
        return self.register[position]
