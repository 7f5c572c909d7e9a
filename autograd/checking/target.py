"""A function made callable at numbers: a list of numbers goes in, named results come out.

Its recorded graph tells how far a result is rounded, and how large a derivative would be if nothing
cancelled.
"""

import inspect
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, product
from numbers import Rational
from typing import Any

from autograd import modes
from autograd.checking.differences import Curve
from autograd.graph import interior_nodes, sweep
from autograd.numbers.arrays import in_floats
from autograd.numbers.nested import leaves, paths, transform
from autograd.transforms.derivatives import traced
from autograd.transforms.gradients import gradients
from autograd.value import Value
from autograd.vectors.points import arrays_as_vectors

Results = list[tuple[str, Value]]


@dataclass
class Target:
    """What is checked.

    Attributes:
        names: what to call each of the numbers that go in.
        point: these numbers at the point of the check.
        parameters: the Values among them that belong to the user: the last ones.
        compute: returns the results, each with its name, from a Value for each number.
    """

    names: list[str]
    point: list[float]
    parameters: list[Value]
    compute: Callable[[list[Value]], Results]

    @contextmanager
    def recorded_at(self, numbers: Sequence[float]) -> Iterator[tuple[Results, list[Value]]]:
        """The recorded results at a point, and the Values that stood for its numbers.

        Parameters stay moved there until the end.
        """
        with self._moved(numbers), modes.recording():
            variables = self._variables(numbers)
            results = self.compute(variables)
            _require_real_partials(results)
            yield results, variables

    def evaluate(self, numbers: Sequence[float]) -> list[float]:
        """The results at a point, as floats; none where they can't be computed."""
        with self._moved(numbers), modes.no_grad():
            try:
                return [float(output.data) for _, output in self.compute(self._variables(numbers))]
            except (ArithmeticError, ValueError):
                return []

    def evaluate_exactly(self, numbers: Sequence[Any]) -> list[Any] | None:
        """The results at a point of complex or exact numbers, all of that kind, or None.

        None where an operation leaves the kind: |x| of a complex x is real, and not smooth.
        """
        with self._moved(numbers), modes.recording():
            try:
                outputs = [output for _, output in self.compute(self._variables(numbers))]
            # A function that was not written for such numbers may raise anything.
            except Exception:
                return None
            kinds = {type(number) for number in numbers} - {float}
            return [o.data for o in outputs] if _stay_in(kinds, outputs) else None

    def derivatives(self) -> "Target":
        """The same numbers, and as results the derivative of each result in each of them."""

        def compute(variables: list[Value]) -> Results:
            with modes.recording():
                return [
                    (f"d{output}/d{name}", _as_value(derivative))
                    for output, result in self.compute(variables)
                    for name, derivative in zip(
                        self.names, gradients(result, variables, create_graph=True), strict=True
                    )
                ]

        return Target(self.names, self.point, self.parameters, compute)

    def _variables(self, numbers: Sequence[Any]) -> list[Value]:
        count = len(numbers) - len(self.parameters)
        inputs = zip(numbers[:count], self.names, strict=False)
        return [*(Value(number, label=name) for number, name in inputs), *self.parameters]

    @contextmanager
    def _moved(self, numbers: Sequence[Any]) -> Iterator[None]:
        """Puts the parameters at a point, and back."""
        before = [parameter.data for parameter in self.parameters]
        moved = numbers[len(numbers) - len(before) :]
        try:
            for parameter, number in zip(self.parameters, moved, strict=True):
                parameter.data = number
            yield
        finally:
            for parameter, data in zip(self.parameters, before, strict=True):
                parameter.data = data


