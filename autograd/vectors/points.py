"""Whether an array holds many points or is one: that is up to the function that is given it.

If the function only computes with its argument, a point is a number, and the elements of an array
are lanes: each is a point of its own. If it takes its argument apart (by an index, a slice, a loop,
`len`, `sum`, `.sum()`, `@`, `numpy.dot`, ...), a point is a vector: an array of shape (n,) is one
point, and an array of shape (lanes, n) holds one point in each row. If it takes an element of that
apart again, as `x[i][j]` and `x[i, j]` do, a point is a matrix, and so on. Each time the point gets
one more of the last axes; the axes before them are lanes. The same happens where the function fails
because of the shape of rows, as `x.reshape(2, 3)` does, where rows meet a matrix that has a row
for each of them, or where it returns an array that can't be lanes beside those of its arguments.

To find that out, a function is first run over lanes. A Value that is taken apart raises
`TakenApart`; then the function is run again, with a vector (a NumPy array of Values) in place of
each array that the Value depends on. The error also leaves a note, in case the function catches it:
NumPy does so when it asks an object for its length.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from autograd import graph
from autograd.numbers.arrays import is_of_objects
from autograd.numbers.kinds import Rank, kind_of

Node = Any


class TakenApart(TypeError, AttributeError):  # noqa: N818
    """Raised by a Value that is indexed, iterated, summed, ...: a number was taken for a vector.

    Attributes:
        value: the Value that was taken apart, or a condition of a program.
        is_probe: whether NumPy asked for its length, to see whether it is a sequence. NumPy asks
            that of each item in `numpy.array([x, y])`, and of x in `numpy.asarray(x)`.
        is_of_argument: whether the Value is an argument of a run, as x may be.
    """

    def __init__(self, words: str, value: Node, is_probe: bool):
        super().__init__(words)
        self.value = value
        self.is_probe = is_probe
        self.is_of_argument = False

    def among(self, variables: Iterable[Node]) -> list[Node]:
        """Those of the variables that the Value depends on."""
        if not graph.is_node(self.value):
            inputs = self.value.inputs()
            return [variable for variable in variables if variable.data.position in inputs]
        reached = set(graph.topological_order(self.value))
        return [variable for variable in variables if variable in reached]


_notes: ContextVar[list[TakenApart] | None] = ContextVar("notes", default=None)
# One item for each run, in any thread, in which plain arrays are vectors too.
open_vectors: list[None] = []
_are_vectors: ContextVar[bool] = ContextVar("are_vectors", default=False)
_whole: ContextVar[frozenset[int]] = ContextVar("whole", default=frozenset())
_are_probes_items: ContextVar[bool] = ContextVar("are_probes_items", default=False)
# 0 where it is not set.
_lane_count: ContextVar[int | None] = ContextVar("lane_count", default=0)


class Noting:
    """A context that collects what is taken apart in it, even if the function catches the error.

    What is left in `notes` at the end is passed on to the run around this one.
    """

    __slots__ = ("_before", "notes")

    def __enter__(self) -> list[TakenApart]:
        self.notes: list[TakenApart] = []
        self._before = _notes.get()
        _notes.set(self.notes)
        return self.notes

    def __exit__(self, *_: object) -> None:
        _notes.set(self._before)
        if self._before is not None:
            self._before += self.notes


@contextmanager
def arrays_as_vectors() -> Iterator[None]:
    """A context in which plain arrays that meet a Value are vectors: `w * array` is one of Values.

    So `((w * xs - ys) ** 2).sum()` is one number, for arrays xs and ys that the function uses.
    """
    token = _are_vectors.set(True)
    open_vectors.append(None)
    try:
        yield
    finally:
        open_vectors.pop()
        _are_vectors.reset(token)


def are_arrays_vectors() -> bool:
    """Whether plain arrays that meet a Value are vectors."""
    return bool(open_vectors) and _are_vectors.get()


def lanes_of(value: Node) -> Any:
    """The shape of a Value's lanes, () for a single number."""
    data = value.data if graph.is_node(value) else value
    shape = getattr(data, "shape", None)
    # Numbers of a program have a placeholder.
    return getattr(data, "lanes", ()) if shape is None else tuple(shape)


