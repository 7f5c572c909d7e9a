"""Recording: a function is run once over tape numbers, and its gradient is emitted after it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from autograd import graph, modes
from autograd.graph import reached_from
from autograd.numbers.nested import leaves, rebuild, transform
from autograd.numbers.registry import kind_of
from autograd.tape.numbers import TapeNumber, position_of
from autograd.tape.printing import described
from autograd.tape.program import Program, to_program
from autograd.tape.tape import LANES, Tape
from autograd.tracing import open_variables
from autograd.value import Value, data_of


def record_outputs(
    function: Callable[..., Any], parameters: Sequence[Value], arguments: tuple[Any, ...]
) -> tuple[Program, Any]:
    """The program of a function's outputs, and their structure.

    Args:
        function: takes the arguments, as positional ones.
        parameters: leaves whose data is read at each run.
        arguments: nested lists, tuples and dicts of SHARED and PER_LANE.
    """
    with _recorded(function, parameters, arguments) as recording:
        try:
            outputs = [recording.position(output) for output in leaves(recording.output)]
        except TypeError as error:
            error.add_note(
                "A compiled function returns numbers, or nested lists, tuples and dicts of them; "
                f"this one returned {recording.output!r}"
            )
            raise
        return recording.to_program(outputs), transform(lambda _: None, recording.output)


def record_gradient(
    function: Callable[..., Any],
    parameters: Sequence[Value],
    arguments: tuple[Any, ...],
    reduce: str,
) -> Program:
    """The program of a function's value over all lanes, and of its gradient.

    The results are the value, then its derivatives with respect to the parameters, or if there
    are none, with respect to the numbers of the arguments, in order.

    Args:
        function, parameters, arguments: as for `record_outputs`.
        reduce: "mean" or "sum", what the value is over lanes.

    Raises TypeError if the function returns anything but one number.
    """
    with _recorded(function, parameters, arguments) as recording:
        try:
            kind_of(recording.output)
        except TypeError:
            raise TypeError(
                "value_and_grad() differentiates a function that returns one number, and this one "
                f"returned {recording.output!r}"
            ) from None
        if getattr(data_of(recording.output), "is_condition", False):
            raise TypeError(
                "value_and_grad() differentiates a number, and this function returned a condition, "
                "which has no derivative: choose by it, with autograd.where(condition, x, y)"
            )
        variables = list(parameters) or recording.arguments
        chain_rule = _ChainRule(recording.tape, reduce)
        value = chain_rule.reduced(recording.position(recording.output))
        gradient = chain_rule.gradient(recording.output, recording.nodes, variables)
        return recording.to_program([value, *gradient])


@contextmanager
def _recorded(
    function: Callable[..., Any], parameters: Sequence[Value], arguments: tuple[Any, ...]
) -> Iterator["_Recording"]:
    """A run of the function, during which the parameters hold numbers of its tape."""
    _require_no_variables(parameters)
    recording = _Recording(parameters, arguments)
    before = [(parameter.data, parameter.grad) for parameter in parameters]
    try:
        for parameter, number in zip(parameters, recording.numbers, strict=True):
            parameter.data = number
        with modes.undisturbed(), _noting(arguments):
            recording.run(function)
        yield recording
    finally:
        recording.tape.close()
        try:
            changed = _put_back(parameters, before, recording.numbers)
        except BaseException:
            # An interrupt may come at any moment, this one included.
            _put_back(parameters, before, recording.numbers)
            raise
    if changed:
        raise TypeError(
            f"the {changed} of a parameter changed while a program was recorded, and a program "
            "changes nothing: set it outside of the compiled function, write "
            "autograd.gradients(loss, parameters) for loss.backward(), and let threads take turns"
        )


def _put_back(
    parameters: Sequence[Value], before: list[tuple[Any, Any]], numbers: list[TapeNumber]
) -> str:
    """Restores the parameters. Returns which attribute the function changed, "" for none."""
    changed = ""
    for parameter, (data, grad), number in zip(parameters, before, numbers, strict=True):
        if parameter.data is not number:
            changed = "data"
        if parameter.grad is not grad:
            changed = "grad"
        # Nothing of the tape stays, but what another thread set meanwhile does.
        if type(parameter.data) is TapeNumber:
            parameter.data = data
        if type(parameter.grad) is TapeNumber:
            parameter.grad = grad
    return changed


class _Recording:
    """A function's run over tape numbers."""

    def __init__(self, parameters: Sequence[Value], arguments: tuple[Any, ...]):
        self.tape = Tape()
        self.parameters = parameters
        self.structure = arguments
        self.kinds = tuple(leaves(arguments))
        self.numbers = [self._number("parameter", index) for index in range(len(parameters))]
        self.arguments = [self._argument(kind, index) for index, kind in enumerate(self.kinds)]

    def run(self, function: Callable[..., Any]) -> None:
        self.output = function(*rebuild(self.structure, self.arguments))
        outputs = [output for output in leaves(self.output) if isinstance(output, Value)]
        self.nodes = graph.interior_nodes(*outputs)
        _require_no_variables((*outputs, *self.nodes, *(x for n in self.nodes for x in n.parents)))
        self.labels = self._labels()
        self.tape.sums = dict(_sums(self.nodes))

    def position(self, output: Any) -> int:
        data = output.data if isinstance(output, Value) else output
        return self.tape.number(position_of(data, self.tape))

    def to_program(self, results: list[int]) -> Program:
        return to_program(self.tape, results, self.kinds, len(self.parameters), self.labels)

    def _number(self, kind: str, index: int) -> TapeNumber:
        return TapeNumber(self.tape, self.tape.input(kind, index))

    def _argument(self, kind: str, index: int) -> Value:
        return Value(self._number(kind, index))

    def _labels(self) -> dict[int, str]:
        return {
            node.data.position: node.label
            for node in (*self.parameters, *self.nodes)
            if node.label and type(node.data) is TapeNumber
        }


