"""The picture of a walk-through: named Values in columns, as SVG that the page fills in.

Each column is in the order of the network. Graphviz does not keep such an order: asked for it by
invisible edges between neighbours, it did so in only 157 of 200 layouts of random networks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate, pairwise

from autograd.explaining import Equation, Explanation, Step, name_parts
from autograd.notation import products_and_addends
from autograd.value import Value

# What it shows

# A line of the picture, from one named Value to another.
Segment = tuple[Value, Value]


@dataclass(frozen=True, eq=False)
class Network:
    """The named Values of a graph, and the lines between them.

    A weight stands on the line from the Value that it multiplies to the sum of such products, if
    it is used nowhere else and that Value is not a weight. The line then has two segments: from
    the Value to the weight, and from there to the sum.

    Attributes:
        names: the name of each named Value, parents first.
        weights: the leaves that are trained.
        on_lines: the weights that stand on lines, each with the Value that it multiplies.
        segments: the lines, each from a Value to one that is computed from it.
    """

    names: dict[Value, str]
    weights: frozenset[Value]
    on_lines: dict[Value, Value]
    segments: tuple[Segment, ...]

    def way(self, tail: Value, head: Value) -> list[int]:
        """The indices of the segments along which a Value is read by one computed from it."""
        through = [weight for weight, factor in self.on_lines.items() if factor is tail]
        taken = {(tail, head)}
        for weight in through:
            if (weight, head) in self.segments:
                taken |= {(tail, weight), (weight, head)}
        return [i for i, segment in enumerate(self.segments) if segment in taken]


def network_of(explanation: Explanation) -> Network:
    """The network of the graph that is explained; its weights are the leaves that are updated."""
    steps = [step for step in explanation.steps if isinstance(step, Step)]
    weights = frozenset(step.node for step in steps if step.kind == "update")
    equations, names = explanation.outline.equations, explanation.outline.names
    readers = Counter(x for equation in equations for x in equation.inputs)
    on_lines: dict[Value, Value] = {}
    segments: dict[Segment, None] = {}
    for equation in equations:
        for factor, weight in _wires(equation, weights, readers):
            if weight is None:
                segments[factor, equation.value] = None
            else:
                on_lines[weight] = factor
                segments[factor, weight] = None
                segments[weight, equation.value] = None
    return Network(names, weights, on_lines, tuple(segments))


def _wires(
    equation: Equation, weights: frozenset[Value], readers: Counter[Value]
) -> Iterator[tuple[Value, Value | None]]:
    """The Values that an equation reads, each with the weight on its line, or None."""
    products = {node: products_and_addends(node)[0] for node in equation.nodes}
    # A product that is multiplied again has three factors, none of which is taken for a weight.
    multiplied = {x for pairs in products.values() for pair in pairs for x in pair}
    reads = Counter(x for node in equation.nodes for x in node.parents)
    # A set goes by identity, whereas Values that hold the same number are equal.
    inputs = set(equation.inputs)
    single = {x for x in equation.inputs if x in weights and readers[x] == reads[x] == 1}
    factors: dict[Value, Value] = {}
    for node, pairs in products.items():
        for pair in pairs if node not in multiplied else ():
            # If both are weights, neither is on the line of the other.
            factor, weight = pair if pair[0] not in weights else pair[::-1]
            if weight in single and factor in inputs - weights:
                factors[weight] = factor
    reads -= Counter([*factors, *factors.values()])
    for x in equation.inputs:
        yield from ((x, weight) for weight in equation.inputs if factors.get(weight) is x)
        if reads[x]:
            yield x, None


# Where everything stands

# All sizes are in pixels: between boxes side by side, and from one column to the next.
_BETWEEN_BOXES, _BETWEEN_COLUMNS = 14, 24
# The breadth of lines that pass a column.
_PASSING = 8
# After so many rounds, boxes stand beside what they are computed from.
_ROUNDS = 4

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """Where a Value stands: the middle, and the size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Layout:
    """Where everything stands.

    Attributes:
        direction: "LR" from left to right, "TB" from top to bottom.
        width, height: the size of the picture.
        boxes: the box of each Value.
        paths: the path of each line, in SVG's language.
    """

    direction: str
    width: float
    height: float
    boxes: dict[Value, Box]
    paths: dict[Segment, str]


