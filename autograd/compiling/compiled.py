"""What `compile` makes of a function: its programs, and the methods that run them."""

import contextlib
import functools
import importlib.util
import inspect
import sys
import warnings
from collections.abc import Callable, Iterable, Sequence
from types import FunctionType, MethodType
from typing import Any

from autograd import points, transforms
from autograd.compiling.arguments import (
    Reading,
    ValuesGiven,
    columns,
    columns_of_values,
    examined,
    is_integer,
    is_number,
    library_of,
    read,
    structure,
)
from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.methods import Methods
from autograd.compiling.parameters import (
    floats,
    in_a_row,
    listed,
    numbers_of,
    numpy,
    require_count,
    set_all,
)
from autograd.compiling.replay import in_every_lane, replay
from autograd.compiling.results import as_given, filled, stacked
from autograd.data import summands
from autograd.numbers.arrays import is_of_objects
from autograd.numbers.nested import container_of, leaves
from autograd.tape import printing
from autograd.tape.graphs import graph_of
from autograd.tape.numbers import ArrayClosedOver
from autograd.tape.program import Program
from autograd.tape.recording import ReadOtherwise, Static, record_gradient, record_outputs
from autograd.tape.repeating import Trace
from autograd.tape.tape import PER_LANE, SHARED
from autograd.value import Value


