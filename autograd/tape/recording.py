"""Recording: running a function over tape numbers turns what it computes into a program.

A function that is recorded again, and does what it did before, keeps its program. What it does
depends on whatever it reads: attributes, other variables, the time. The only way to know is to run
it, which takes a small part of the time for recording its derivative and making machine code.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from autograd import graph, modes
from autograd.numbers.arrays import is_of_objects
from autograd.numbers.data import in_objects
from autograd.numbers.kinds import kind_of
from autograd.numbers.nested import leaves, transform
from autograd.tape.chain_rule import ChainRule
from autograd.tape.numbers import TapeNumber, position_of
from autograd.tape.program import Program, described, to_program
from autograd.tape.tape import RepeatingTape, Static, Tape
from autograd.transforms.tracing import open_variables
from autograd.value import Value, data_of
from autograd.vectors import points


class ReadOtherwise(Exception):  # noqa: N818
    """Raised when a function treats some numbers in its arguments as something else.

    Attributes:
        asked: the indices of integers whose values it asks for, as `range(n)` does.
        taken_apart: the indices of numbers that it treats as vectors.
        are_probes: whether these may be numbers after all, see `points.certain`.
    """

    def __init__(self, asked: Collection[int], taken_apart: Collection[int], are_probes: bool):
        super().__init__(asked, taken_apart, are_probes)
        self.asked = asked
        self.taken_apart = taken_apart
        self.are_probes = are_probes


@dataclass(frozen=True)
class Run:
    """What a run of a function did, and the program that was made from it.

    Attributes:
        tape: what it computed, followed by the derivatives.
        reached: how many numbers on the tape come from the run itself.
        graph: the nodes that it recorded, which determine the derivatives, and their labels.
        program: the program made from all this.
    """

    tape: Tape
    reached: int
    graph: Any
    program: Program


@dataclass
class LastRun:
    """The last run of a function, None before the first.

    Attributes:
        most_instructions: of all runs that are kept together.
    """

    most_instructions = 100_000
    run: Run | None = None


def record_outputs(
    function: Callable[..., Any],
    parameters: Sequence[Value],
    arguments: tuple[Any, ...],
    integers: Collection[int] = (),
    arrays: Collection[int] = (),
    last: LastRun | None = None,
) -> tuple[Program, Any]:
    """The program of a function's outputs, and their structure.

    Args:
        function: takes the arguments by position.
        parameters: leaves whose data is read at each run.
        arguments: nested structures of SHARED, PER_LANE and Static.
        integers: the indices of numbers that were given as integers.
        arrays: the indices of numbers that stand for arrays.
        last: the last run. Its program is returned if the function does the same again. It is
            replaced by this run.

    Raises ReadOtherwise if the function asks for the value of an integer, or takes an array apart.
    """
    with _recorded(function, parameters, arguments, integers, arrays, last) as recording:
        output = transform(in_objects, recording.output)
        try:
            outputs = [recording.position(number) for number in leaves(output, elements=True)]
        except TypeError as error:
            error.add_note(
                "A compiled function returns numbers, or nested lists, tuples and dicts of them; "
                f"this one returned {recording.output!r}"
            )
            raise
        shape = transform(lambda _: None, output, elements=True)
        return recording.program(last, outputs, lambda: outputs), shape


def record_gradient(
    function: Callable[..., Any],
    parameters: Sequence[Value],
    arguments: tuple[Any, ...],
    reduce: str,
    integers: Collection[int] = (),
    arrays: Collection[int] = (),
    last: LastRun | None = None,
) -> Program:
    """The program of a function's value over all lanes, and of its gradient.

    The results are the value, then its derivatives with respect to the parameters in order, or,
    without parameters, with respect to the numbers in the arguments.

    Args:
        function, parameters, arguments, integers, arrays, last: as for `record_outputs`.
        reduce: "mean" or "sum": how the values of all lanes become one.

    Raises:
        TypeError: if the function returns anything but one number.
        ReadOtherwise: as `record_outputs` does.
    """
    with _recorded(function, parameters, arguments, integers, arrays, last) as recording:
        if not _is_number(recording.output):
            raise TypeError(
                "value_and_grad() differentiates a function that returns one number, and this one "
                f"returned {recording.output!r}"
            )
        if getattr(data_of(recording.output), "is_condition", False):
            raise TypeError(
                "value_and_grad() differentiates a number, and this function returned a condition, "
                "which has no derivative: choose by it, with autograd.where(condition, x, y)"
            )
        output = recording.position(recording.output)
        variables = list(parameters) or recording.arguments

        def results() -> list[int]:
            chain_rule = ChainRule(recording.tape, reduce)
            value = chain_rule.reduced(output)
            gradient = chain_rule.gradient(recording.take_output(), recording.nodes, variables)
            return [value, *gradient]

        graph = (output, recording.graph()) if last else None
        return recording.program(last, graph, results)


def _is_number(output: Any) -> bool:
    """Whether a function returned a single number, rather than a list, a vector or text."""
    if is_of_objects(output):
        return False
    try:
        kind_of(output)
    except TypeError:
        return False
    return True


@contextmanager
def _recorded(
    function: Callable[..., Any],
    parameters: Sequence[Value],
    arguments: tuple[Any, ...],
    integers: Collection[int],
    arrays: Collection[int],
    last: LastRun | None,
) -> Iterator["_Recording"]:
    """Runs the function; meanwhile the parameters hold numbers of its tape."""
    _require_no_variables(parameters)
    tape = RepeatingTape(last.run.tape) if last and last.run else Tape()
    recording = _Recording(tape, parameters, arguments, integers, arrays)
    before = [(parameter.data, parameter.grad) for parameter in parameters]
    try:
        for parameter, number in zip(parameters, recording.numbers, strict=True):
            parameter.data = number
        # Where no mode is open, there is none to suspend, and each node is made faster.
        suspended = modes.undisturbed() if modes.open_modes else nullcontext()
        with suspended:
            try:
                recording.run(function)
            except Exception as error:
                # In the function an array looks like a number.
                note = f"The function was run for the arguments {described(arguments):.200}"
                error.add_note(note)
                raise
        yield recording
    finally:
        recording.tape.close()
        try:
            changed = _put_back(parameters, before, recording.numbers)
        except BaseException:
            # An interrupt may come at any moment, even here.
            _put_back(parameters, before, recording.numbers)
            raise
    if changed:
        raise TypeError(
            f"the {changed} of a parameter changed while a program was recorded, and a program "
            "changes nothing: set it outside the compiled function, write "
            "autograd.gradients(loss, parameters) for loss.backward(), and let threads take turns"
        )


def _put_back(
    parameters: Sequence[Value], before: list[tuple[Any, Any]], numbers: list[TapeNumber]
) -> str:
    """Restores the parameters. Returns which attribute the function changed; "" for none."""
    changed = ""
    for parameter, (data, grad), number in zip(parameters, before, numbers, strict=True):
        if parameter.data is not number:
            changed = "data"
        if parameter.grad is not grad:
            changed = "grad"
        # Numbers of the tape are removed; what another thread has set meanwhile stays.
        if type(parameter.data) is TapeNumber:
            parameter.data = data
        if type(parameter.grad) is TapeNumber:
            parameter.grad = grad
    return changed


class _Recording:
    """A function's run over tape numbers."""

    def __init__(
        self,
        tape: Tape,
        parameters: Sequence[Value],
        arguments: tuple[Any, ...],
        integers: Collection[int],
        arrays: Collection[int],
    ):
        self.tape = tape
        self.parameters = parameters
        self.structure = arguments
        self.kinds = tuple(
            kind for kind in leaves(arguments, elements=True) if not isinstance(kind, Static)
        )
        positions = tape.inputs("parameter", len(parameters))
        self.numbers = [TapeNumber(tape, position) for position in positions]
        self.arguments = [
            Value(TapeNumber(tape, tape.input(kind, index)))
            for index, kind in enumerate(self.kinds)
        ]
        tape.integers = {tape.input(self.kinds[index], index): index for index in integers}
        self.arrays = {self.arguments[index]: index for index in arrays}

    def run(self, function: Callable[..., Any]) -> None:
        arguments = iter(self.arguments)

        def given(kind: Any) -> Any:
            return kind.value if isinstance(kind, Static) else next(arguments)

        structures = transform(given, self.structure, elements=True)
        self.whole = {x for x in leaves(structures) if isinstance(x, Value)}
        with points.Noting() as notes, points.with_whole(self.whole):
            try:
                self.output = function(*structures)
            except Exception as error:
                self._require_right_reading(notes)
                if isinstance(error, KeyError) and any(isinstance(x, Value) for x in error.args):
                    raise TypeError(
                        "a dict is asked for a key that differs from run to run: write "
                        "autograd.select(index, items), with a list of items"
                    ) from None
                points.require_no_floats(error)
                raise
            # The function may have caught the error.
            self._require_right_reading(notes)
        if len(self.tape.instructions) > LastRun.most_instructions:
            # The run will not be kept, and derivatives hardly ever come to its numbers again.
            self.tape.forget()
        outputs = [
            output for output in leaves(self.output, elements=True) if isinstance(output, Value)
        ]
        self.nodes = graph.interior_nodes(*outputs)
        if open_variables:
            parents = (parent for node in self.nodes for parent in node.parents)
            _require_no_variables((*outputs, *self.nodes, *parents))
        self.labels = self._labels()
        self.tape.sums = dict(_sums(self.nodes))

    def _require_right_reading(self, notes: list[points.TakenApart]) -> None:
        certain = points.certain(notes, self.whole)
        taken_apart = {x for error in certain for x in error.among(self.arrays)}
        # They mean nothing to a run around this one, which has other Values.
        notes.clear()
        if self.tape.asked or taken_apart:
            are_probes = not self.tape.asked and all(error.is_probe for error in certain)
            raise ReadOtherwise(self.tape.asked, {self.arrays[x] for x in taken_apart}, are_probes)

    def position(self, output: Any) -> int:
        data = output.data if isinstance(output, Value) else output
        return self.tape.number(position_of(data, self.tape))

    def take_output(self) -> Any:
        """What the function returned. Only the caller holds it then, and the graph behind it."""
        output, self.output = self.output, None
        return output

    def graph(self) -> Any:
        """The nodes with their parents and partials, in a form that can be compared."""
        if len(self.tape.instructions) > LastRun.most_instructions:
            # The run will not be kept, and so equals no other.
            return object()
        leaves = (*self.parameters, *self.arguments)
        index_of = {node: index for index, node in enumerate((*leaves, *self.nodes))}
        nodes = [
            (
                node.op,
                _comparable(node.data),
                [index_of.get(parent) for parent in node.parents],
                list(map(_comparable, node.partials)),
            )
            for node in self.nodes
        ]
        # It may be no Value, as `2 * (x > w)` is none: its position says which number it is.
        output = self.output if isinstance(self.output, Value) else None
        return index_of.get(output), nodes

    def program(
        self, last: LastRun | None, graph: Any, results: Callable[[], list[int]]
    ) -> Program:
        """The program of the results: that of the last run, if this one did the same.

        Args:
            last: the last run; this one replaces it.
            graph: what determines the results besides the numbers of the tape.
            results: emits the instructions for the results, and returns their positions.
        """
        tape = self.tape
        graph = (graph, self.labels, tape.sums)
        run = last.run if last else None
        if run and isinstance(tape, RepeatingTape):
            if tape.earlier and tape.reached == run.reached and graph == run.graph:
                return run.program
            tape.part()
        reached = len(tape.instructions)
        positions = results()
        if len(tape.instructions) > LastRun.most_instructions:
            tape.forget()
        count = len(self.parameters)
        program = to_program(tape, positions, self.kinds, count, self.labels)
        if last:
            last.run = Run(tape, reached, graph, program)
        return program

    def _labels(self) -> dict[int, str]:
        return {
            node.data.position: node.label
            for node in (*self.parameters, *self.nodes)
            if node.label and type(node.data) is TapeNumber
        }


def _comparable(number: Any) -> Any:
    """A number as something to compare: that of a tape as its position, others as their digits."""
    if type(number) is TapeNumber:
        return number.position
    # Anything else equals nothing.
    return repr(number) if type(number) in (float, int) else object()


def _require_no_variables(nodes: Iterable[Value]) -> None:
    """Raises TypeError for nodes that are variables of a transform around this recording."""
    for node in nodes:
        if node in open_variables:
            raise TypeError(
                f"a compiled function gives plain numbers, and {node!r} is being differentiated: "
                "its derivative would be lost. Differentiate the function itself, or compile the "
                "derivative, as in compile(grad(function))"
            )


def _sums(nodes: list[Value]) -> Iterator[tuple[int, int]]:
    """The position of each result of `sum` or `dot`, with the number of its additions.

    Their terms may be added in any order.
    """
    for node in nodes:
        operation = node.rule.name  # type: ignore[union-attr]
        if operation in ("sum", "dot") and type(node.data) is TapeNumber:
            count = len(node.parents)
            yield node.data.position, count - 1 if operation == "sum" else count // 2