@dataclass(eq=False)
class _Slot:
    """A box in a column, or the room for lines that pass the column.

    Attributes:
        length: its size in the direction of the lines.
        breadth: its size across.
        room: the greatest length in its column.
        along, across: its middle.
    """

    length: float
    breadth: float
    room: float = 0
    along: float = 0
    across: float = 0


def laid_out(sizes: Mapping[Value, Point], segments: Sequence[Segment], direction: str) -> Layout:
    """The layout of a network.

    Args:
        sizes: the width and the height of the box of each Value, in the order of the network.
        segments: the lines between them, those that arrive at a Value before those that leave it.
        direction: "LR" from left to right, "TB" from top to bottom.
    """

    def turn(along: float, across: float) -> Point:
        return (along, across) if direction == "LR" else (across, along)

    slots = {value: _Slot(*turn(*size)) for value, size in sizes.items()}
    columns = [[slots[value] for value in column] for column in _columns(sizes, segments)]
    ways = _ways(segments, slots, columns)
    _place_across(columns, ways.values())
    end = _place_along(columns)
    breadth = max(slot.across + slot.breadth / 2 for column in columns for slot in column)
    boxes = {
        value: Box(*turn(slot.along, slot.across), *sizes[value]) for value, slot in slots.items()
    }
    paths = {
        segment: "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (turn(*p) for p in _corners(way)))
        for segment, way in ways.items()
    }
    return Layout(direction, *turn(end, breadth), boxes, paths)


def _columns(values: Iterable[Value], segments: Sequence[Segment]) -> list[list[Value]]:
    """The Values of each column in order. Leaves stand beside what is read together with them."""
    order = {value: index for index, value in enumerate(values)}
    level = dict.fromkeys(order, 0)
    heads: dict[Value, list[Value]] = {}
    tails: dict[Value, list[Value]] = {}
    for tail, head in segments:
        level[head] = max(level[head], level[tail] + 1)
        heads.setdefault(tail, []).append(head)
        tails.setdefault(head, []).append(tail)
    # Leaves stand just before what reads them: first weights, which stand on lines, and then what
    # these lines come from.
    leaves = [value for value in order if value in heads and not value.parents]
    for value in sorted(leaves, key=lambda value: value not in tails):
        level[value] = min(level[head] for head in heads[value]) - 1
    columns: list[list[Value]] = [[] for _ in range(1 + max(level.values()))]
    for value in order:
        columns[level[value]].append(value)
    key: dict[Value, float] = dict(order)
    for value in leaves:
        if value not in tails:
            together = [x for x in tails[heads[value][0]] if x in tails]
            beside = [order[x] + 0.5 for x in together if level[x] == level[value]]
            key[value] = max(beside, default=order[value])
    return [sorted(column, key=key.__getitem__) for column in columns]


def _ways(
    segments: Sequence[Segment], slots: Mapping[Value, _Slot], columns: list[list[_Slot]]
) -> dict[Segment, list[_Slot]]:
    """The slots of each line, from its tail through those that it passes to its head.

    Lines pass below all boxes, those from near columns above those from far ones.
    """
    order = {slot: (-i, row) for i, column in enumerate(columns) for row, slot in enumerate(column)}
    passed: dict[tuple[Value, int], _Slot] = {}
    ways = {}
    for tail, head in sorted(segments, key=lambda segment: order[slots[segment[0]]]):
        start, end = slots[tail], slots[head]
        way = [start]
        for column in range(1 - order[start][0], -order[end][0]):
            if (tail, column) not in passed:
                passed[tail, column] = _Slot(0, _PASSING)
                columns[column].append(passed[tail, column])
            way.append(passed[tail, column])
        ways[tail, head] = [*way, end]
    return ways