def target_of(
    function: Callable[..., Any], inputs: tuple[Any, ...], parameters: Sequence[Value]
) -> Target:
    """The target made of a function, its inputs and the parameters that it uses by itself.

    Raises:
        TypeError: for inputs that are not real numbers, or parameters that are not leaves.
    """
    if not callable(function):
        raise TypeError(f"gradcheck() takes a function, and not its result: {function!r:.200}")
    # The user passed a model, or its method without calling it.
    if callable(parameters) or isinstance(parameters, Value):
        raise TypeError(
            "gradcheck() takes parameters in a list of Values: write model.parameters(), or [w]"
        )
    arguments = transform(_real, inputs)
    for parameter in parameters:
        if not isinstance(parameter, Value) or parameter.parents:
            raise TypeError(f"gradcheck() takes parameters that are leaf Values, not {parameter!r}")
    if len(set(parameters)) < len(parameters):
        raise TypeError("gradcheck() was given a parameter twice")
    point = [*(x for x in leaves(arguments) for x in _numbers(x)), *map(_real, parameters)]
    if not point:
        raise TypeError("gradcheck() was given no input to differentiate in")
    given = [(x, path) for x, path in zip(leaves(inputs), _paths(function, inputs), strict=True)]
    given += [(x, f"parameter {i + 1}") for i, x in enumerate(parameters)]
    names = [name for x, path in given for name in _names(x, path)]
    lanes, depths = _lanes(function, inputs)

    def compute(variables: list[Value]) -> Results:
        remaining = iter(variables)
        filled = transform(lambda x: _filled(x, remaining), arguments)
        results: Results = []
        # Arrays that the function uses are vectors too, for each result is a number.
        with arrays_as_vectors():
            for lane in lanes:
                returned = function(*_in_lane(filled, lane, depths))
                results += _named(returned, f"{list(lane)}" if lane else "")
        return results

    return Target(names, point, list(parameters), compute)


def _paths(function: Callable[..., Any], inputs: tuple[Any, ...]) -> list[str]:
    """For each number or array, the name of its argument and its path there."""
    try:
        signature = inspect.signature(function).parameters.values()
        given = [p.name for p in signature if p.kind is not p.VAR_POSITIONAL]
    except ValueError:
        given = []
    given += [f"input {i + 1}" for i in range(len(given), len(inputs))]
    return [path for x, name in zip(inputs, given, strict=False) for path in paths(x, name)]


def _is_array(x: Any) -> bool:
    return not isinstance(x, Value) and bool(getattr(x, "shape", ()))


def _numbers(x: Any) -> list[float]:
    return x.ravel().tolist() if _is_array(x) else [x]


def _names(x: Any, path: str) -> list[str]:
    """What to call a number, or each number of an array: `x[0, 1]`."""
    if isinstance(x, Value):
        return [x.label or path]
    if not _is_array(x):
        return [path]
    return [f"{path}{list(index)}" for index in product(*map(range, x.shape))]


def _lanes(
    function: Callable[..., Any], inputs: tuple[Any, ...]
) -> tuple[list[tuple[int, ...]], list[int]]:
    """The lanes of the points that arrays hold, `()` for a single point; and the axes of a point.

    Where a point is a number, all may be in one vector: each result then depends on one of them.
    """
    if not any(map(_is_array, leaves(inputs))):
        return [()], []
    with traced("gradcheck", function, inputs, range(len(inputs))) as trace:
        given = trace.given
    shapes = [() if x.array is None else tuple(x.array.shape) for x in given]
    depths = [x.depth for x in given]
    pairs = list(zip(shapes, depths, strict=True))
    if not any(0 < depth < len(shape) for shape, depth in pairs):
        return [()], [len(shape) for shape in shapes]
    lanes: tuple[int, ...] = ()
    for shape, depth in pairs:
        own = shape[: len(shape) - depth]
        lanes = own if len(own) > len(lanes) else lanes
    return list(product(*map(range, lanes))), depths


def _filled(x: Any, variables: Iterator[Value]) -> Any:
    """A variable for a number, a vector of them for an array."""
    if not _is_array(x):
        return next(variables)
    from autograd.vectors.packing import vector_from

    return vector_from(list(islice(variables, x.size)), x.shape)


def _in_lane(arguments: Any, lane: tuple[int, ...], depths: list[int]) -> Any:
    """The point of each array in a lane; what all lanes share is left as it is."""
    remaining = iter(depths)

    def point(x: Any) -> Any:
        count = x.ndim - next(remaining) if _is_array(x) else next(remaining)
        return x[lane[len(lane) - count :]] if count else x

    return transform(point, arguments) if lane else arguments


def _named(returned: Any, name: str) -> Results:
    """The numbers that a function returned, each with its path."""
    results: Results = []
    for x, path in zip(leaves(returned), paths(returned, name), strict=True):
        numbers = x.ravel().tolist() if _is_array(x) else [x]
        results += zip(_names(x, path), map(_as_value, numbers), strict=True)
    return results


def _real(number: Any) -> Any:
    if _is_array(number):
        if getattr(number.dtype, "kind", "f") not in "biuf":
            raise TypeError(f"gradcheck() takes real numbers as inputs, not {number.dtype}")
        return in_floats(number)
    number = number.data if isinstance(number, Value) else number
    if isinstance(number, complex) or not hasattr(number, "__float__"):
        raise TypeError(f"gradcheck() takes real numbers as inputs, not {number!r}")
    return float(number)


