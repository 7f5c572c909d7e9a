"""Runs of functions over variables, by which their results are then differentiated."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from autograd import graph, modes, points
from autograd.data import by_position, direction
from autograd.numbers.arrays import in_floats, is_array_type, is_of_objects, namespace_of
from autograd.numbers.nested import leaves, paths, rebuild, transform
from autograd.partials import rebuilt
from autograd.value import Value, constant, data_of

# The variables of all transforms that are running, in any thread.
open_variables: set[Value] = set()


@contextmanager
def traced(
    name: str,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    argnums: int | Sequence[int],
    keywords: Mapping[str, Any] = MappingProxyType({}),
    has_aux: bool = False,
    is_single: bool = False,
) -> Iterator["Trace"]:
    """A run of a function over variables, which are closed at the end: they are constants then.

    Args:
        name: of the transform, for messages.
        function: what is run.
        args: its arguments.
        argnums: the position of the argument to differentiate by, or several positions.
        keywords: its other arguments.
        has_aux: whether it returns a pair, of which the second is not differentiated.
        is_single: whether it is to return one number.
    """
    keeps_graph = modes.is_recording()
    with modes.recording():
        trace = Trace(name, args, argnums, keeps_graph, is_single)
        try:
            trace.run(function, keywords, has_aux)
            yield trace
        finally:
            open_variables.difference_update(trace.variables)
    # From here on they are constants: nobody can ask for a derivative by them any more.
    for variable in trace.fresh:
        variable.parents = graph.CONSTANT


class _Given(NamedTuple):
    """A number or an array in the arguments, in place of which the function got variables.

    Attributes:
        array: the array, None for a number or a Value.
        depth: how many axes of it make a point, as `points` tells.
        size: how many variables it got.
    """

    array: Any
    depth: int
    size: int


_NUMBER = _Given(None, 0, 1)


class Trace:
    """A run of a function over variables: new Values in place of some arguments.

    A Value that is given as an argument gets a node of its own: in
    `grad(lambda x: grad(lambda y: x + y)(x))` y is x, but the inner `grad` must tell them apart.

    Its derivatives are a graph if an output depends on a Value from outside: that may be
    a weight, or the variable of another transform, by which the user differentiates later.
    """

    def __init__(
        self,
        name: str,
        args: tuple[Any, ...],
        argnums: int | Sequence[int],
        keeps_graph: bool,
        is_single: bool,
    ):
        self.name = name
        self.args = args
        self.argnums = argnums
        self.positions = _positions(args, argnums)
        self.keeps_graph = keeps_graph
        self.variables: list[Value] = []
        self.returned: Any = None
        self.aux: Any = None
        # Whether a Value from outside was met: an argument, or one that `function` uses or returns.
        self.meets_others = False
        # Whether it is to return one number.
        self._is_single = is_single
        self._depths: dict[int, int] = {}
        self._before_probe: dict[int, int] | None = None
        self._are_probes_items = False
        self._are_arrays_vectors = False

    # The run

    def run(
        self, function: Callable[..., Any], keywords: Mapping[str, Any], has_aux: bool = False
    ) -> None:
        """Runs the function over numbers, and again over vectors if it takes them apart."""
        misshapen: Exception | None = None
        while True:
            arguments = self._over_variables()
            with points.Noting() as taken:
                try:
                    returned = self._call(function, arguments, keywords)
                except Exception as error:
                    if not self._reads_as_vectors(taken) and not self._takes_back(error):
                        if misshapen:
                            points.require_no_floats(misshapen)
                            raise misshapen from None
                        if not self._reads_rows_as_matrices(error):
                            points.require_no_floats(error)
                            raise
                        misshapen = error
                    taken.clear()
                    continue
                if taken and self._reads_as_vectors(self._certain(taken)):
                    taken.clear()
                    continue
            self.returned, self.aux = _pair(self.name, returned) if has_aux else (returned, None)
            if not self._reads_as_matrices():
                return

    def _call(
        self, function: Callable[..., Any], arguments: list[Any], keywords: Mapping[str, Any]
    ) -> Any:
        if not self._are_arrays_vectors:
            return function(*arguments, **keywords)
        with points.arrays_as_vectors():
            return function(*arguments, **keywords)

    def _over_variables(self) -> list[Any]:
        """The arguments, with new variables in place of numbers."""
        open_variables.difference_update(self.variables)
        self.variables = []
        self.given: list[_Given] = []
        self._has_arrays = False
        arguments = list(self.args)
        for index in self.positions:
            arguments[index] = transform(self._argument, self.args[index])
        self.fresh = {node for node in self.variables if not node.parents}
        open_variables.update(self.variables)
        return arguments

    def _argument(self, given: Any) -> Any:
        if type(given) is float or type(given) is Value:
            self.given.append(_NUMBER)
            return self._variable(given)
        given = by_position(given)
        is_array = is_array_type(type(given)) and bool(given.shape)
        before = len(self.variables)
        depth = self._depths.get(len(self.given), 0)
        if is_of_objects(given):
            depth = given.ndim
        if is_array and depth:
            from autograd.vector import vector_of

            argument: Any = vector_of(in_floats(given), depth, self._variable)
        else:
            argument = self._variable(given)
        self._has_arrays = self._has_arrays or is_array
        count = len(self.variables) - before
        self.given.append(_Given(given if is_array else None, depth, count))
        return argument

    def _variable(self, number: Any) -> Value:
        try:
            _require_no_condition(number, "give 1.0 or 0.0")
            node = +number if isinstance(number, Value) else Value(number)
        except TypeError as error:
            raise TypeError(
                f"{self.name}() differentiates by numbers, or nested lists, tuples and dicts of "
                f"them, not by {number!r}: {error}"
            ) from None
        self.variables.append(node)
        return node

    def _reads_as_vectors(self, taken: list[points.TakenApart]) -> bool:
        """Whether what was taken apart is to be vectors in another run."""
        if not taken:
            return False
        in_lanes = list(filter(points.may_have_lanes, self.variables))
        variables = {x for error in taken for x in error.among(in_lanes)}
        remaining = iter(self.variables)
        own = [variables.isdisjoint(islice(remaining, x.size)) for x in self.given]
        deeper = [i for i, is_whole in enumerate(own) if not is_whole and self._may_be_taken(i)]
        in_lanes = list(filter(points.may_have_lanes, tuple(open_variables)))
        if not deeper and all(error.among(in_lanes) for error in taken):
            # Variables of a transform around this one.
            return False
        if not deeper and self._are_arrays_vectors:
            # What `no_grad` cut off may depend on any of them.
            deeper = [i for i, x in enumerate(self.given) if not x.depth and self._may_be_taken(i)]
            if not deeper:
                return False
        # Lanes that depend on no variable come from arrays that the function uses.
        self._are_arrays_vectors = self._are_arrays_vectors or not deeper
        for index in deeper:
            self._depths[index] = self.given[index].depth + 1
        return True

    def _certain(self, taken: list[points.TakenApart]) -> list[points.TakenApart]:
        """What was no mere item of an array, such as `numpy.array([x[0] * x[1], x[0]])`.

        An argument itself may as well have been given to `numpy.asarray`, as many functions of
        SciPy do. So it is tried as a vector: if that fails, as in `numpy.array([1.0, x])`, it was
        an item.
        """
        if self._are_probes_items:
            return [error for error in taken if not error.is_probe]
        variables = iter(self.variables)
        own = [(x.depth, list(islice(variables, x.size))) for x in self.given]
        whole = {x for depth, variables in own for x in variables if not depth}
        probes = [error for error in taken if error.is_probe and error.value in whole]
        if probes and all(error.is_probe for error in taken):
            self._before_probe = dict(self._depths)
        for error in probes:
            error.is_probe = False
        return [error for error in taken if not error.is_probe]

    def _takes_back(self, error: Exception) -> bool:
        """Whether the arguments that NumPy asked for their length are to be numbers again.

        A vector is no item of `numpy.array([1.0, x])`, which NumPy calls inhomogeneous. Other
        errors say what else is wrong with a function that is given a vector.
        """
        if self._before_probe is None or "inhomogeneous" not in str(error):
            return False
        self._depths, self._before_probe = self._before_probe, None
        self._are_probes_items = True
        return True

    def _reads_rows_as_matrices(self, error: Exception) -> bool:
        """Whether rows, which the function fails for, are to be one point in another run.

        As `x.reshape(2, 3)` fails, and `x.shape[1]`.
        """
        in_rows = [i for i, x in enumerate(self.given) if x.depth and self._may_be_taken(i)]
        if not points.is_misshapen(error):
            return False
        self._depths.update({index: self.given[index].depth + 1 for index in in_rows})
        return bool(in_rows)

    def _reads_as_matrices(self) -> bool:
        """Whether rows are to be one point in another run.

        In `np.sum(W * W) + np.sum(b * b)`, to be differentiated by both, W can't hold several
        points for one b, or the gradient by b would be several.
        """
        returned = self.returned
        if not self._is_single or not isinstance(returned, Value) or not points.lanes_of(returned):
            return False
        in_rows = [i for i, x in enumerate(self.given) if x.depth and self._may_be_taken(i)]
        if not in_rows:
            return False
        reached = set(graph.topological_order(returned))
        if all(x not in reached or points.lanes_of(x) for x in self.variables):
            return False
        self._depths.update({index: self.given[index].depth + 1 for index in in_rows})
        return True

    def _may_be_taken(self, index: int) -> bool:
        array, depth, _ = self.given[index]
        return array is not None and depth < len(array.shape)

    # Its results

    def outputs(self) -> list[Value]:
        """The numbers that the function returned, as Values."""
        try:
            numbers = [self.returned] if self._is_single else self._numbers()
            return [_output(number) for number in numbers]
        except TypeError as error:
            several = "numbers, or nested lists, tuples and dicts of them"
            wanted = "one number" if self._is_single else several
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
        """A number for each output, in the structure that the function returned."""

        def array(numbers: list[Any], shaped: Any) -> Any:
            from autograd.vector import array_of

            return array_of(numbers, shaped, shaped.ndim)

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
        from autograd.vector import stacked

        template = self.shaped([0] * len(self.variables))
        columns = zip(*map(leaves, rows), strict=True) if rows else [[] for _ in leaves(template)]
        parts = zip(columns, leaves(template), self.given, strict=True)
        joined = [stacked(items, result.shape, one, x.depth) for items, one, x in parts]
        return rebuild(template, joined)

    def shaped(self, numbers: Sequence[Any], output: Any = 0) -> Any:
        """A number for each variable, in the structure of the arguments, arrays in their shape.

        Args:
            numbers: in the order of the variables.
            output: what they are derivatives of: they have its lanes.
        """
        if getattr(output, "shape", ()) or self._has_arrays:
            remaining = iter(numbers)
            parts = [(x, list(islice(remaining, x.size))) for x in self.given]
            numbers = [_result(x, own, output) for x, own in parts]
        filled = iter(numbers)
        structures = [transform(lambda _: next(filled), self.args[i]) for i in self.positions]
        return structures[0] if isinstance(self.argnums, int) else tuple(structures)

    def summed(self, numbers: Sequence[Any]) -> Any:
        """As `shaped`; lanes that an argument does not have are added up."""
        remaining = iter(numbers)
        own: list[Any] = []
        for array, depth, count in self.given:
            shape = () if array is None else tuple(array.shape)[: len(array.shape) - depth]
            own += [_summed(x, shape) for x in islice(remaining, count)]
        return self.shaped(own)

    # Derivatives

    def tangents_of(self, given: Any) -> dict[Value, Any]:
        """A direction that a user gave, in the structure of the arguments: by variable."""
        primals = tuple(self.args[index] for index in self.positions)
        what = ("tangent", "primal")
        return self._by_node(given, primals, self.given, self.variables, what)

    def cotangents_of(self, given: Any, outputs: Sequence[Value]) -> dict[Value, Any]:
        """Derivatives that a user gave, in the structure that the function returned: by output."""
        parts = [
            _Given(x, x.ndim, x.size) if is_of_objects(x) and x.shape else _Given(None, 0, 1)
            for x in leaves(self.returned)
        ]
        what = ("cotangent", "output")
        found = self._by_node(given, self.returned, parts, outputs, what)
        return {node: _in_lanes(node, derivative) for node, derivative in found.items()}

    def _by_node(
        self,
        given: Any,
        structure: Any,
        parts: Sequence[_Given],
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
        """The derivatives by each of the variables, given those by outputs."""
        order, dependent = self._walk(*adjoints)
        return pulled_back(adjoints, self.variables, order, dependent, self.is_graph)

    def tangents(self, outputs: Sequence[Value], directions: Mapping[Value, Any]) -> list[Any]:
        """The derivatives of outputs along a direction."""
        order, _ = self._walk(*outputs)
        partials = rebuilt if self.is_graph else graph.recorded
        tangents = graph.push(order, directions, partials)
        return [tangents.get(node, 0) for node in outputs]

    def rows(self, outputs: Sequence[Value]) -> list[list[Any]]:
        """The derivatives of each output by each of the variables.

        Forward or in reverse, whichever visits fewer nodes. Factors are then multiplied from one
        end of a path or the other, so results may differ in their last digits, and where one of
        two large factors would overflow.
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

    # What is given back

    def settled(
        self, outputs: Sequence[Value], slopes: Sequence[Any]
    ) -> tuple[list[Any], list[Any]]:
        """Both as Values where they depend on a Value from outside, else as plain numbers."""
        nodes = [x for x in slopes if isinstance(x, Value)]
        if not self.keeps_graph or not (self.meets_others or nodes):
            return [x.data for x in outputs], list(map(data_of, slopes)) if nodes else list(slopes)
        independent = self._independent([*outputs, *nodes])

        def settled(number: Any) -> Any:
            if not isinstance(number, Value):
                return number
            if number in independent:
                return number.data
            # A copy of a leaf, such as a weight, whose data may change.
            return number if number.parents else +number

        return list(map(settled, outputs)), list(map(settled, slopes))

    def settled_aux(self) -> Any:
        """What the function returned beside its result, with Values as `settled` has them."""

        def settled(item: Any) -> Any:
            if is_of_objects(item) and item.shape:
                from autograd.vector import array_of

                nodes = item.ravel().tolist()
                if all(isinstance(x, Value) for x in nodes):
                    return array_of(list(map(settled, nodes)), item, item.ndim)
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


