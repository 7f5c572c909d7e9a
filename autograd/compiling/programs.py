"""The programs of a function: one for each structure of its arguments, recorded when first met."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from autograd.compiling.arguments import examined, with_keywords
from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.reading import Call, Reading, read
from autograd.compiling.structures import (
    Row,
    filled,
    form_of,
    gathering_of,
    has_arrays,
    structure,
)
from autograd.tape.numbers import ArrayClosedOver
from autograd.tape.program import Program, described
from autograd.tape.recording import LastRun, ReadOtherwise, record_gradient, record_outputs
from autograd.tape.tape import PER_LANE, Static
from autograd.value import Value
from autograd.vectors import points


class Recorded:
    """A program for one structure of arguments, and its machine code once that is needed.

    Attributes:
        kinds: what each item of a call is, as in `Reading`.
        program: what was recorded.
        calls_python: whether only Python can run it.
        title: the structure of the arguments, in words.
        form: that of the outputs, or of the gradient, see `form_of`.
        has_arrays: whether there are arrays in it.
        native: the machine code.
        last: for calls with the parameters as numbers, and in one array, what answers a call like
            the last one, see `NativeProgram.run`; whether it returns the results in their form; and
            the number of lanes.
        is_flat: whether each argument is a number or an array.
        is_gradient: whether the results are a value and its gradient.
        in_lanes: whether each result is an array if there are lanes.
    """

    def __init__(
        self,
        kinds: list[Any],
        arguments: tuple[Any, ...],
        program: Program,
        form: Any,
        is_flat: bool,
        is_gradient: bool,
    ):
        self.kinds = kinds
        self.program = program
        # Found here, under the lock: Python 3.11 has one of its own for such properties, which a
        # process that is forked meanwhile would wait for in vain.
        self.calls_python = program.calls_python
        self.title = described(arguments)
        self.form = form
        self.has_arrays = has_arrays(form)
        self.native: Any = None
        self.last: list[tuple[Any, bool, int | None] | None] = [None, None]
        self.is_flat = is_flat
        self.is_gradient = is_gradient
        self.in_lanes = [not is_gradient] * len(program.results)
        if is_gradient and not program.parameters:
            # A derivative by lanes is in lanes, even if it is one number.
            self.in_lanes[1:] = [kind == PER_LANE for kind in program.arguments]
        # The machine code of an earlier recording of this program.
        self._earlier: Any = None

    def gathering(self, lanes: int | None) -> tuple[Any, bool]:
        """How machine code gathers the results, see `NativeProgram.run`, and whether that is their
        form.
        """
        gathering = gathering_of(self.form)
        is_array = type(gathering) is tuple
        if gathering is ... or (is_array and lanes is not None):
            return (-1,) if self.has_arrays and lanes is None else list, False
        return gathering, True

    def filled(self, results: Any, lanes: int | None = None) -> Any:
        """The outputs in the structure that the function returned, or the value and the gradient
        in its own.
        """
        if self.is_gradient:
            value, gradient = results
            # An array without numbers in it is a point: it has no lanes.
            return value, filled(self.form, gradient)
        return filled(self.form, results, lanes)

    def native_program(self, threads: int | None) -> Any:
        """The program in machine code."""
        with EXCLUSIVE:
            from autograd.compiling.native import NativeProgram, most_threads

            if self.native is None:
                native = self._earlier
                if native is None or native.threads != most_threads(threads):
                    native = NativeProgram(
                        self.program, self.kinds, threads, self.is_gradient, self.in_lanes
                    )
                self.native, self._earlier = native, None
        return self.native

    def repeat(self, earlier: "Recorded") -> None:
        """Takes over the machine code of an earlier recording, if its program is the same."""
        if self.program is earlier.program:
            self._earlier = earlier.native or earlier._earlier

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "native": None, "last": [None, None], "_earlier": None}


class _Recent(dict[Any, tuple[LastRun, Recorded]]):
    """The programs recorded last, by their parameters, for functions that do the same again.

    A function that is compiled again, as each call of `nn.fit` does, then finds its machine code.
    What is kept holds no reference to a function or a parameter.
    """

    def last_run_of(self, place: Any) -> LastRun:
        """The last run in this place."""
        return self[place][0] if place in self else LastRun()

    def keep(self, place: Any, last: LastRun, recorded: Recorded) -> None:
        """Keeps a program as the last one, and forgets the oldest if there are too many."""
        if place in self:
            recorded.repeat(self.pop(place)[1])
        self[place] = (last, recorded)
        count = sum(map(_length, self.values()))
        while count > LastRun.most_instructions:
            count -= _length(self.pop(next(iter(self))))


def _length(kept: tuple[LastRun, Recorded]) -> int:
    run = kept[0].run
    return len(run.tape.instructions) if run else 0


RECENT = _Recent()


class Programs:
    """The programs of a function and of its gradient, by the structure of the arguments.

    Attributes:
        outputs, gradients: all of them, in the order of recording.
        last_outputs, last_gradients: the last one called with so many arguments, all of which were
            numbers and arrays.
    """

    def __init__(self) -> None:
        self.outputs: dict[Any, Recorded] = {}
        self.gradients: dict[Any, Recorded] = {}
        self.last_outputs: dict[int, Recorded] = {}
        self.last_gradients: dict[int, Recorded] = {}
        # For each key, the items that the function takes for something else, see `read`.
        self._otherwise: dict[Any, frozenset[int]] = {}
        # The keys of calls for outputs in which the elements of tables are lanes.
        self._by_element: set[Any] = set()

    def __getstate__(self) -> dict[str, Any]:
        # Copies, as another thread may record meanwhile.
        return {name: programs.copy() for name, programs in vars(self).items()}

    def of(
        self,
        function: Callable[..., Any] | None,
        parameters: list[Value],
        args: tuple[Any, ...],
        names: tuple[str, ...],
        reduce: str | None = None,
    ) -> tuple[Recorded, Sequence[Any], int | None, bool, tuple[int, ...]]:
        """The program for some arguments, recorded if need be, and what to run it on.

        At first every element of an array is taken for a lane, and every integer for a number. If
        they are something else to the function, it is recorded again, and that is remembered.

        Args:
            function: the function to record; None if it was not pickled.
            parameters: Values that it uses.
            args: its arguments.
            names: the names of the last arguments, which it takes as keywords.
            reduce: None for the program of its outputs, "mean" or "sum" for that of its gradient.

        Returns:
            The program; the items of the call; the number of lanes, None without arrays of lanes;
            whether there are arrays of another library than NumPy; and the shape of the lanes, if
            they are the elements of arrays with several axes.

        Raises TypeError if a program is missing and the function was not pickled.
        """
        key, items, others, lanes, is_foreign = examined(args)
        programs = self.gradients if reduce else self.outputs
        last = self.last_gradients if reduce else self.last_outputs
        recorded = programs.get((names, key) if names else key)
        if recorded:
            if recorded.is_flat:
                last[len(args)] = recorded
            return recorded, items, lanes, is_foreign, ()
        call: Any = Call(key, items, others)
        if not reduce and (names, key) in self._by_element:
            call = call.by_element()
        reading = read(call, self._otherwise.get((names, key), frozenset()))
        own_key = reading.key_with(names)
        if own_key not in programs:
            if function is None:
                raise TypeError(
                    "only the programs that were recorded were pickled, and not the function: call "
                    "it before pickling with arguments of the same structure as here, or compile a "
                    "method of the object that holds the parameters"
                )
            recorder = _Recorder(function, parameters, args, names, reduce)
            reading = _record(programs, recorder, reading)
            self._otherwise[names, key] = reading.otherwise
            if reading.call.shape:
                self._by_element.add((names, key))
            own_key = reading.key_with(names)
        recorded, shape = programs[own_key], reading.call.shape
        if recorded.is_flat and not shape:
            last[len(args)] = recorded
        return recorded, reading.items, reading.lanes(), is_foreign, shape


def _record(programs: dict[Any, Recorded], recorder: "_Recorder", reading: Reading) -> Reading:
    """Records a program for a call, and returns what the items are to the function."""
    before_probe: Reading | None = None

    def run(_: Any = None) -> bool:
        nonlocal reading, before_probe
        if reading.key_with(recorder.names) in programs:
            return True
        if misfits := reading.misfits():
            reading = reading.but(misfits)
            return False
        try:
            programs[reading.key_with(recorder.names)] = recorder.recorded(reading)
        except ReadOtherwise as other:
            before_probe = reading if other.are_probes else before_probe
            numbers = reading.numbers()
            reading = reading.but({numbers[x][1] for x in (*other.asked, *other.taken_apart)})
            return False
        return True

    def take_back() -> bool:
        nonlocal reading, before_probe
        if before_probe is None:
            return False
        reading, before_probe = before_probe, None
        return True

    def as_matrices() -> bool:
        nonlocal reading
        rows = reading.rows()
        reading = reading.but(rows)
        return bool(rows)

    elements = reading.call.by_element()
    if elements and not recorder.reduce:
        rows, reading = reading, read(elements, frozenset())
        # If it fails, what the function says of points in rows is what counts.
        with suppress(Exception):
            while not reading.has_points():
                if run():
                    return reading
        reading, before_probe = rows, None
    points.settle(run, as_matrices, take_back)
    return reading


class _Recorder:
    """Records the programs of a function for the arguments of a call; see `Programs.of`."""

    def __init__(
        self,
        function: Callable[..., Any],
        parameters: list[Value],
        args: tuple[Any, ...],
        names: tuple[str, ...],
        reduce: str | None,
    ):
        self._function = function
        self._parameters = parameters
        self._args = args
        self.reduce = reduce
        self.names = names

    def recorded(self, reading: Reading) -> Recorded:
        """The program for a reading of the arguments.

        Raises ReadOtherwise if some of them are something else to the function.
        """
        is_by_arguments = self.reduce and not self._parameters
        if is_by_arguments and not reading.kinds:
            raise TypeError(
                "value_and_grad() has nothing to differentiate in: give it arguments, or "
                "compile(function, parameters=...). An integer that the function asks for is "
                "a constant: give 3.0 for 3"
            )
        with EXCLUSIVE, points.of_lanes(reading.only_lanes()):
            recorded = self._recorded(reading)
            if is_by_arguments and reading.has_points() and reading.rows():
                self._require_no_other(reading.but(range(len(reading.call.items))))
            return recorded

    def _recorded(self, reading: Reading) -> Recorded:
        if reading.has_points() and not reading.rows():
            return self._over_vectors(reading)
        try:
            return self._run(reading)
        except ArrayClosedOver:
            # The array may be a vector, but rows would meet it as one matrix.
            recorded = None if reading.rows() else self._over_sums(reading)
            if recorded is None:
                raise
            return recorded

    def _require_no_other(self, as_matrices: Reading) -> None:
        """Raises TypeError if an array of points in rows may as well be a matrix.

        In `(w * w).sum() + (b * b).sum()`, an array w with two axes may be either.
        """
        try:
            self._recorded(as_matrices)
        except Exception:
            return
        raise TypeError(
            "an array of two axes holds points in rows, and beside a vector it may as well be one "
            "matrix: the function returns one number for both. For a matrix name its axes, as in "
            "x.sum(axis=(0, 1)); for points give the vector as a list"
        )

    def _over_sums(self, reading: Reading) -> Recorded | None:
        """The program, if the function uses arrays as vectors and reduces them to numbers.

        An example is `((w * xs - ys) ** 2).sum()`. None if it does not.
        """
        try:
            recorded = self._over_vectors(reading)
        except TypeError:
            return None
        returns_arrays = recorded.has_arrays and not self.reduce
        return None if returns_arrays else recorded

    def _over_vectors(self, reading: Reading) -> Recorded:
        with points.arrays_as_vectors():
            return self._run(reading)

    def _run(self, reading: Reading) -> Recorded:
        structures = tuple(map(structure, self._args, reading.key))
        # Each model has a place of its own, so that models do not evict each other.
        place = (tuple(map(id, self._parameters)), self.reduce, self.names, reading.key)
        last = RECENT.last_run_of(place) if self._parameters else None
        arguments = (with_keywords(self._function, self.names), self._parameters, structures)
        integers, arrays = reading.integers(), reading.arrays()
        if self.reduce:
            program = record_gradient(*arguments, self.reduce, integers, arrays, last)
            given = [x for x in structures if not isinstance(x, Static)]
            shape = given[0] if len(given) == 1 else tuple(given)
        else:
            program, shape = record_outputs(*arguments, integers, arrays, last)
        by_parameters = self.reduce and self._parameters
        form = Row([], len(self._parameters)) if by_parameters else form_of(shape)
        is_flat = reading.is_flat() and not self.names
        recorded = Recorded(
            reading.kinds, structures, program, form, is_flat, is_gradient=bool(self.reduce)
        )
        if last:
            RECENT.keep(place, last, recorded)
        return recorded