def may_have_lanes(value: Node) -> bool:
    """Whether a Value has lanes, or is a number of a program, which may stand for one."""
    return is_unknown(getattr(value, "data", value)) or bool(lanes_of(value))


def is_unknown(data: Any) -> bool:
    """Whether it is a number of a program that is being recorded."""
    return bool(kind_of(data).rank is Rank.TAPE)


# The id of the Value that NumPy last asked whether it is an array. Next it asks for its length.
_probed = 0


def probe(value: Node) -> None:
    """Remembers that NumPy asked this Value whether it is an array."""
    global _probed
    _probed = id(value)


def taken_apart(value: Node, how: str, is_length: bool = False) -> TakenApart:
    """The error to raise for a Value that is taken apart; it leaves a note.

    Args:
        value: the Value.
        how: the call or the operator that takes it apart, as one writes it.
        is_length: whether its length was asked for.
    """
    global _probed
    is_probe, _probed = is_length and _probed == id(value), 0
    shape = lanes_of(value)
    what = "a single Value"
    if is_unknown(getattr(value, "data", value)):
        what = "a single number"
    elif shape:
        what = f"a single Value, whose lanes, of shape {shape}, are numbers of their own"
    error = TakenApart(
        f"{how} takes a list of numbers or Values, not {what}. For a vector give an array where "
        "grad(), jacobian() or compile() run the function, or make one: "
        "numpy.array([Value(x) for x in numbers])",
        value,
        is_probe,
    )
    notes = _notes.get()
    if notes is not None and may_have_lanes(value):
        notes.append(error)
    return error


@contextmanager
def with_whole(arguments: Iterable[Node]) -> Iterator[None]:
    """A context in which these are whole arguments of a program being recorded, not columns."""
    token = _whole.set(frozenset(id(argument) for argument in arguments))
    try:
        yield
    finally:
        _whole.reset(token)


@contextmanager
def of_lanes(count: int | None) -> Iterator[None]:
    """A context in which a program is recorded for a call with this number of lanes.

    Args:
        count: the number of lanes; None if the arrays differ in it.
    """
    token = _lane_count.set(count)
    try:
        yield
    finally:
        _lane_count.reset(token)


def settle(
    run: Callable[[list[TakenApart]], bool],
    as_matrices: Callable[[], bool],
    take_back: Callable[[], bool],
) -> None:
    """Runs a function again and again, until it is known what a point is to it.

    Args:
        run: runs the function, and is given the list in which what is taken apart is noted. It
            returns False if a point turned out to be something else, and takes that into account
            in the next run.
        as_matrices: makes one matrix of points in rows, from the next run on. It returns whether
            there are any.
        take_back: has what became a vector because of probes alone read as before, from the next
            run on. It returns whether there is any.

    Raises what the function raises; the first error, if it fails for rows and for matrices.
    """
    misshapen: Exception | None = None
    are_items = False
    while True:
        token = _are_probes_items.set(are_items)
        with Noting() as taken:
            try:
                if run(taken):
                    return
            except Exception as error:
                # A vector can't be an item in `numpy.array([1.0, x])`, which NumPy calls
                # inhomogeneous. Other errors tell what else is wrong with the function.
                if "inhomogeneous" in str(error) and take_back():
                    are_items = True
                elif misshapen:
                    raise misshapen from None
                elif not is_misshapen(error) or not as_matrices():
                    raise
                else:
                    misshapen = error
            finally:
                _are_probes_items.reset(token)
            # This means nothing to a run around this one.
            taken.clear()


