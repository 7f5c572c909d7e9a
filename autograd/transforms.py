"""Derivatives of recorded Values, and functions that compute the derivatives of functions."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from autograd import graph, modes
from autograd.data import direction
from autograd.numbers.nested import leaves, paths, rebuild, transform
from autograd.slips import answers_slips
from autograd.value import Value, constant, data_of


@answers_slips
def gradients(output: Value, inputs: Value | Sequence[Value], create_graph: bool = False) -> Any:
    """The derivatives of a Value with respect to others, leaves or not. No `grad` is changed.

    Args:
        output: the Value to differentiate.
        inputs: one Value, or a list of them.
        create_graph: whether the derivatives are Values with a graph of their own,
            which can be differentiated again, instead of plain numbers.

    Returns:
        One derivative for one input, else a list; 0 for an input that the output does not
        depend on.

    Raises:
        TypeError: for an output or an input that is no Value.
        RuntimeError: with `create_graph`, if data was changed since the graph was recorded.

    >>> x = Value(2.0)
    >>> gradients(x**3, x)
    12.0
    >>> slope = gradients(x**3, x, create_graph=True)
    >>> gradients(slope, x)
    12.0
    """
    if isinstance(inputs, Value):
        return gradients(output, [inputs], create_graph)[0]
    _require_values(output, inputs)
    order = graph.interior_nodes(output)
    dependent = graph.reached_from(inputs, order)
    return _pulled_back(output, inputs, order, dependent, create_graph)


@answers_slips
def grad(function: Callable[..., Any], argnums: int | Sequence[int] = 0) -> Callable[..., Any]:
    """The function that computes the gradient of `function`.

    Args:
        function: takes numbers, or nested lists, tuples and dicts of them, and returns one.
        argnums: the position of the argument to differentiate by, or several positions.

    Returns:
        A function of the same arguments. Its result has the structure of the argument, or for
        several positions is a tuple of such structures. A number in it is a Value, which can be
        differentiated again, if it depends on a Value from outside: an argument that is a
        Value, or one that `function` uses, such as a weight, the variable of another
        transform, or a Value that it makes or detaches. Otherwise, and always within
        `no_grad`, it is a plain number. For a complex result it is the complex derivative.

    Raises:
        TypeError: if the function returns anything but one number, such as a condition, or
            if an argument to differentiate by holds anything but numbers.

    >>> grad(lambda x, y: x * x * y)(3.0, 2.0)
    12.0
    >>> grad(grad(lambda x: x**3))(2.0)
    12.0
    >>> grad(lambda p: p["w"] * p["x"])({"w": 2.0, "x": 5.0})
    {'w': 5.0, 'x': 2.0}
    >>> w = Value(3.0)
    >>> slope = grad(lambda x: w * x * x)(2.0)
    >>> slope.backward()
    >>> slope.data, w.grad
    (12.0, 4.0)
    """
    with_value = _with_gradient("grad", function, argnums)

    def gradient(*args: Any, **keywords: Any) -> Any:
        return with_value(*args, **keywords)[1]

    return gradient


@answers_slips
def value_and_grad(
    function: Callable[..., Any], argnums: int | Sequence[int] = 0
) -> Callable[..., tuple[Any, Any]]:
    """The function that computes both the result of `function` and its gradient.

    Its arguments, results and errors are those of `grad`.

    >>> value_and_grad(lambda x: x * x)(3.0)
    (9.0, 6.0)
    """
    return _with_gradient("value_and_grad", function, argnums)


def _with_gradient(
    name: str, function: Callable[..., Any], argnums: int | Sequence[int]
) -> Callable[..., tuple[Any, Any]]:
    _require_function(name, function)

    def with_gradient(*args: Any, **keywords: Any) -> tuple[Any, Any]:
        with _traced(name, args, argnums) as trace:
            output = function(*trace.arguments, **keywords)
            outputs = trace.outputs([output], output)
            [value], slopes = trace.settled(outputs, trace.gradients(outputs[0]))
            return value, _shaped(args, argnums, slopes)

    return with_gradient


@answers_slips
def jvp(
    function: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]
) -> tuple[Any, Any]:
    """The result of a function, and its derivative along a direction: forward mode.

    Args:
        function: takes and returns numbers, or nested lists, tuples and dicts of them.
        primals: its arguments.
        tangents: the direction, of the same structure as the primals.

    Returns:
        The result, and the sum over all inputs of (derivative times tangent), in the
        structure of the result; Values or plain numbers, as `grad` gives them.

    Raises:
        ValueError: if primals and tangents do not pair up.
        TypeError: for what is no number.

    >>> jvp(lambda x, y: x * y, (3.0, 2.0), (1.0, 0.5))
    (6.0, 3.5)
    """
    _require_function("jvp", function)
    primals, tangents = tuple(primals), tuple(tangents)
    by_path = dict(zip(paths(tangents), leaves(tangents), strict=True))
    if by_path.keys() != set(paths(primals)):
        raise ValueError(
            f"jvp() needs a tangent for each primal, in the same structure: the primals are "
            f"{primals!r}, the tangents {tangents!r}"
        )
    with _traced("jvp", primals, range(len(primals))) as trace:
        output = function(*trace.arguments)
        outputs = trace.outputs(leaves(output), output)
        directions = [by_path[path] for path in paths(primals)]
        pairs = zip(trace.variables, directions, strict=True)
        by_node = {x: d if isinstance(d, Value) else direction(d, x) for x, d in pairs}
        numbers, slopes = trace.settled(outputs, trace.tangents(outputs, by_node))
        return rebuild(output, numbers), rebuild(output, slopes)


@answers_slips
def jacobian(function: Callable[..., Any], argnums: int | Sequence[int] = 0) -> Callable[..., Any]:
    """The function that computes the derivative of every output with respect to every input.

    Its arguments, numbers and errors are those of `grad`, but `function` may return nested lists,
    tuples and dicts of numbers too.

    Returns:
        A function whose result has the structure of the output, with the structure of
        the argument in place of each number: `J[i][j]` for lists.

    >>> jacobian(lambda x: [x[0] * x[1], x[0] + x[1]])([3.0, 2.0])
    [[2.0, 3.0], [1, 1]]
    """
    return _jacobian("jacobian", function, argnums)


@answers_slips
def hessian(function: Callable[..., Any], argnums: int | Sequence[int] = 0) -> Callable[..., Any]:
    """The function that computes the second derivatives of `function`: `H[i][j]` for a list.

    Its arguments, numbers and errors are those of `grad`.

    >>> hessian(lambda x: x[0] ** 2 * x[1])([3.0, 2.0])
    [[4.0, 6.0], [6.0, 0]]
    """
    with_value = _with_gradient("hessian", function, argnums)
    return _jacobian("hessian", lambda *args, **named: with_value(*args, **named)[1], argnums)


def _jacobian(
    name: str, function: Callable[..., Any], argnums: int | Sequence[int]
) -> Callable[..., Any]:
    _require_function(name, function)

    def rows(*args: Any, **keywords: Any) -> Any:
        with _traced(name, args, argnums) as trace:
            output = function(*trace.arguments, **keywords)
            outputs = trace.outputs(leaves(output), output)
            slopes = [slope for number in outputs for slope in trace.gradients(number)]
            slopes = trace.settled(outputs, slopes)[1]
            width = len(trace.variables)
            rows = [slopes[i * width : (i + 1) * width] for i in range(len(outputs))]
            return rebuild(output, [_shaped(args, argnums, row) for row in rows])

    return rows


def _require_values(output: Any, inputs: Any) -> None:
    if not isinstance(inputs, (list, tuple)):
        raise TypeError(f"gradients() takes one Value, or a list of them, not {inputs!r}")
    for node in (output, *inputs):
        if not isinstance(node, Value):
            raise TypeError(f"gradients() differentiates one Value by others, not {node!r}")


def _pulled_back(
    output: Value,
    inputs: Sequence[Value],
    order: list[Value],
    dependent: set[Value],
    create_graph: bool,
) -> list[Any]:
    """The derivatives of an output, through the nodes that depend on the inputs."""
    partials = _rebuilt if create_graph else graph.recorded
    adjoints = graph.sweep(order, {output: 1}, partials, within=dependent)
    return [adjoints.get(node, 0) for node in inputs]


def _rebuilt(node: Value) -> tuple[Any, ...]:
    """The partials of a node as a graph: its rule run over Values."""
    assert node.rule is not None
    try:
        rebuilt = node.rule.evaluate(node.parents)[1]
    except TypeError as error:
        error.add_note(
            f"The rule {node.rule.name} is run over Values here, so that its derivative can be "
            "differentiated again: take its functions from autograd. For derivatives that are "
            "plain numbers, call grad() and its like within no_grad()"
        )
        raise
    graph.require_unchanged(node, node.data, [data_of(partial) for partial in rebuilt])
    return rebuilt


def _require_function(transform: str, function: Any) -> None:
    if not callable(function):
        raise TypeError(f"{transform}() takes a function, and not its result: {function!r}")


# The variables of all transforms that are running, in any thread.
open_variables: set[Value] = set()


@contextmanager
def _traced(name: str, args: tuple[Any, ...], argnums: int | Sequence[int]) -> Iterator["_Trace"]:
    keeps_graph = modes.is_recording()
    with modes.recording():
        trace = _Trace(name, args, argnums, keeps_graph)
        open_variables.update(trace.variables)
        try:
            yield trace
        finally:
            open_variables.difference_update(trace.variables)
    # From here on they are constants: nobody can ask for a derivative by them any more.
    for variable in trace.fresh:
        variable.parents = graph.CONSTANT


class _Trace:
    """A run of a function over variables: new Values in place of some arguments.

    A Value that is given as an argument gets a node of its own: in
    `grad(lambda x: grad(lambda y: x + y)(x))` y is x, but the inner `grad` must tell them apart.

    Its derivatives are a graph if an output depends on a Value from outside: that may be
    a weight, or the variable of another transform, by which the user differentiates later.
    """

    def __init__(
        self, name: str, args: tuple[Any, ...], argnums: int | Sequence[int], keeps_graph: bool
    ):
        self.name = name
        self.keeps_graph = keeps_graph
        self.variables: list[Value] = []
        arguments = list(args)
        for index in _positions(args, argnums):
            arguments[index] = transform(self._variable, args[index])
        self.arguments = tuple(arguments)
        self.fresh = {node for node in self.variables if not node.parents}
        # Whether a Value from outside was met: an argument, or one that `function` uses or returns.
        self.meets_others = False

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

    def outputs(self, numbers: list[Any], returned: Any) -> list[Value]:
        """The numbers that the function returned, as Values."""
        try:
            outputs = [_output(number) for number in numbers]
        except TypeError as error:
            several = "numbers, or nested lists, tuples and dicts of them"
            wanted = several if self.name in ("jvp", "jacobian") else "one number"
            raise TypeError(
                f"{self.name}() differentiates a function that returns {wanted}, and this one "
                f"returned {returned!r:.200}: {error}"
            ) from None
        return outputs

    def gradients(self, output: Value) -> list[Any]:
        """The derivatives of an output by each of the variables."""
        order, dependent = self._walk(output)
        return _pulled_back(output, self.variables, order, dependent, self.is_graph)

    def tangents(self, outputs: list[Value], directions: dict[Value, Any]) -> list[Any]:
        """The derivatives of outputs along a direction."""
        order, _ = self._walk(*outputs)
        partials = _rebuilt if self.is_graph else graph.recorded
        tangents = graph.push(order, directions, partials)
        return [tangents.get(node, 0) for node in outputs]

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

    def settled(self, outputs: list[Value], slopes: list[Any]) -> tuple[list[Any], list[Any]]:
        """Both as Values where they depend on a Value from outside, else as plain numbers."""
        nodes = [x for x in slopes if isinstance(x, Value)]
        if not self.keeps_graph or not (self.meets_others or nodes):
            return [x.data for x in outputs], [data_of(x) for x in slopes] if nodes else slopes
        independent = self._independent([*outputs, *nodes])

        def settled(number: Any) -> Any:
            if not isinstance(number, Value):
                return number
            if number in independent:
                return number.data
            # A copy of a leaf, such as a weight, whose data may change.
            return number if number.parents else +number

        return list(map(settled, outputs)), list(map(settled, slopes))

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


def _shaped(args: tuple[Any, ...], argnums: int | Sequence[int], numbers: list[Any]) -> Any:
    """The numbers in the structure of the arguments that were differentiated."""
    if isinstance(argnums, int):
        return rebuild(args[argnums], numbers)
    return rebuild(tuple(args[index] for index in argnums), numbers)


def _output(number: Any) -> Value:
    if isinstance(number, (dict, list, tuple)):
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