class Compiled:
    """What `compile` makes of a function: it is called as the function is, and differentiates it.

    Called with Values it runs the function itself, so that `grad`, `hessian`, `gradcheck` and other
    compiled functions take it as they take the function. It can be pickled, together with the
    programs recorded so far.
    """

    __signature__: inspect.Signature

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
        # By the structure of the arguments.
        self._outputs: dict[Any, _Recorded] = {}
        self._gradients: dict[Any, _Recorded] = {}
        # The items of arguments that the function takes otherwise than at first, see `read`.
        self._otherwise: dict[Any, frozenset[int]] = {}
        self._methods = Methods()
        self._describe(function)

    def _describe(self, function: Callable[..., Any]) -> None:
        """Takes over name, module, documentation and signature of the function."""
        functools.update_wrapper(self, function, updated=())
        of_class = type(function).__name__
        self.__name__: str = getattr(function, "__name__", of_class)
        self.__qualname__: str = getattr(function, "__qualname__", of_class)
        try:
            self.__signature__ = inspect.signature(function)
        except (TypeError, ValueError):
            # Some functions that are written in C have none.
            self.__signature__ = inspect.Signature(
                [
                    inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL),
                    inspect.Parameter("keywords", inspect.Parameter.VAR_KEYWORD),
                ]
            )

    def __repr__(self) -> str:
        count = len(self.parameters)
        given = f", {count} parameter{'s' if count > 1 else ''}" if count else ""
        return f"<compiled {self.__qualname__}{self.__signature__}{given}: {self._runs_on()}>"

    def _runs_on(self) -> str:
        missing = _missing()
        if self.backend == "python":
            return "Python"
        if missing:
            return f"Python, since {missing} is not installed: {_INSTALL}"
        return "machine code"

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """As an attribute of a class it is a method, as a function is."""
        if instance is None or not isinstance(self.function, FunctionType):
            return self
        if isinstance(instance, type):
            return MethodType(self, instance)
        return self._methods.of(self, instance)

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """The outputs of the function: for arrays of lanes, arrays with one output per lane.

        Args:
            *args, **keywords: numbers, or nested lists, tuples, dicts and dataclasses of them. A
                number may be replaced by an array of shape (lanes,). Where the function takes an
                argument apart, an array of shape (n,) is one vector, and one of shape (lanes, n)
                holds many, in rows. Plain numbers beside arrays are shared by all lanes. What is no
                number, such as a string, and an integer that the function asks for (`if flag`,
                `range(n)`) are constants: there is another program for another.

        Raises:
            TypeError: for arguments that are no real numbers, or while recording for what a
                program can't do, such as a branch on a number.
            ValueError: for arrays of other shapes, or of different numbers of lanes.
        """
        try:
            key, items, lanes, is_foreign = examined(args)
            recorded = None if keywords else self._outputs.get(key)
            if recorded is None:
                recorded, items, lanes, is_foreign = self._read(False, args, keywords)
            results = self._run(recorded, items, lanes, is_foreign, None)
        except ValuesGiven:
            return self._over_values(args, keywords)
        if lanes is not None:
            results = [in_every_lane(x, items, lanes) for x in results]
        return results[0] if recorded.is_single else filled(recorded.shape, iter(results))

    def value_and_grad(self, *args: Any, at: Any = None, **keywords: Any) -> tuple[Any, Any]:
        """The output, over lanes its mean or sum, and the gradient of that.

        Args:
            *args, **keywords: as for a call.
            at: the parameters as one array of shape (parameters,), instead of their data.

        Returns:
            The value, and the derivatives in the order of the parameters: a list, or with
            `at` one array. Without parameters they have the structure of the argument, or for
            several arguments that are no constants, a tuple of such structures; for an array they
            are an array of its shape.

        Raises:
            TypeError, ValueError: as for a call; also if the function returns anything but one
                number, or if there is nothing to differentiate by.
        """
        try:
            key, items, lanes, is_foreign = examined(args)
            recorded = None if keywords else self._gradients.get(key)
            if recorded is None:
                recorded, items, lanes, is_foreign = self._read(True, args, keywords)
            if at is not None:
                library = library_of[type(at)]
                if library != "numpy" or at.dtype.char != "d":
                    at = floats(at)
                    is_foreign = is_foreign or library_of[type(at)] != "numpy"
            results = self._run(recorded, items, lanes, is_foreign, at)
        except ValuesGiven:
            return self._gradient_over_values(args, keywords)
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
        given = [filled(part, remaining) for part in recorded.arguments]
        return value, tuple(given) if len(given) > 1 else given[0]

    def backward(self, *args: Any, **keywords: Any) -> Any:
        """Adds the derivatives to the `grad` of the parameters, and returns the value.

        Raises TypeError without parameters, or for a `grad` that is no number; else as
        `value_and_grad` does.
        """
        if not self.parameters:
            raise TypeError("backward() adds to parameters: give compile(function, parameters=...)")
        value, gradient = self.value_and_grad(*args, **keywords)
        if isinstance(value, Value):
            raise TypeError(
                "backward() computes with plain numbers: give the data of the Values, or write "
                "loss = fast(...) and loss.backward()"
            )
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
            f"# {title} of {one.title}\n{printing.source(one.program)}"
            for title, recorded in titles
            for one in tuple(recorded.values())
        )

    def graph(self, *args: Any, gradient: bool = False, **keywords: Any) -> list[Value]:
        """The program run on Values that are labelled with the names in `source`, to be drawn.

        Args:
            *args, **keywords: as for a call, without lanes.
            gradient: whether to give the value and its derivatives, instead of the outputs.

        Returns:
            The results of the program, as Values.

        Raises:
            TypeError: for lanes.

        >>> from autograd import compile
        >>> square = compile(lambda x: x * x + 1)
        >>> value, derivative = square.graph(3.0, gradient=True)
        >>> value.data, derivative.data
        (10.0, 6.0)
        """
        recorded, items, lanes, _ = self._read(gradient, args, keywords)
        if lanes is not None:
            raise TypeError("graph() shows the program at one point: give it numbers, not arrays")
        numbers = columns(recorded.kinds, items)
        return graph_of(recorded.program, numbers_of(self.parameters), numbers)

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
        if self.backend == "native" or (self.backend is None and not is_foreign and _has_native()):
            native = recorded.native or recorded.native_program(self.threads)
            return native.run(parameters, items, lanes, at is None)
        if library_of[type(at)] in ("", "numpy"):
            parameters = [float(number) for number in parameters]
        return replay(recorded.program, parameters, columns(recorded.kinds, items), lanes)

    def _read(
        self, is_gradient: bool, args: tuple[Any, ...], keywords: dict[str, Any]
    ) -> tuple["_Recorded", list[Any], int | None, bool]:
        """The program for these arguments, recorded if need be, and what it is given.

        At first every array of one axis is lanes, and every integer a number. If the function
        takes them for something else, it is recorded again, and so it is remembered.
        """
        args, names = _by_position(self.__signature__, args, keywords)
        key, items, _, is_foreign = examined(args)
        programs = self._gradients if is_gradient else self._outputs
        given = (
            [x for x in leaves(list(args), elements=True) if is_number(x)]
            if self._otherwise
            else items
        )
        while True:
            otherwise = self._otherwise.get((names, key), frozenset())
            reading = read(key, items, given, otherwise)
            own_key = (names, reading.key) if names else reading.key
            recorded = programs.get(own_key)
            if recorded is None:
                given = [x for x in leaves(list(args), elements=True) if is_number(x)]
                try:
                    with EXCLUSIVE:
                        recorded = self._record(is_gradient, args, names, reading, given)
                        programs[own_key] = recorded
                except ReadOtherwise as other:
                    numbers = reading.numbers()
                    found = {numbers[x][1] for x in (*other.asked, *other.taken_apart)}
                    self._otherwise[names, key] = otherwise | found
                    continue
            return recorded, reading.items, reading.lanes(), is_foreign

    def _record(
        self,
        is_gradient: bool,
        args: tuple[Any, ...],
        names: tuple[str, ...],
        reading: Reading,
        given: list[Any],
    ) -> "_Recorded":
        if self.function is None:
            raise TypeError(
                "only the programs that were recorded were pickled, and not the function: call it "
                "before pickling with arguments of the same structure as here, or compile a method "
                "of the object that holds the parameters"
            )
        if is_gradient and not reading.kinds and not self.parameters:
            raise TypeError(
                "value_and_grad() has nothing to differentiate in: give it arguments, or "
                "compile(function, parameters=...). An integer that the function asks for is a "
                "constant: give 3.0 for 3"
            )
        structures = tuple(map(structure, args, reading.key))
        numbers = list(enumerate(reading.numbers()))
        integers = [i for i, (kind, x) in numbers if kind == SHARED and is_integer(given[x])]
        arrays = [i for i, (kind, _) in numbers if kind == PER_LANE or isinstance(kind, int)]
        # Models have a place each, and don't push each other out.
        parameters = tuple(map(id, self.parameters))
        place = (is_gradient, self.reduce, self.threads, parameters, names, reading.key)
        trace = _recent.trace_of(place) if parameters else None

        def recorded(function: Callable[..., Any]) -> _Recorded:
            arguments = (function, self.parameters, structures)
            if is_gradient:
                program = record_gradient(*arguments, self.reduce, integers, arrays, trace)
                found = _Recorded(reading.kinds, structures, program)
            else:
                program, shape = record_outputs(*arguments, integers, arrays, trace)
                found = _Recorded(reading.kinds, structures, program, as_given(shape))
            return _recent.keep(place, trace, found)

        function = _with_keywords(self.function, names) if names else self.function
        over_vectors = points.arrays_as_vectors()(function)
        if any(not isinstance(kind, str) for kind in reading.kinds):
            return recorded(over_vectors)
        try:
            return recorded(function)
        except ArrayClosedOver:
            # One that is added up, as in `((w * xs - ys) ** 2).sum()`, is a vector.
            if PER_LANE not in reading.kinds:
                with contextlib.suppress(TypeError):
                    found = recorded(over_vectors)
                    if not any(map(is_of_objects, leaves(found.shape))):
                        return found
            raise

    def _over_values(self, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """The outputs as Values: of the function, or of its program if it was not pickled."""
        if self.function is not None:
            return self.function(*args, **keywords)
        args, names = _by_position(self.__signature__, args, keywords)
        plain = list(map(_without_values, args))
        count = len(plain) - len(names)
        try:
            recorded, _, _, _ = self._read(
                False, tuple(plain[:count]), dict(zip(names, plain[count:], strict=True))
            )
        except TypeError:
            for x in leaves(list(args)):
                if isinstance(x, Value) and points.lanes_of(x):
                    # The program may be one of vectors.
                    raise points.taken_apart(x, "the compiled function") from None
            raise
        numbers = columns_of_values(recorded.kinds, args)
        results = graph_of(recorded.program, self.parameters, numbers)
        return filled(recorded.shape, iter(results))

    def _gradient_over_values(
        self, args: tuple[Any, ...], keywords: dict[str, Any]
    ) -> tuple[Any, Any]:
        """The value and the derivatives as Values, which can be differentiated again."""
        if not self.parameters:
            positions = tuple(range(len(args)))
            differentiated = transforms.value_and_grad(self._over_values_of, positions)
            value, gradient = differentiated(*args, **keywords)
            return value, gradient if len(gradient) > 1 else gradient[0]
        value = self._over_values(args, keywords)
        gradient = transforms.gradients(value, self.parameters, create_graph=True)
        return value, gradient

    def _over_values_of(self, *args: Any, **keywords: Any) -> Any:
        return self._over_values(args, keywords)

    def _is_found(self, thing: Any) -> bool:
        """Whether pickle finds the function, or what was made of it, by its name."""
        named: Any = sys.modules.get(self.__module__)
        for name in self.__qualname__.split("."):
            named = getattr(named, name, None)
        return named is thing

    def __reduce_ex__(self, protocol: Any) -> Any:
        function: Any = self.function
        if isinstance(function, MethodType):
            held: Any = getattr(type(function.__self__), function.__name__, None)
            if isinstance(held, Compiled) and held.function is function.__func__:
                return getattr, (function.__self__, function.__name__)
        # A decorated function is pickled as a function is, by its name.
        if not self.parameters and self._is_found(self):
            return self.__qualname__
        return super().__reduce_ex__(protocol)

    def __getstate__(self) -> dict[str, Any]:
        state = {
            **vars(self),
            "_outputs": dict(self._outputs),
            "_gradients": dict(self._gradients),
            "_methods": Methods(),
        }
        for name in ("__wrapped__", "__annotations__", "__type_params__"):
            state.pop(name, None)
        # A method is pickled with its object, and so with the parameters. A plain function is
        # pickled by its name, and where it is loaded would read other Values than these parameters.
        is_function = isinstance(self.function, FunctionType)
        if is_function and (self.parameters or not self._is_found(self.function)):
            state["function"] = None
        state["__signature__"] = _bare(self.__signature__)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        if self.function is not None:
            self._describe(self.function)


class _Recorded:
    """A program for one structure of arguments, and its machine code as soon as it is needed.

    Attributes:
        kinds: what each item of a call is, as in `Reading`.
        title: the structure of the arguments, in words.
        arguments: those that are no constants, with a placeholder for each number.
        shape: the structure of the outputs.
        is_single: whether that is one number.
    """

    def __init__(
        self, kinds: list[Any], arguments: tuple[Any, ...], program: Program, shape: Any = None
    ):
        self.kinds = kinds
        self.title = printing.described(arguments)
        self.arguments = [as_given(x) for x in arguments if not isinstance(x, Static)]
        self.program = program
        self.shape = shape
        self.is_single = container_of(shape, elements=True) is None
        self.native: Any = None

    def native_program(self, threads: int | None) -> Any:
        with EXCLUSIVE:
            from autograd.compiling.native import NativeProgram

            if self.native is None:
                self.native = NativeProgram(self.program, self.kinds, threads)
        return self.native

    def __getstate__(self) -> dict[str, Any]:
        return {**vars(self), "native": None}


class _Recent(dict[Any, tuple[Trace, _Recorded]]):
    """The programs of parameters that were recorded last, for functions that do the same again.

    A function that is compiled anew, as by each call of `nn.fit`, then finds its machine code. What
    is kept holds on to no function and no parameter.
    """

    most_instructions = 100_000

    def trace_of(self, place: Any) -> Trace:
        return self[place][0] if place in self else Trace()

    def keep(self, place: Any, trace: Trace | None, recorded: _Recorded) -> _Recorded:
        """Keeps the program, and gives it the machine code of the earlier one that it equals."""
        if trace is None:
            return recorded
        _, earlier = self.pop(place, (None, None))
        if earlier and earlier.program is recorded.program:
            recorded.native = earlier.native
        self[place] = (trace, recorded)
        count = sum(map(_length, self.values()))
        while count > self.most_instructions:
            count -= _length(self.pop(next(iter(self))))
        return recorded


def _length(kept: tuple[Trace, _Recorded]) -> int:
    run = kept[0].run
    return len(run.tape.instructions) if run else 0


_recent = _Recent()


def _by_position(
    signature: inspect.Signature, args: tuple[Any, ...], keywords: dict[str, Any]
) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """The arguments in the order of the signature, and the names of the last of them.

    Those that can be given by position are. Defaults are left to the function.
    """
    if not keywords:
        return args, ()
    bound = signature.bind(*args, **keywords)
    return (*bound.args, *bound.kwargs.values()), tuple(bound.kwargs)


def _with_keywords(function: Callable[..., Any], names: tuple[str, ...]) -> Callable[..., Any]:
    """A function that takes its keywords as the last arguments."""

    def by_position(*args: Any) -> Any:
        count = len(args) - len(names)
        return function(*args[:count], **dict(zip(names, args[count:], strict=True)))

    return by_position


def _without_values(argument: Any) -> Any:
    """An argument with a plain number in the place of each Value, an array for an array of them."""
    container = container_of(argument, elements=True)
    if container is None:
        return 0.0 if isinstance(argument, Value) else argument
    if hasattr(argument, "dtype"):
        return numpy().zeros(argument.shape)
    return container.like(argument, list(map(_without_values, container.items(argument))))


def _bare(signature: inspect.Signature) -> inspect.Signature:
    """A signature without annotations, and with plain defaults alone, so that it can be pickled."""
    plain = (int, float, str, bool, type(None))
    return inspect.Signature(
        [
            parameter.replace(
                annotation=parameter.empty,
                default=parameter.default
                if parameter.default is parameter.empty or type(parameter.default) in plain
                else ...,
            )
            for parameter in signature.parameters.values()
        ]
    )


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
    if backend == "native" and _missing():
        raise ImportError(f"machine code needs an extra: {_INSTALL}")


_INSTALL = "pip install 'scalar-autograd[native]'"


@functools.cache
def _missing() -> str:
    """The library that machine code needs and that is not installed, or ""."""
    wanted = ("numpy", "llvmlite")
    return next((name for name in wanted if not importlib.util.find_spec(name)), "")


@functools.cache
def _has_native() -> bool:
    """Whether machine code is installed. If not, that is said once."""
    missing = _missing()
    if missing:
        warnings.warn(
            f"compiled functions run in Python, since {missing} is not installed: for machine code "
            f'{_INSTALL}; compile(function, backend="python") says nothing',
            RuntimeWarning,
            stacklevel=4,
        )
    return not missing
