"""Derivatives of what a function returns by its arguments, in the structure of the arguments."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from types import MappingProxyType
from typing import Any

from autograd import graph, modes
from autograd.numbers.arrays import is_of_objects, namespace_of
from autograd.numbers.data import direction
from autograd.numbers.nested import leaves, paths, rebuild, transform
from autograd.transforms.gradients import pulled_back, rebuilt
from autograd.transforms.tracing import NUMBER, Given, Trace, open_variables, require_no_condition
from autograd.value import Value, constant, data_of
from autograd.vectors import points


@contextmanager
def traced(
    name: str,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    argnums: int | Sequence[int],
    keywords: Mapping[str, Any] = MappingProxyType({}),
    has_aux: bool = False,
    is_single: bool = False,
) -> Iterator["Derivatives"]:
    """Runs a function over variables; at the end of the context these become constants.

    Args:
        name: the name of the transform, for messages.
        function: the function to run.
        args: its positional arguments.
        argnums: the position of the argument to differentiate by, or several positions.
        keywords: its keyword arguments.
        has_aux: whether it returns a pair, whose second item is not differentiated.
        is_single: whether it is to return a single number.
    """
    keeps_graph = modes.is_recording()
    with modes.recording:
        trace = Derivatives(name, args, argnums, is_single, keeps_graph)
        try:
            trace.run(function, keywords, has_aux)
            yield trace
        finally:
            open_variables.difference_update(trace.variables)
    # Now they are constants: nobody can ask for a derivative by them any more.
    for variable in trace.fresh:
        variable.parents = graph.CONSTANT


class Derivatives(Trace):
    """A run of a function, and the derivatives of what it returned.

    They are a graph if an output depends on a Value from outside: that may be a weight, or the
    variable of another transform, by which the user differentiates later.
    """

    def __init__(
        self,
        name: str,
        args: tuple[Any, ...],
        argnums: int | Sequence[int],
        is_single: bool,
        keeps_graph: bool,
    ):
        super().__init__(name, args, argnums, is_single)
        self.keeps_graph = keeps_graph
        # Whether a Value from outside was met: an argument, or one that the function uses or
        # returns.
        self.meets_others = False

    # The results

    def outputs(self) -> list[Value]:
        """The numbers that the function returned, as Values."""
        try:
            numbers = [self.returned] if self.is_single else self._numbers()
            return [_output(number) for number in numbers]
        except TypeError as error:
            several = "numbers, or nested lists, tuples and dicts of them"
            wanted = "one number" if self.is_single else several
            raise TypeError(
                f"{self.name}() differentiates a function that returns {wanted}, and this one "
                f"returned {self.returned!r:.200}: {error}"
            ) from None

    def _numbers(self) -> Iterator[Any]:
        for result in leaves(self.returned):
            if is_of_objects(result):
                yield from result.ravel().tolist()
            else:
                yield result

    def as_returned(self, numbers: Sequence[Any]) -> Any:
        """Numbers, one for each output, in the structure that the function returned."""

        def array(numbers: list[Any], shaped: Any) -> Any:
            return _packing().array_of(numbers, shaped, shaped.ndim)

        return self._filled(numbers, array)

    def rows_as_returned(self, rows: Sequence[list[Any]], outputs: Sequence[Value]) -> Any:
        """The derivatives of each output by each variable, in the structure that was returned."""
        pairs = zip(rows, outputs, strict=True)
        shaped_rows = [self.shaped(row, output.data) for row, output in pairs]
        return self._filled(shaped_rows, self._joined)

    def _filled(self, items: Sequence[Any], join: Callable[[list[Any], Any], Any]) -> Any:
        remaining = iter(items)

        def filled(result: Any) -> Any:
            if not is_of_objects(result):
                return next(remaining)
            own = list(islice(remaining, result.size))
            return join(own, result) if result.shape else own[0]

        return transform(filled, self.returned)

    def _joined(self, rows: list[Any], result: Any) -> Any:
        """The derivatives of the elements of an array, as one array for each argument."""
        template = self.shaped([0] * len(self.variables))
        columns = zip(*map(leaves, rows), strict=True) if rows else [[] for _ in leaves(template)]
        parts = zip(columns, leaves(template), self.given, strict=True)
        joined = [_packing().stacked(items, result.shape, one, x.depth) for items, one, x in parts]
        return rebuild(template, joined)

    def shaped(self, numbers: Sequence[Any], output: Any = 0) -> Any:
        """Numbers, one for each variable, in the structure of the arguments and their arrays.

        Args:
            numbers: in the order of the variables.
            output: what they are derivatives of. They get its lanes.
        """
        if getattr(output, "shape", ()) or self._has_arrays:
            remaining = iter(numbers)
            parts = [(x, list(islice(remaining, x.size))) for x in self.given]
            if self.keeps_graph:
                parts = [(x, _as_values(own, x.array)) for x, own in parts]
            numbers = [_result(x, own, output) for x, own in parts]
        filled = iter(numbers)
        structures = [transform(lambda _: next(filled), self.args[i]) for i in self.positions]
        return structures[0] if isinstance(self.argnums, int) else tuple(structures)

    def summed(self, numbers: Sequence[Any]) -> Any:
        """Like `shaped`, but summed over lanes that an argument does not have."""
        remaining = iter(numbers)
        own: list[Any] = []
        for array, depth, count in self.given:
            shape = () if array is None else tuple(array.shape)[: len(array.shape) - depth]
            own += [_summed(x, shape) for x in islice(remaining, count)]
        return self.shaped(own)

    # Derivatives

    def tangents_of(self, given: Any) -> dict[Value, Any]:
        """The numbers of a direction that a user gave, by variable.

        Args:
            given: the direction, in the structure of the arguments.
        """
        primals = tuple(self.args[index] for index in self.positions)
        what = ("tangent", "primal")
        return self._by_node(given, primals, self.given, self.variables, what)

    def cotangents_of(self, given: Any, outputs: Sequence[Value]) -> dict[Value, Any]:
        """The derivatives that a user gave, by output.

        Args:
            given: the derivatives, in the structure that the function returned.
            outputs: the Values that it returned, in order.
        """
        parts = [
            Given(x, x.ndim, x.size) if is_of_objects(x) and x.shape else NUMBER
            for x in leaves(self.returned)
        ]
        what = ("cotangent", "output")
        found = self._by_node(given, self.returned, parts, outputs, what)
        return {node: _in_lanes(node, derivative) for node, derivative in found.items()}

    def _by_node(
        self,
        given: Any,
        structure: Any,
        parts: Sequence[Given],
        nodes: Sequence[Value],
        what: tuple[str, str],
    ) -> dict[Value, Any]:
        by_path = dict(zip(paths(given), leaves(given), strict=True))
        if by_path.keys() != set(paths(structure)):
            raise ValueError(
                f"{self.name}() needs a {what[0]} for each {what[1]}, in the same structure: the "
                f"{what[1]}s are {structure!r}, the {what[0]}s {given!r}"
            )
        remaining = iter(nodes)
        found: dict[Value, Any] = {}
        for path, part in zip(paths(structure), parts, strict=True):
            own = list(islice(remaining, part.size))
            for node, derivative in zip(own, _parts(by_path[path], part, own), strict=True):
                # An output may be returned twice.
                found[node] = found[node] + derivative if node in found else derivative
        return found

    def gradients(self, adjoints: Mapping[Value, Any]) -> list[Any]:
        """The derivatives by each variable, given those by outputs."""
        order, dependent = self._walk(*adjoints)
        return pulled_back(adjoints, self.variables, order, dependent, self.is_graph)

    def tangents(self, outputs: Sequence[Value], directions: Mapping[Value, Any]) -> list[Any]:
        """The derivatives of outputs along a direction, with the lanes that these have."""
        order, _ = self._walk(*outputs)
        partials = rebuilt if self.is_graph else graph.recorded
        tangents = graph.push(order, directions, partials)
        return [_in_lanes(node, tangents.get(node, 0)) for node in outputs]

    def rows(self, outputs: Sequence[Value]) -> list[list[Any]]:
        """The derivatives of each output by each variable.

        The mode is forward or reverse, whichever visits fewer nodes. It decides from which end of
        a path the factors are multiplied, so the last digits may depend on it, and whether the
        product of two large factors overflows before a small one.
        """
        if not self._is_forward_shorter(outputs):
            return [self.gradients({output: 1}) for output in outputs]
        columns = [self.tangents(outputs, {variable: 1}) for variable in self.variables]
        return [list(row) for row in zip(*columns, strict=True)]

    def _is_forward_shorter(self, outputs: Sequence[Value]) -> bool:
        if not 0 < len(self.variables) < len(outputs):
            return False
        nodes = len(self.variables) * len(graph.interior_nodes(*outputs))
        for output in outputs:
            nodes -= len(graph.interior_nodes(output))
            if nodes < 0:
                return True
        return False

    @property
    def is_graph(self) -> bool:
        """Whether derivatives are to be built as a graph."""
        return self.keeps_graph and self.meets_others

    def _walk(self, *outputs: Value) -> tuple[list[Value], set[Value]]:
        order = graph.interior_nodes(*outputs)
        dependent = graph.reached_from(self.variables, order)
        if not self.meets_others:
            self.meets_others = _meet_others(outputs, order, dependent)
        return order, dependent

    # What is returned

    def settled(
        self, outputs: Sequence[Value], slopes: Sequence[Any]
    ) -> tuple[list[Any], list[Any]]:
        """Outputs and slopes: Values where they depend on a Value from outside, else numbers."""
        nodes = [x for x in slopes if isinstance(x, Value)]
        if not self.keeps_graph or not (self.meets_others or nodes):
            return [x.data for x in outputs], list(map(data_of, slopes)) if nodes else list(slopes)
        independent = self._independent([*outputs, *nodes])

        def settled(number: Any) -> Any:
            if not isinstance(number, Value):
                return number
            if number in independent:
                return number.data
            # A leaf, such as a weight, is copied, as its data may change.
            return number if number.parents else +number

        return list(map(settled, outputs)), list(map(settled, slopes))

    def settled_aux(self) -> Any:
        """What the function returned besides its result, with Values as from `settled`."""

        def settled(item: Any) -> Any:
            if is_of_objects(item) and item.shape:
                nodes = item.ravel().tolist()
                if all(isinstance(x, Value) for x in nodes):
                    return _packing().array_of(list(map(settled, nodes)), item, item.ndim)
            if not isinstance(item, Value):
                return item
            self._walk(item)
            return self.settled([item], [])[0][0]

        return transform(settled, self.aux)

    def _independent(self, nodes: list[Value]) -> set[Value]:
        """The nodes that depend on nothing but fresh variables and constants."""
        constants = {node for node in nodes if node.parents is graph.CONSTANT}
        if not self.fresh:
            return constants
        order = graph.interior_nodes(*nodes)
        outside = [
            leaf
            for node in (*order, *nodes)
            for leaf in (node.parents or (node,))
            if not leaf.parents and leaf.parents is not graph.CONSTANT and leaf not in self.fresh
        ]
        return set(nodes) - graph.reached_from(outside, order)


def _result(given: Given, numbers: list[Any], output: Any) -> Any:
    """The derivatives of an output by the variables of a number or an array, in its shape."""
    array, depth, _ = given
    lanes = getattr(output, "shape", ())
    if not depth and isinstance(numbers[0], Value):
        return numbers[0]
    if depth or (array is not None and getattr(numbers[0], "shape", ()) != array.shape):
        return _packing().array_of(numbers, array, depth, lanes)
    is_shared = lanes and type(numbers[0]) in (int, float)
    return namespace_of(output).full_like(output, numbers[0]) if is_shared else numbers[0]


def _as_values(numbers: list[Any], array: Any) -> list[Any]:
    """Derivatives by an array of Values that are lanes, as Values: a line has a slope in each lane.

    To a transform around this one they are then a point in lanes, as its variables are.
    """
    nodes = array.ravel().tolist() if is_of_objects(array) else []
    in_lanes = [x for x in nodes if points.lanes_of(x) and not points.is_unknown(data_of(x))]
    if not in_lanes:
        return numbers
    ones = constant(_in_lanes(in_lanes[0], 1))
    return [x if points.lanes_of(x) and isinstance(x, Value) else x * ones for x in numbers]


def _parts(derivative: Any, given: Given, nodes: list[Value]) -> list[Any]:
    """A derivative that a user gave for a number or an array, split up by node."""
    if not given.depth:
        return [
            derivative if isinstance(derivative, Value) else direction(derivative, x) for x in nodes
        ]
    is_number = isinstance(derivative, Value) or not getattr(derivative, "shape", ())
    if is_number:
        parts = [derivative] * given.size
    elif derivative.shape != given.array.shape and not _has_lanes_of(given, derivative):
        raise ValueError(
            f"a derivative of shape {tuple(derivative.shape)} does not fit an array of shape "
            f"{tuple(given.array.shape)}"
        )
    else:
        parts = _packing().vector_of(derivative, given.depth, lambda part: part).ravel().tolist()
    pairs = zip(parts, nodes, strict=True)
    return [part if isinstance(part, Value) else direction(part, node) for part, node in pairs]


def _has_lanes_of(given: Given, derivative: Any) -> bool:
    """Whether it fits a vector of Values but for axes before it, which `direction` checks."""
    shape = tuple(derivative.shape)
    return is_of_objects(given.array) and shape[len(shape) - given.depth :] == given.array.shape


def _in_lanes(node: Value, derivative: Any) -> Any:
    """A derivative by a node, as one number for each of its lanes."""
    if not points.lanes_of(node) or type(derivative) not in (int, float):
        return derivative
    return namespace_of(node.data).full_like(node.data, derivative)


def _summed(derivative: Any, shape: tuple[int, ...]) -> Any:
    if isinstance(derivative, Value) or not getattr(derivative, "shape", ()):
        return derivative
    return _packing().summed(derivative, shape)


def _packing() -> Any:
    """The module that packs numbers into arrays, imported when there is one."""
    from autograd.vectors import packing

    return packing


def _meet_others(outputs: Sequence[Value], order: list[Value], dependent: set[Value]) -> bool:
    """Whether a node that depends on the variables, or an output, uses a Value from outside."""
    for node in outputs:
        if node not in dependent and node.parents is not graph.CONSTANT:
            return True
    for node in order:
        if node in dependent:
            for parent in node.parents:
                if parent not in dependent and parent.parents is not graph.CONSTANT:
                    return True
    return False


def _output(number: Any) -> Value:
    if isinstance(number, (dict, list, tuple)) or is_of_objects(number):
        raise TypeError("return a number, or use jacobian()")
    require_no_condition(number, "choose by it, with autograd.where(condition, x, y)")
    return number if isinstance(number, Value) else constant(number)