def certain(taken: list[TakenApart], arguments: Container[Node]) -> list[TakenApart]:
    """What was taken apart, without what was only an item of an array.

    NumPy asks items for their lengths, as in `numpy.array([x[0] * x[1], x[0]])`. It also asks an
    argument in `numpy.asarray(x)`, which many functions of SciPy call. So an argument is tried as a
    vector: if that fails, as in `numpy.array([1.0, x])`, it was an item, and is taken back.
    """
    for error in taken:
        if error.is_probe and error.value in arguments:
            error.is_of_argument = True
    may_be_vectors = not _are_probes_items.get()
    return [x for x in taken if not x.is_probe or (x.is_of_argument and may_be_vectors)]


def is_misshapen(error: Exception) -> bool:
    """Whether an array had the wrong shape for a function, such as too few axes.

    Examples are the errors of `x.reshape(2, 3)` and of `x.shape[1]`.
    """
    is_of_shape = isinstance(error, (IndexError, ValueError))
    # A branch on lanes is an error for any shape.
    return is_of_shape and "truth value" not in str(error)


def require_no_floats(error: Exception) -> None:
    """Raises TypeError, with advice, if the error is that an array of floats can't hold a Value.

    NumPy's message calls the Value a sequence and hides what the Value says, and so does the mean
    of a pandas column.
    """
    if isinstance(error, TypeError) and "Could not convert Value" in str(error):
        raise TypeError(
            "a column of pandas holds Values, and not all of its methods take them: write "
            "column.to_numpy() before them, as in numpy.mean(((frame @ w) - y).to_numpy() ** 2)"
        ) from error
    if isinstance(error, ValueError) and "plain number" in str(error.__cause__):
        raise TypeError(
            "an array of floats holds no Values: make it by numpy.zeros(n, dtype=object), or by "
            "numpy.array([x, y]) of the Values, and write in operations of Values what computes "
            "with floats only, such as a SciPy solver inside the function"
        ) from error


def require_fit(operands: Sequence[Any]) -> None:
    """Raises `TakenApart` for a Value with lanes that meets a vector of single numbers.

    Then the Value is a vector, too. Likewise points in rows that meet a matrix in the shape of
    their array are a matrix, such as the targets in `X @ W - targets`.
    """
    arrays = [x for x in operands if not graph.is_node(x) and hasattr(x, "dtype")]
    for rows in arrays:
        for matrix in arrays:
            if len(matrix.shape) > len(rows.shape):
                _require_no_rows(rows, matrix)
    for operand in operands:
        # A condition of a program, such as a mask, is not a Value.
        is_one = graph.is_node(operand) or hasattr(operand, "tape")
        if is_one and arrays and (lanes := lanes_of(operand)):
            # As in NumPy, `w` in `w * row` has a number for each in the row.
            is_other = id(operand) in _whole.get() and _lane_count.get() in (
                None,
                *(array.shape[-1] for array in arrays if array.shape),
            )
            if is_other or not any(lanes_of(x) == lanes for x in _nodes(*arrays)):
                raise taken_apart(operand, "an operation of a vector with a number")


def _require_no_rows(rows: Any, matrix: Any) -> None:
    """Raises `TakenApart` for points in rows if a matrix has a row for each of them.

    `x` in `masses[:, None] * x` is an example.
    """
    element = next(_nodes(rows), None)
    if element is None or not (lanes := lanes_of(element)):
        return
    if is_unknown(element.data):
        lanes = (_lane_count.get(),)
    shape, fitting = tuple(matrix.shape), (*lanes, *rows.shape)
    if len(shape) != len(fitting) or shape[: len(lanes)] != lanes:
        return
    fits = all(n in (1, m) for n, m in zip(shape, fitting, strict=True))
    if fits and not any(map(lanes_of, _nodes(matrix))):
        raise taken_apart(element, "an operation of points in rows with a matrix")


def _nodes(*arrays: Any) -> Iterator[Node]:
    """The Values in arrays, one after another; arrays of floats hold none."""
    for array in arrays:
        if is_of_objects(array):
            yield from filter(graph.is_node, array.flat)