def _as_value(number: Any) -> Value:
    return number if isinstance(number, Value) else Value(number)


def _require_real_partials(results: Results) -> None:
    """Refuses a graph in which a rule gave a partial that is not a float at real operands."""
    for node in interior_nodes(*(output for _, output in results)):
        for index, partial in enumerate(node.partials):
            try:
                float(partial)
            except (TypeError, OverflowError):
                name = node.rule.name if node.rule else node.op
                raise TypeError(
                    f"gradcheck() compares real numbers that a float can hold, and the rule {name} "
                    f"gave {_shortened(partial)} as its partial in operand {index + 1}"
                ) from None


def _shortened(number: Any) -> str:
    # Python refuses to print an integer of more than 4300 digits.
    return "a number too large for a float" if isinstance(number, Rational) else repr(number)


def _stay_in(kinds: set[type], outputs: list[Value]) -> bool:
    """Whether no operation turned such numbers into numbers of another kind."""
    reached: set[Value] = set()
    for node in interior_nodes(*outputs):
        if any(parent in reached or type(parent.data) in kinds for parent in node.parents):
            # The integers that rounding and signs make are exact too.
            if type(node.data) not in kinds and type(node.data) is not int:
                return False
            reached.add(node)
    return True


class Slice:
    """The results of a target along a line through a point; each is computed once.

    Args:
        target: the function.
        numbers: the point.
        direction: how far each of its numbers moves, by their index. Where one moves alone, the
            line is measured by this number itself; otherwise from 0 at the point on.
        results: the results at the point.
    """

    def __init__(
        self,
        target: Target,
        numbers: list[float],
        direction: dict[int, float],
        results: list[float],
    ):
        self.target = target
        self.numbers = numbers
        self.direction = direction
        self._known = {self.point: results}

    def turned(self, direction: dict[int, float]) -> "Slice":
        """The results through the same point in another direction."""
        return Slice(self.target, self.numbers, direction, self._known[self.point])

    @property
    def point(self) -> float:
        """Where the point lies on the line."""
        if len(self.direction) > 1:
            return 0.0
        (index,) = self.direction
        return self.numbers[index]

    def curve(self, index: int, noise: float, scale: float) -> Curve:
        """One result, by its index, along the line; nan where it can't be computed."""

        def along(x: float) -> float:
            if x not in self._known:
                self._known[x] = self.target.evaluate(self._numbers_at(x))
            results = self._known[x]
            return results[index] if index < len(results) else math.nan

        def exactly(x: Any) -> Any:
            results = self.target.evaluate_exactly(self._numbers_at(x))
            return results[index] if results else None

        return Curve(self.point, along, exactly, noise, scale, self._shortest_step)

    @property
    def _shortest_step(self) -> float:
        """A shorter step along several numbers would be rounded to another direction."""
        if len(self.direction) == 1:
            return 0.0
        return max(math.ulp(self.numbers[i]) / abs(d) for i, d in self.direction.items())

    def _numbers_at(self, x: Any) -> list[Any]:
        """The numbers at x on the line, exact ones if x is exact."""
        kind = float if isinstance(x, (float, complex)) else type(x)
        moved = list(map(kind, self.numbers))
        for index, distance in self.direction.items():
            is_alone = len(self.direction) == 1
            moved[index] = x if is_alone else moved[index] + x * kind(distance)
        return moved


def noise_of_result(output: Value) -> float:
    """How far a recorded result is rounded, if each node is rounded by a unit in its last place.

    The adjoint of a node says how much of that reaches the result. The errors are taken to be
    independent, so their squares add up.
    """
    order = interior_nodes(output)
    adjoints = gradients(output, order)
    terms = [math.ulp(float(n.data)) * float(a) for n, a in zip(order, adjoints, strict=True)]
    return math.hypot(*filter(math.isfinite, terms))


def sizes_of_paths(output: Value, variables: Sequence[Value]) -> list[float]:
    """How large the derivative in each variable would be if nothing of it cancelled.

    The derivative is a sum, over all paths, of products of partials; this is the sum of their
    sizes. However little is left when they cancel, its rounding error goes with this sum.
    """

    def absolute_partials(node: Value) -> list[float]:
        return [abs(float(partial)) for partial in node.partials]

    adjoints = sweep(interior_nodes(output), {output: 1.0}, absolute_partials)
    sizes = [adjoints.get(variable, 0.0) for variable in variables]
    return [size if math.isfinite(size) else 0.0 for size in sizes]