def _place_across(columns: list[list[_Slot]], ways: Iterable[Sequence[_Slot]]) -> None:
    """Places all slots of each column, in order and apart, as near as can be to those joined."""
    before: dict[_Slot, list[_Slot]] = {}
    after: dict[_Slot, list[_Slot]] = {}
    for way in ways:
        for start, end in pairwise(way):
            before.setdefault(end, []).append(start)
            after.setdefault(start, []).append(end)
    for column in columns:
        _arrange(column, [0.0] * len(column))
    for _ in range(_ROUNDS):
        for joined, ordered in ((after, columns[::-1]), (before, columns)):
            for column in ordered:
                wanted = [_mean([x.across for x in joined.get(s, [s])]) for s in column]
                _arrange(column, wanted)
    top = min(slot.across - slot.breadth / 2 for column in columns for slot in column)
    for column in columns:
        for slot in column:
            slot.across -= top


def _arrange(column: list[_Slot], wanted: list[float]) -> None:
    """Moves slots as near as can be to where they are wanted: the sum of squares is least.

    Without the distance between them, this is isotonic regression: neighbours in the wrong order
    are pooled, and stand at their mean.
    """
    distances = [(a.breadth + b.breadth) / 2 + _BETWEEN_BOXES for a, b in pairwise(column)]
    offsets = list(accumulate(distances, initial=0.0))
    pools: list[list[float]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        pools.append([want - offset])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    means = [_mean(pool) for pool in pools for _ in pool]
    for slot, mean, offset in zip(column, means, offsets, strict=True):
        slot.across = mean + offset


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def _place_along(columns: list[list[_Slot]]) -> float:
    """Places one column after another; returns the end of the last."""
    end = -float(_BETWEEN_COLUMNS)
    for column in columns:
        room = max(slot.length for slot in column)
        for slot in column:
            slot.room = room
            slot.along = end + _BETWEEN_COLUMNS + room / 2
        end += _BETWEEN_COLUMNS + room
    return end


def _corners(way: Sequence[_Slot]) -> list[Point]:
    """The corners of a line from the end of the first slot to the beginning of the last.

    It is level as far as any slot of a column reaches, so that it meets none on its way.
    """
    first, last = way[0], way[-1]
    corners = [(first.along + first.length / 2, first.across)]
    for start, end in pairwise(way):
        corners.append((start.along + start.room / 2, start.across))
        corners.append((end.along - end.room / 2, end.across))
    corners.append((last.along - last.length / 2, last.across))
    # Where a slot is the longest of its column, two are one.
    return list(dict.fromkeys(corners))


# How it is drawn

# All sizes are in pixels.
_CHARACTER, _DIGIT, _PADDING, _GAP = 9.4, 9, 7, 8
_ROW, _MARGIN = 19, 8
# Besides its digits, a number has a sign, a point, and leading zeros or an exponent. In large
# letters there is room for this many more characters, and for fewer beside a name; longer numbers
# are in small letters.
_MORE, _MORE_BESIDE_NAME, _MORE_IN_SMALL = 5, 4, 6
_SMALL_DIGIT = 7.5


def pictures(network: Network, digits: int, description: str) -> tuple[str, str]:
    """The picture for a wide screen, and for a narrow one, as SVG.

    Each box and line carries the position of its Value or segment.

    Args:
        network: what to show.
        digits: how many significant digits numbers have.
        description: what the picture shows, for those who can't see it.

    Returns:
        The picture for the wide screen, then that for the narrow one.
    """
    across, down = (_layout(network, direction, digits) for direction in ("LR", "TB"))
    narrow = min(down, across, key=lambda layout: layout.width)
    return (
        _svg(across, "wide", network, description),
        _svg(narrow, "narrow", network, description),
    )


def _layout(network: Network, direction: str, digits: int) -> Layout:
    sizes = {value: _size(value, network, direction, digits) for value in network.names}
    return laid_out(sizes, network.segments, direction)


def _svg(layout: Layout, screen: str, network: Network, description: str) -> str:
    place = {value: position for position, value in enumerate(network.names)}
    lines = [
        _line(position, place[tail], place[head], layout.paths[tail, head])
        for position, (tail, head) in enumerate(network.segments)
    ]
    shapes = [
        _shape(position, value, layout.boxes[value], network, layout.direction)
        for value, position in place.items()
    ]
    width, height = layout.width + 2 * _MARGIN, layout.height + 2 * _MARGIN
    size = f'viewBox="{-_MARGIN} {-_MARGIN} {width:.0f} {height:.0f}"'
    style = f'style="--width: {width:.0f}px; --height: {height:.0f}px"'
    words = f'role="group" aria-label="{escape(description)}"'
    head = f'<svg class="picture {screen}" {size} {style} {words}>'
    return "\n".join([head, *lines, *shapes, "</svg>"])


def _size(value: Value, network: Network, direction: str, digits: int) -> tuple[float, float]:
    letters, below = name_parts(network.names[value])
    name = _CHARACTER * (len(letters) + 0.75 * len(below))
    if _is_flat(value, network, direction):
        number = _SMALL_DIGIT * (digits + _MORE_IN_SMALL)
        return name + _GAP + number + 2 * _PADDING, 2 * _ROW + 6
    number = _DIGIT * (digits + _MORE)
    return max(name, number) + 2 * _PADDING, 3 * _ROW + 8


def _is_flat(value: Value, network: Network, direction: str) -> bool:
    """Whether name and number stand side by side: in weights, and where height is scarce."""
    return value in network.weights or direction == "TB"


def _line(position: int, tail: int, head: int, path: str) -> str:
    ends = f'data-tail="{tail}" data-head="{head}"'
    return f'<path class="line" data-segment="{position}" {ends} d="{path}"/>'


def _shape(position: int, value: Value, box: Box, network: Network, direction: str) -> str:
    role = _role(value, network)
    left, top, right = box.x - box.width / 2, box.y - box.height / 2, box.x + box.width / 2
    corner = {"weight": box.height / 2, "given": 3}.get(role, 12)
    name = _name(network.names[value])
    rows = [top + (row + 1) * _ROW for row in range(3)]
    is_flat = _is_flat(value, network, direction)
    if is_flat:
        texts = [
            _text("name", left + _PADDING, rows[0], name, anchor="start"),
            _text("data", right - _PADDING, rows[0], anchor="end"),
            _text("gradient", right - _PADDING, rows[1] - 2, anchor="end"),
        ]
    else:
        texts = [
            _text("name", box.x, rows[0], name),
            _text("data", box.x, rows[1]),
            _text("gradient", box.x, rows[2]),
        ]
    size = f'x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    # The mark is centred on the upper edge of the box.
    texts.append(_text("mark", right - _PADDING, top + 4, anchor="end"))
    rectangle = f'<rect {size} rx="{corner:.1f}"/>'
    more = f'data-more="{_MORE_BESIDE_NAME if is_flat else _MORE}"'
    start = f'<g class="value {role}" data-value="{position}" {more} role="button" tabindex="0">'
    return f"{start}<title/>{rectangle}{''.join(texts)}</g>"


def _role(value: Value, network: Network) -> str:
    if not value.parents:
        return "weight" if value in network.weights else "given"
    return "computed" if any(tail is value for tail, _ in network.segments) else "error"


def _text(kind: str, x: float, y: float, content: str = "", anchor: str = "middle") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{content}</text>'


def _name(name: str) -> str:
    letters, below = name_parts(name)
    lowered = f'<tspan class="below" dy="3">{escape(below)}</tspan>' if below else ""
    return escape(letters) + lowered
