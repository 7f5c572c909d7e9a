"""Runs a function over variables, until it is known what a point is to it."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from autograd import graph
from autograd.numbers.arrays import in_floats, is_array_type, is_of_objects
from autograd.numbers.data import by_position, in_objects
from autograd.numbers.nested import transform
from autograd.value import Value, data_of
from autograd.vectors import points

# The variables of all transforms that are running, in any thread.
open_variables: set[Value] = set()


class Given(NamedTuple):
    """A number or an array among the arguments, which the function gets as variables.

    Attributes:
        array: the array; None for a number or a Value.
        depth: how many of its axes make a point, see `points.py`.
        size: how many variables replace it.
    """

    array: Any
    depth: int
    size: int


NUMBER = Given(None, 0, 1)


class Trace:
    """A run of a function over variables, which are new Values in place of some arguments.

    A Value that is given as an argument is replaced by a new node, too: in
    `grad(lambda x: grad(lambda y: x + y)(x))` y is x, but the inner `grad` must tell them apart.
    """

    def __init__(
        self, name: str, args: tuple[Any, ...], argnums: int | Sequence[int], is_single: bool
    ):
        self.name = name
        self.args = args
        self.argnums = argnums
        self.positions = _positions(args, argnums)
        self.variables: list[Value] = []
        self.returned: Any = None
        self.aux: Any = None
        # Whether the function is to return one number.
        self.is_single = is_single
        self._depths: dict[int, int] = {}
        self._before_probe: dict[int, int] | None = None
        self._are_arrays_vectors = False

    def run(
        self, function: Callable[..., Any], keywords: Mapping[str, Any], has_aux: bool = False
    ) -> None:
        """Runs the function over numbers, and again over vectors if it takes them apart."""

        def run(taken: list[points.TakenApart]) -> bool:
            arguments = self._over_variables()
            try:
                returned = self._call(function, arguments, keywords)
                returned, aux = _pair(self.name, returned) if has_aux else (returned, None)
                if not self._are_floats:
                    returned = transform(self._fitting, returned)
            except Exception:
                if self._reads_as_vectors(taken):
                    return False
                raise
            if taken and self._reads_as_vectors(self._certain(taken)):
                return False
            self.returned, self.aux = returned, aux
            return self._are_floats or not self._reads_as_matrices()

        try:
            points.settle(run, self._as_matrices, self._take_back)
        except Exception as error:
            points.require_no_floats(error)
            raise

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
        self.given: list[Given] = []
        self._has_arrays = False
        self._are_floats = True
        arguments = list(self.args)
        for index in self.positions:
            arguments[index] = transform(self._argument, self.args[index])
        self.fresh = {node for node in self.variables if not node.parents}
        open_variables.update(self.variables)
        return arguments

    def _argument(self, given: Any) -> Any:
        if type(given) is not float:
            self._are_floats = False
        if type(given) is float or type(given) is Value:
            self.given.append(NUMBER)
            return self._variable(given)
        given = by_position(given)
        is_array = is_array_type(type(given)) and bool(given.shape)
        before = len(self.variables)
        depth = self._depths.get(len(self.given), 0)
        if is_of_objects(given):
            depth = given.ndim
        if is_array and depth:
            from autograd.vectors.packing import vector_of

            argument: Any = vector_of(in_floats(given), depth, self._variable)
        else:
            argument = self._variable(given)
        self._has_arrays = self._has_arrays or is_array
        count = len(self.variables) - before
        self.given.append(Given(given if is_array else None, depth, count))
        return argument

    def _variable(self, number: Any) -> Value:
        try:
            require_no_condition(number, "give 1.0 or 0.0")
            node = +number if isinstance(number, Value) else Value(number)
        except TypeError as error:
            raise TypeError(
                f"{self.name}() differentiates by numbers, or nested lists, tuples and dicts of "
                f"them, not by {number!r}: {error}"
            ) from None
        self.variables.append(node)
        return node

    def _reads_as_vectors(self, taken: list[points.TakenApart]) -> bool:
        """Whether another run is needed, in which what was taken apart is vectors."""
        if not taken:
            return False
        in_lanes = list(filter(points.may_have_lanes, self.variables))
        variables = {x for error in taken for x in error.among(in_lanes)}
        remaining = iter(self.variables)
        own = [variables.isdisjoint(islice(remaining, x.size)) for x in self.given]
        deeper = [i for i, is_whole in enumerate(own) if not is_whole and self._may_be_taken(i)]
        in_lanes = list(filter(points.may_have_lanes, tuple(open_variables)))
        if not deeper and all(error.among(in_lanes) for error in taken):
            # They are variables of a transform around this one.
            return False
        if not deeper and self._are_arrays_vectors:
            # What `no_grad` cut off may depend on any argument.
            deeper = [i for i, x in enumerate(self.given) if not x.depth and self._may_be_taken(i)]
            if not deeper:
                return False
        # Lanes that depend on no variable come from arrays that the function uses.
        self._are_arrays_vectors = self._are_arrays_vectors or not deeper
        for index in deeper:
            self._depths[index] = self.given[index].depth + 1
        return True

    def _certain(self, taken: list[points.TakenApart]) -> list[points.TakenApart]:
        """What was taken apart, without items of arrays; what is not sure can be taken back."""
        variables = iter(self.variables)
        own = [(x.depth, list(islice(variables, x.size))) for x in self.given]
        whole = {x for depth, variables in own for x in variables if not depth}
        certain = points.certain(taken, whole)
        if certain and all(error.is_probe for error in certain):
            self._before_probe = dict(self._depths)
        return certain

    def _take_back(self) -> bool:
        """Has the arguments that NumPy asked for their length read as before."""
        if self._before_probe is None:
            return False
        self._depths, self._before_probe = self._before_probe, None
        return True

    def _fitting(self, result: Any) -> Any:
        """What the function returned; an array that can't be lanes as a vector of constants.

        Raises `TakenApart` for variables whose lanes are not those of the result. Then their arrays
        are one point, as that of three numbers is to a function that returns an array of two.
        """
        result = by_position(result)
        is_value = isinstance(result, Value)
        if not is_value and (is_of_objects(result) or not is_array_type(type(result))):
            return result
        lanes = points.lanes_of(result)
        if not lanes:
            return result
        may_be_fewer = is_value or self.is_single
        misfits = []
        index = 0
        for given in self.given:
            # The variables of one array are alike.
            own = points.lanes_of(self.variables[index]) if given.size else ()
            if not (_is_within(own, lanes) or (may_be_fewer and _is_within(lanes, own))):
                misfits.append((self.variables[index], given.depth))
            index += given.size
        if not misfits:
            return result
        if not is_value and all(depth for _, depth in misfits):
            return in_objects(result)
        # One number may be in the lanes of an argument, with gradient 0 by another, a vector.
        apart = [x for x, _ in misfits] if self.is_single else self.variables
        how = f"a function that returns an array of shape {lanes}"
        errors = [points.taken_apart(x, how) for x in apart if points.lanes_of(x)]
        raise errors[-1]

    def _reads_as_matrices(self) -> bool:
        """Whether another run is needed, in which rows are one point, as another argument has one.

        In `np.sum(W * W) + np.sum(b * b)`, to be differentiated by both, W can't hold several
        points for a single b: the gradient by b would be several.
        """
        returned = self.returned
        if not self.is_single or not isinstance(returned, Value) or not points.lanes_of(returned):
            return False
        if not self._in_rows():
            return False
        reached = set(graph.topological_order(returned))
        if all(x not in reached or points.lanes_of(x) for x in self.variables):
            return False
        return self._as_matrices()

    def _as_matrices(self) -> bool:
        """Makes one point of the points in rows, in the next run. Returns whether there are any."""
        in_rows = self._in_rows()
        self._depths.update({index: self.given[index].depth + 1 for index in in_rows})
        return bool(in_rows)

    def _in_rows(self) -> list[int]:
        """The indices of arrays that hold points in rows."""
        return [i for i, x in enumerate(self.given) if x.depth and self._may_be_taken(i)]

    def _may_be_taken(self, index: int) -> bool:
        array, depth, _ = self.given[index]
        return array is not None and depth < len(array.shape)


def _is_within(shape: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether an array of this shape can be broadcast to the other shape."""
    if shape == other:
        return True
    pairs = zip(reversed(shape), reversed(other), strict=False)
    return len(shape) <= len(other) and all(n in (1, m) for n, m in pairs)


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
            f"anything else, and this one returned {returned!r:.200}"
        )
    return returned


_CONDITIONS = ("Boolean", "Relational", "condition")


def require_no_condition(number: Any, advice: str) -> None:
    """Raises TypeError for bools, arrays of bools, and conditions of SymPy or of a program."""
    data = data_of(number)
    if type(data) is float:
        return
    is_bool = isinstance(data, bool) or "bool" in str(getattr(data, "dtype", ""))
    if is_bool or any(getattr(data, f"is_{x}", False) for x in _CONDITIONS):
        raise TypeError(f"a condition has no derivative; {advice}")