def _result(given: _Given, numbers: list[Any], output: Any) -> Any:
    """The derivatives of an output by what stands for a number or an array, in its shape."""
    array, depth, _ = given
    lanes = getattr(output, "shape", ())
    if not depth and isinstance(numbers[0], Value):
        return numbers[0]
    if depth or (array is not None and getattr(numbers[0], "shape", ()) != array.shape):
        from autograd.vector import array_of

        return array_of(numbers, array, depth, lanes)
    is_shared = lanes and type(numbers[0]) in (int, float)
    return namespace_of(output).full_like(output, numbers[0]) if is_shared else numbers[0]


def _parts(derivative: Any, given: _Given, nodes: list[Value]) -> list[Any]:
    """A derivative that a user gave for a number or an array, as one for each of its nodes."""
    if not given.depth:
        return [
            derivative if isinstance(derivative, Value) else direction(derivative, x) for x in nodes
        ]
    is_number = isinstance(derivative, Value) or not getattr(derivative, "shape", ())
    if is_number:
        parts = [derivative] * given.size
    elif derivative.shape != given.array.shape:
        raise ValueError(
            f"a derivative of shape {tuple(derivative.shape)} does not fit an array of shape "
            f"{tuple(given.array.shape)}"
        )
    else:
        from autograd.vector import vector_of

        parts = vector_of(derivative, given.depth, lambda part: part).ravel().tolist()
    pairs = zip(parts, nodes, strict=True)
    return [part if isinstance(part, Value) else direction(part, node) for part, node in pairs]


