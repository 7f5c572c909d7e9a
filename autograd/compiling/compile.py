"""compile: a function is recorded once, and run as a program from then on."""

import importlib.util
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from types import FunctionType
from typing import Any

from autograd.compiling.arguments import (
    as_given,
    columns,
    examined,
    filled,
    kinds_of,
    library_of,
    structure,
)
from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.parameters import (
    floats,
    in_a_row,
    listed,
    numbers_of,
    numpy,
    require_count,
    set_all,
    stacked,
)
from autograd.compiling.replay import in_every_lane, replay
from autograd.data import summands
from autograd.numbers.nested import rebuild
from autograd.tape import printing
from autograd.tape.graphs import graph_of
from autograd.tape.program import Program
from autograd.tape.recording import record_gradient, record_outputs
from autograd.tape.tape import PER_LANE
from autograd.value import Value


def compile(
    function: Callable[..., Any],
    parameters: Iterable[Value] = (),
    *,
    reduce: str = "mean",
    threads: int | None = None,
    backend: str | None = None,
) -> "Compiled":
    """A function that is recorded as a program at its first call, and from then on is machine code.

    The function is run once for each structure of its arguments, over numbers that are not
    known yet. What it does besides computing (printing, drawing random numbers, reading other
    data) is done then, and never again. Its branches are also chosen then: where they depend on a
    number, write `where`, `maximum` or `select`. Conditions are joined by `&`, `|`, `^` and `~`,
    and count as the numbers 1 and 0.

    What is no operation of C's library (the derivatives of `lgamma`, `erfinv` and the like, and
    rules of your own that call `math`, SciPy, C or a table) is called back in Python when the
    program runs, and then Python runs all of it, with any backend: instruction by instruction on
    floats, on NumPy's arrays for lanes. The program calls such a rule once for its result and its
    partials together.

    Args:
        function: takes numbers, or nested lists, tuples and dicts of them.
        parameters: Values that it uses, which are read at each call. Derivatives are with
            respect to them, or without any, to the arguments. Other Values are constants.
        reduce: "mean" or "sum": how the values of all lanes become one.
        threads: the largest number of threads; by default the number of cores. Between two calls
            they look for more work for less than a millisecond, and then sleep.
        backend: "native" for machine code (needs the extra `native`), "python" for one
            instruction after another, on floats or on arrays of any library. By default
            machine code, if it is installed and no arrays but NumPy's are given.

    Returns:
        A function of the same arguments, with the methods of `Compiled`.

    Raises:
        TypeError: for a parameter that is no leaf Value with a float.
        ValueError: for another reduce, number of threads or backend.
        ImportError: if machine code is asked for and not installed.

    >>> from autograd import Value, compile
    >>> w = Value(0.5)
    >>> fast = compile(lambda x: (w * x - 1) ** 2, parameters=[w])
    >>> fast(4.0), fast.value_and_grad(4.0)
    (1.0, (1.0, [8.0]))
    """
    return Compiled(function, parameters, reduce, threads, backend)