def _require_no_variables(nodes: Iterable[Value]) -> None:
    """Refuses a program that depends on a variable of a transform around it."""
    for node in nodes:
        if node in open_variables:
            raise TypeError(
                f"a compiled function gives plain numbers, and {node!r} is being differentiated: "
                "its derivative would be lost. Differentiate the function itself, or compile the "
                "derivative, as in compile(grad(function))"
            )


def _sums(nodes: list[Value]) -> Iterator[tuple[int, int]]:
    """The positions of results of `sum` and `dot`, with how many additions each of them takes.

    Their terms may be added up in any order.
    """
    for node in nodes:
        if type(node.data) is TapeNumber:
            if node.op == "sum":
                yield node.data.position, len(node.parents) - 1
            elif node.op == "dot":
                yield node.data.position, len(node.parents) // 2


@contextmanager
def _noting(arguments: tuple[Any, ...]) -> Iterator[None]:
    """Adds the arguments to an error as a note: to the function an array looks like a number."""
    try:
        yield
    except Exception as error:
        error.add_note(f"The function was run for the arguments {described(arguments):.200}")
        raise


class _ChainRule:
    """Reverse mode with each adjoint as one `dot`, of partials with the adjoints of their nodes.

    What the lanes share is differentiated once, not in each lane: where adjoints of lanes reach
    it, they are added up over the lanes, and go on from there as one.
    """

    def __init__(self, tape: Tape, reduce: str):
        self.tape = tape
        self.is_mean = reduce == "mean"

    def reduced(self, position: int) -> int:
        """A number's mean over the lanes, or its sum."""
        if not self.is_mean:
            return self.tape.sum_over_lanes(position)
        if self.tape.stages[position] != LANES:
            return position
        return self._divided(self.tape.sum_over_lanes(position))

    def gradient(self, output: Any, nodes: list[Value], variables: list[Value]) -> list[int]:
        """The derivatives of the reduced output with respect to the variables.

        Args:
            output: what the function returned.
            nodes: the interior nodes of its graph, parents first.
            variables: leaves.
        """
        tape = self.tape
        zero, one = tape.constant(0.0), tape.constant(1.0)
        dependent = reached_from(variables, nodes)
        in_lanes = reached_from([x for x in (*variables, *nodes) if self._differs(x)], nodes)
        # Each adjoint is the sum of these products. Those in `crossing` differ from lane to lane,
        # but the lanes share their node.
        terms: dict[Value, list[tuple[int, int]]] = {}
        crossing: dict[Value, list[tuple[int, int]]] = {}
        if isinstance(output, Value):
            (terms if output in in_lanes else crossing)[output] = [(one, one)]
        adjoints: dict[Value, int] = {}
        wanted = set(variables)
        for node in (*reversed(nodes), *variables):
            if node not in dependent or (node not in terms and node not in crossing):
                continue
            adjoint = self._adjoint(terms.pop(node, []), crossing.pop(node, []))
            if node in wanted:
                adjoints[node] = adjoint
            is_lane = node in in_lanes
            for parent, partial in zip(node.parents, node.partials, strict=True):
                if parent in dependent:
                    chosen = crossing if is_lane and parent not in in_lanes else terms
                    chosen.setdefault(parent, []).append((position_of(partial, tape), adjoint))
        gradient = [adjoints.get(node, zero) for node in variables]
        if self.is_mean:
            pairs = zip(variables, gradient, strict=True)
            gradient = [self._divided(x) if node in in_lanes else x for node, x in pairs]
        return gradient

    def _differs(self, node: Value) -> bool:
        """Whether its number differs from lane to lane."""
        data = node.data
        return type(data) is TapeNumber and self.tape.stages[data.position] == LANES

    def _adjoint(self, terms: list[tuple[int, int]], crossing: list[tuple[int, int]]) -> int:
        if crossing:
            reduced = self.reduced(self.tape.dot(crossing))
            terms = [(reduced, self.tape.constant(1.0)), *terms]
        return self.tape.dot(terms)

    def _divided(self, position: int) -> int:
        """A number, divided by the number of lanes."""
        return self.tape.emit("div", position, self.tape.input("lanes"))