def _in_lanes(node: Value, derivative: Any) -> Any:
    """A derivative by a node, one number for each of its lanes."""
    if not points.lanes_of(node) or type(derivative) not in (int, float):
        return derivative
    return namespace_of(node.data).full_like(node.data, derivative)


def _summed(derivative: Any, shape: tuple[int, ...]) -> Any:
    if isinstance(derivative, Value) or not getattr(derivative, "shape", ()):
        return derivative
    from autograd.vector import summed

    return summed(derivative, shape)


def pulled_back(
    adjoints: Mapping[Value, Any],
    inputs: Sequence[Value],
    order: list[Value],
    dependent: set[Value],
    create_graph: bool,
) -> list[Any]:
    """The derivatives by inputs, given those by outputs, through nodes that depend on inputs."""
    partials = rebuilt if create_graph else graph.recorded
    collected = graph.sweep(order, adjoints, partials, within=dependent)
    return [collected.get(node, 0) for node in inputs]


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


def _positions(args: tuple[Any, ...], argnums: int | Sequence[int]) -> list[int]:
    indices = list(argnums) if isinstance(argnums, Sequence | range) else [argnums]
    for index in indices:
        if not isinstance(index, int):
            raise TypeError(f"argnums is the position of an argument, or several, not {argnums!r}")
        if not -len(args) <= index < len(args):
            raise TypeError(
                f"argnums is {argnums}, but the function was called with {len(args)} "
                "positional argument(s)"
            )
    indices = [index % len(args) for index in indices]
    if len(set(indices)) < len(indices):
        raise ValueError(f"argnums {argnums} names an argument twice")
    return indices


def _pair(name: str, returned: Any) -> tuple[Any, Any]:
    if not (isinstance(returned, tuple) and len(returned) == 2):
        raise TypeError(
            f"{name}() with has_aux=True takes a function that returns a pair, its result and "
            f"what else there is, and this one returned {returned!r:.200}"
        )
    return returned


def _output(number: Any) -> Value:
    if isinstance(number, (dict, list, tuple)) or is_of_objects(number):
        raise TypeError("return a number, or use jacobian()")
    _require_no_condition(number, "choose by it, with autograd.where(condition, x, y)")
    return number if isinstance(number, Value) else constant(number)


_CONDITIONS = ("Boolean", "Relational", "condition")


def _require_no_condition(number: Any, advice: str) -> None:
    """Raises TypeError for bools, arrays of them, SymPy's inequalities and those of a program."""
    data = data_of(number)
    is_bool = isinstance(data, bool) or "bool" in str(getattr(data, "dtype", ""))
    if is_bool or any(getattr(data, f"is_{x}", False) for x in _CONDITIONS):
        raise TypeError(f"a condition has no derivative; {advice}")