class Compiled:
    """What `compile` makes of a function: it is called as the function is, and differentiates it.

    It can be pickled, together with the programs recorded so far.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        parameters: Iterable[Value],
        reduce: str,
        threads: int | None,
        backend: str | None,
    ):
        _require_options(function, reduce, threads, backend)
        self.function: Callable[..., Any] | None = function
        self.parameters = listed(parameters)
        self.reduce = reduce
        self.threads = threads
        self.backend = backend
        self._outputs: dict[Any, _Recorded] = {}
        self._gradients: dict[Any, _Recorded] = {}

    def __repr__(self) -> str:
        count = len(self.parameters)
        return f"<compiled {getattr(self.function, '__name__', 'function')}, {count} parameters>"

    def __call__(self, *args: Any) -> Any:
        """The outputs of the function: for arrays of lanes, arrays with one output per lane.

        Args:
            *args: numbers, or nested lists, tuples and dicts of them. A number may be replaced
                by an array of shape (lanes,), and a list of numbers by an array of shape
                (lanes, features). Plain numbers beside arrays are shared by all lanes.

        Raises:
            TypeError: for arguments that are no real numbers, or while recording for what a
                program can't do, such as a branch on a number.
            ValueError: for arrays of other shapes, or of different numbers of lanes.
        """
        key, items, lanes, is_foreign = examined(args)
        recorded = self._outputs.get(key) or self._record_outputs(key)
        results = self._run(recorded, items, lanes, is_foreign, None)
        if lanes is not None:
            results = [in_every_lane(x, items, lanes) for x in results]
        return rebuild(recorded.shape, results)

    def value_and_grad(self, *args: Any, at: Any = None) -> tuple[Any, Any]:
        """The output, over lanes its mean or sum, and the gradient of that.

        Args:
            *args: as for a call.
            at: the parameters as one array of shape (parameters,), instead of their data.

        Returns:
            The value, and the derivatives in the order of the parameters: a list, or with
            `at` one array. Without parameters they have the structure of the argument, or for
            several arguments are a tuple of such structures; for an array of lanes they are an
            array.

        Raises:
            TypeError, ValueError: as for a call; also if the function returns anything but one
                number, or if there is nothing to differentiate by.
        """
        key, items, lanes, is_foreign = examined(args)
        if at is not None:
            library = library_of[type(at)]
            if library != "numpy" or at.dtype.char != "d":
                at = floats(at)
                is_foreign = is_foreign or library_of[type(at)] != "numpy"
        recorded = self._gradients.get(key) or self._record_gradient(key)
        results = self._run(recorded, items, lanes, is_foreign, at)
        value, gradient = results[0], results[1:]
        if at is not None:
            if type(results) is list:
                return value, stacked(gradient, at)
            return float(value), gradient
        if self.parameters:
            return value, gradient
        if items is args:
            return value, tuple(gradient) if len(gradient) > 1 else gradient[0]
        if lanes is not None:
            pairs = zip(recorded.program.arguments, gradient, strict=True)
            gradient = [
                in_every_lane(x, items, lanes) if kind == PER_LANE else x for kind, x in pairs
            ]
        remaining = iter(gradient)
        given = [filled(part, remaining) for part in key]
        return value, tuple(given) if len(given) > 1 else given[0]

    def backward(self, *args: Any) -> Any:
        """Adds the derivatives to the `grad` of the parameters, and returns the value.

        Raises TypeError without parameters, or for a `grad` that is no number; else as
        `value_and_grad` does.
        """
        if not self.parameters:
            raise TypeError("backward() adds to parameters: give compile(function, parameters=...)")
        value, gradient = self.value_and_grad(*args)
        before = [parameter.grad for parameter in self.parameters]
        sums = [grad + more for grad, more in zip(summands(before), gradient, strict=True)]
        set_all("grad", self.parameters, sums, before)
        return value

    def vector(self) -> Any:
        """The data of the parameters as one array of floats."""
        return numpy().array(numbers_of(self.parameters))

    def load(self, vector: Any) -> None:
        """Sets the data of the parameters to the numbers of a list or an array: of all, or of none.

        Raises:
            TypeError: for numbers that are not real.
            ValueError: unless there is one number for each parameter.
        """
        if hasattr(vector, "shape"):
            require_count(tuple(vector.shape), self.parameters)
        numbers = in_a_row(vector)
        require_count((len(numbers),), self.parameters)
        before = [parameter.data for parameter in self.parameters]
        set_all("data", self.parameters, numbers, before)

    def source(self) -> str:
        """The programs recorded so far, an instruction a line."""
        if not self._outputs and not self._gradients:
            return "# nothing is recorded yet: that is done at the first call"
        titles = (("outputs", self._outputs), ("value and gradient", self._gradients))
        return "\n".join(
            f"# {title} of {printing.described(_structures(key))}\n{printing.source(one.program)}"
            for title, recorded in titles
            for key, one in tuple(recorded.items())
        )

    def graph(self, *args: Any, gradient: bool = False) -> list[Value]:
        """The program run on Values that are labelled with the names in `source`, to be drawn.

        Args:
            *args: as for a call, without arrays.
            gradient: whether to give the value and its derivatives, instead of the outputs.

        Returns:
            The results of the program, as Values.

        Raises:
            TypeError: for arrays.

        >>> from autograd import compile
        >>> square = compile(lambda x: x * x + 1)
        >>> value, derivative = square.graph(3.0, gradient=True)
        >>> value.data, derivative.data
        (10.0, 6.0)
        """
        key, items, lanes, _ = examined(args)
        if lanes is not None:
            raise TypeError("graph() shows the program at one point: give it numbers, not arrays")
        if gradient:
            recorded = self._gradients.get(key) or self._record_gradient(key)
        else:
            recorded = self._outputs.get(key) or self._record_outputs(key)
        return graph_of(recorded.program, numbers_of(self.parameters), items)

    def _run(
        self,
        recorded: "_Recorded",
        items: Sequence[Any],
        lanes: int | None,
        is_foreign: bool,
        at: Any,
    ) -> Any:
        """The results in order: a list, or an array if machine code is given `at`."""
        if at is not None:
            if not self.parameters:
                raise TypeError("at= gives the parameters, and this was compiled without any")
            parameters = at
            if at.shape != (len(self.parameters),):
                require_count(tuple(at.shape), self.parameters)
        else:
            parameters = numbers_of(self.parameters) if self.parameters else ()
        is_native = self.backend == "native" or (
            self.backend is None and not is_foreign and _has_native()
        )
        if is_native and not recorded.program.calls_python:
            native = recorded.native or recorded.native_program(self.threads)
            return native.run(parameters, items, lanes, at is None)
        if library_of[type(at)] in ("", "numpy"):
            parameters = [float(number) for number in parameters]
        return replay(recorded.program, parameters, columns(items), lanes)

    def _record_outputs(self, key: tuple[Any, ...]) -> "_Recorded":
        function = self._function_to_record()
        with EXCLUSIVE:
            program, shape = record_outputs(function, self.parameters, _structures(key))
            recorded = self._outputs[key] = _Recorded(key, program, as_given(shape))
        return recorded

    def _record_gradient(self, key: tuple[Any, ...]) -> "_Recorded":
        if not key and not self.parameters:
            raise TypeError(
                "value_and_grad() has nothing to differentiate in: give it arguments, or "
                "compile(function, parameters=...)"
            )
        function = self._function_to_record()
        with EXCLUSIVE:
            structures = _structures(key)
            program = record_gradient(function, self.parameters, structures, self.reduce)
            recorded = self._gradients[key] = _Recorded(key, program)
        return recorded

    def _function_to_record(self) -> Callable[..., Any]:
        if self.function is None:
            raise TypeError(
                "only the programs that were recorded were pickled, and not the function: call it "
                "before pickling with arguments of the same structure as here, or compile a method "
                "of the object that holds the parameters"
            )
        return self.function

    def _is_found(self) -> bool:
        """Whether pickle finds the function by its name."""
        function: Any = self.function
        named: Any = sys.modules.get(function.__module__)
        for name in function.__qualname__.split("."):
            named = getattr(named, name, None)
        return named is function

    def __getstate__(self) -> dict[str, Any]:
        state = {
            **vars(self),
            "_outputs": dict(self._outputs),
            "_gradients": dict(self._gradients),
        }
        # A method is pickled with its object, and so with the parameters. A plain function is
        # pickled by its name, and where it is loaded would read other Values than these parameters.
        if isinstance(self.function, FunctionType) and (self.parameters or not self._is_found()):
            state["function"] = None
        return state


class _Recorded:
    """A program for one structure of arguments, and its machine code as soon as it is needed."""

    def __init__(self, key: tuple[Any, ...], program: Program, shape: Any = None):
        self.kinds = [kind for part in key for kind in kinds_of(part)]
        self.program = program
        self.shape = shape
        self.native: Any = None

    def native_program(self, threads: int | None) -> Any:
        with EXCLUSIVE:
            from autograd.compiling.native import NativeProgram

            if self.native is None:
                self.native = NativeProgram(self.program, self.kinds, threads)
        return self.native

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "native": None}


def _require_options(
    function: Callable[..., Any], reduce: str, threads: int | None, backend: str | None
) -> None:
    if not callable(function):
        raise TypeError(f"compile() takes a function, not {function!r}")
    if reduce not in ("mean", "sum"):
        raise ValueError(f'reduce is "mean" or "sum", not {reduce!r}')
    if threads is not None and (not isinstance(threads, int) or threads < 1):
        raise ValueError(f"threads is a positive integer, not {threads!r}")
    if backend not in (None, "native", "python"):
        raise ValueError(f'backend is "native" or "python", not {backend!r}')
    if backend == "native" and not _has_native():
        raise ImportError("machine code needs an extra: pip install 'scalar-autograd[native]'")


@cache
def _has_native() -> bool:
    return all(importlib.util.find_spec(name) for name in ("numpy", "llvmlite"))


def _structures(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(map(structure, key))
