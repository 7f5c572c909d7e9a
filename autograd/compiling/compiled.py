"""Compiled, which `compile` returns: it can be called, differentiated, bound and pickled."""

import functools
import inspect
import sys
import weakref
from collections.abc import Callable, Iterable, Sequence
from types import FunctionType, MethodType
from typing import Any

from autograd import graph, transforms
from autograd.compiling.arguments import (
    ValuesGiven,
    bare,
    in_order,
    library_of,
    signature_of,
)
from autograd.compiling.backend import (
    has_machine_code,
    in_every_lane,
    replay,
    require_backend,
    runs_on,
)
from autograd.compiling.exclusive import EXCLUSIVE
from autograd.compiling.parameters import (
    constants_of,
    floats,
    in_a_row,
    listed,
    numbers_of,
    numpy,
    require_count,
    set_all,
    values_of,
)
from autograd.compiling.programs import Programs, Recorded
from autograd.compiling.reading import columns, columns_of_values, is_item
from autograd.compiling.structures import in_one_array
from autograd.numbers.data import summands
from autograd.numbers.nested import container_of, leaves
from autograd.tape.graphs import graph_of
from autograd.tape.program import source
from autograd.value import Value
from autograd.vectors import points


class Compiled:
    """What `compile` returns: it is called like the function, and differentiates it.

    Called with Values it runs the function itself, so that `grad`, `hessian`, `gradcheck` and other
    compiled functions take it as they would take the function. It can be pickled, together with
    the programs recorded so far.
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
        self._programs = Programs()
        self._orders: dict[Any, Any] = {}
        # For a compiled method, by the id of each object: what it was recorded for, and the
        # attributes of its Compiled, except for the function. They are kept here and not in the
        # object, whose copies and pickles would hold them as well.
        self._methods: dict[int, tuple[Any, dict[str, Any]]] = {}
        self._describe(function)

    def _describe(self, function: Callable[..., Any]) -> None:
        """Takes over the name, module, docstring and signature of the function."""
        functools.update_wrapper(self, function, updated=())
        of_class = type(function).__name__
        self.__name__: str = getattr(function, "__name__", of_class)
        self.__qualname__: str = getattr(function, "__qualname__", of_class)
        self.__signature__ = signature_of(function)

    def __repr__(self) -> str:
        count = len(self.parameters)
        given = f", {count} parameter{'s' if count > 1 else ''}" if count else ""
        face = f"{self.__qualname__}{self.__signature__}"
        recorded = [*self._programs.outputs.values(), *self._programs.gradients.values()]
        calls = any(one.calls_python for one in recorded)
        place = "Python, whose functions it calls" if calls else runs_on(self.backend)
        return f"<compiled {face}{given}: {place}>"

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """As an attribute of a class it is a method, like a function."""
        function = self.function
        if instance is None or not isinstance(function, FunctionType):
            return self
        if isinstance(instance, type):
            return MethodType(self, instance)
        return self._bound(MethodType(function, instance))

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """The outputs of the function: for arrays of lanes, arrays with one output per lane.

        Args:
            *args, **keywords: numbers, or nested lists, tuples, dicts and dataclasses of them. A
                number may be replaced by an array of shape (lanes,). If the function takes an
                argument apart, an array of shape (n,) is one vector, and an array of shape
                (lanes, n) holds one vector in each row. Plain numbers are shared by all lanes.
                What is not a number, such as a string, is a constant, and so is an integer whose
                value the function asks for (`if flag`, `range(n)`): each gets its own program.

        Raises:
            TypeError: for arguments that are not real numbers; also, while recording, for what a
                program can't do, such as a branch on a number.
            ValueError: for arrays of other shapes, or of different numbers of lanes.
        """
        recorded = None if keywords else self._programs.last_outputs.get(len(args))
        results = recorded and self._again(recorded, args)
        if results is not None:
            return results
        try:
            return self._run(args, keywords)
        except ValuesGiven:
            return self._over_values(args, keywords)

    def value_and_grad(self, *args: Any, at: Any = None, **keywords: Any) -> tuple[Any, Any]:
        """The output (over lanes its mean or sum, see `reduce`), and its gradient.

        Args:
            *args, **keywords: as for a call.
            at: the parameters as one array of shape (parameters,), instead of their data.

        Returns:
            The value, and the derivatives in the order of the parameters: a list, or with `at`
            one array. Without parameters they have the structure of the argument, with arrays in
            the same shape; for several arguments that are not constants, a tuple of such
            structures.

        Raises:
            TypeError, ValueError: as for a call; also if the function returns anything but one
                number, or if there is nothing to differentiate by.
        """
        recorded = None if keywords else self._programs.last_gradients.get(len(args))
        results: Any = recorded and self._again(recorded, args, at)
        try:
            if results is None:
                results = self._run(args, keywords, self.reduce, at)
        except ValuesGiven:
            return self._gradient_over_values(args, keywords, at)
        value, gradient = results
        return value, gradient

    def backward(self, *args: Any, **keywords: Any) -> Any:
        """Adds the derivatives to the `grad` of the parameters, and returns the value.

        Raises TypeError if there are no parameters, or if a `grad` is not a number, and otherwise
        what `value_and_grad` raises.
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
        """Sets the data of the parameters to the numbers in a list or an array.

        If it raises or is interrupted, no parameter changes.

        Raises:
            TypeError: for numbers that are not real.
            ValueError: unless there is one number for each parameter.
        """
        if hasattr(vector, "shape"):
            require_count(tuple(vector.shape), self.parameters)
        numbers = in_a_row(vector)
        require_count((len(numbers),), self.parameters)
        before = self._data()
        set_all("data", self.parameters, numbers, before)

    def source(self) -> str:
        """The programs recorded so far, as text, with one instruction a line."""
        outputs, gradients = self._programs.outputs, self._programs.gradients
        if not outputs and not gradients:
            return "# nothing is recorded yet: that is done at the first call"
        return "\n".join(
            f"# {title} of {one.title}\n{source(one.program)}"
            for title, recorded in (("outputs", outputs), ("value and gradient", gradients))
            for one in tuple(recorded.values())
        )

    def graph(self, *args: Any, gradient: bool = False, **keywords: Any) -> list[Value]:
        """Runs the program on Values labelled with the names in `source`, for drawing.

        Args:
            *args, **keywords: as for a call, without lanes.
            gradient: whether to return the value and its derivatives instead of the outputs.

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
        recorded, items, lanes, *_ = self._read(args, keywords, self.reduce if gradient else None)
        if lanes is not None:
            raise TypeError("graph() shows the program at one point: give it numbers, not arrays")
        numbers = columns(recorded.kinds, items)
        return graph_of(recorded.program, numbers_of(self.parameters), numbers)

    def _data(self) -> list[Any]:
        return [parameter.data for parameter in self.parameters]

    def _again(self, recorded: Recorded, items: Sequence[Any], at: Any = None) -> Any:
        """The results of a call like the last one of a program, in their form; None for another."""
        # Each has its own: that of one parameter would take at=3.0 for its data.
        last = recorded.last[at is not None]
        if not last or self.backend == "python":
            return None
        function, is_filled, lanes = last
        if at is not None:
            results = function(at, *items)
        elif self.parameters:
            results = function(*self._data(), *items)
        else:
            results = function(*items)
        return results if is_filled or results is None else recorded.filled(results, lanes)

    def _run(
        self,
        args: tuple[Any, ...],
        keywords: dict[str, Any],
        reduce: str | None = None,
        at: Any = None,
    ) -> Any:
        """The results of a call, in their form."""
        recorded, items, lanes, is_foreign, shape = self._read(args, keywords, reduce)
        results: Any = None if shape else self._again(recorded, items, at)
        if results is not None:
            return results
        parameters: Any = self._row(at) if at is not None else numbers_of(self.parameters)
        is_plain = library_of[type(parameters)] in ("", "numpy")
        is_foreign = is_foreign or not is_plain
        native = None
        if self.backend == "native" or (self.backend is None and not is_foreign):
            native = recorded.native or self._native_program(recorded)
        if native:
            gathering, is_filled = ((-1,), True) if at is not None else recorded.gathering(lanes)
            if shape:
                gathering, is_filled = list, False
            results, function = native.run(parameters, items, lanes, gathering)
            recorded.last[at is not None] = function, is_filled, lanes
            if is_filled:
                return results
        else:
            numbers = [float(x) for x in parameters] if is_plain else parameters
            results = replay(recorded.program, numbers, columns(recorded.kinds, items), lanes)
            if at is not None:
                return results[0], in_one_array(results[1:], parameters)
            if lanes is not None:
                pairs = zip(results, recorded.in_lanes, strict=True)
                results = [in_every_lane(x, items, lanes) if many else x for x, many in pairs]
            if reduce:
                results = results[0], results[1:]
        if shape:
            results = [x.reshape(shape) for x in results]
        return recorded.filled(results, lanes)

    def _row(self, at: Any) -> Any:
        """The parameters as one array of floats, one for each.

        Raises:
            TypeError: without parameters, or for what is not real numbers.
            ValueError: unless there is one number for each parameter.
        """
        library = library_of[type(at)]
        if library != "numpy" or at.dtype.char != "d":
            at = floats(at)
        if not self.parameters:
            raise TypeError("at= gives the parameters, and this was compiled without any")
        require_count(tuple(at.shape), self.parameters)
        return at

    def _native_program(self, recorded: Recorded) -> Any:
        """The program in machine code; None if that is not installed, or can't be made."""
        is_there = self.backend == "native" or has_machine_code()
        can_be_made = is_there and not recorded.calls_python
        return recorded.native_program(self.threads) if can_be_made else None

    def _bound(self, function: MethodType) -> "Compiled":
        """The compiled method, recorded again if the object has other Values or constants.

        Raises TypeError for an object that can't have attributes of its own.
        """
        instance = function.__self__
        if not hasattr(instance, "__dict__"):
            raise TypeError(
                f"the parameters of a compiled method are attributes of its object, and those of a "
                f"{type(instance).__name__} are in __slots__: leave these out"
            )
        values = self.parameters or values_of(instance)
        key = list(map(id, values)), constants_of(instance)
        known, attributes = self._methods.get(id(instance), (None, {}))
        if known != key:
            with EXCLUSIVE:
                if known is None:
                    weakref.finalize(instance, self._methods.pop, id(instance), None)
                made = Compiled(function, values, self.reduce, self.threads, self.backend)
                attributes = vars(made)
                # These would hold the object, which then would never be freed.
                del attributes["function"], attributes["__wrapped__"]
                self._methods[id(instance)] = key, attributes
        method = object.__new__(Compiled)
        vars(method).update(attributes, function=function, __wrapped__=function)
        return method

    def _read(
        self, args: tuple[Any, ...], keywords: dict[str, Any], reduce: str | None = None
    ) -> tuple[Recorded, Sequence[Any], int | None, bool, tuple[int, ...]]:
        """What `Programs.of` returns for the arguments of a call."""
        names: tuple[str, ...] = ()
        if keywords:
            args, names = in_order(self.__signature__, self._orders, args, keywords)
        return self._programs.of(self.function, self.parameters, args, names, reduce)

    def _over_values(self, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """The outputs as Values: of the function, or of its program if it was lost in pickling."""
        if self.function is not None:
            return self.function(*args, **keywords)
        args, names = in_order(self.__signature__, self._orders, args, keywords)
        plain = tuple(map(_without_values, args))
        try:
            recorded, *_ = self._programs.of(None, self.parameters, plain, names)
        except TypeError:
            for x in leaves(list(args)):
                if isinstance(x, Value) and points.lanes_of(x):
                    # The program may be one of vectors.
                    raise points.taken_apart(x, "the compiled function") from None
            raise
        numbers = columns_of_values(recorded.kinds, args)
        return recorded.filled(graph_of(recorded.program, self.parameters, numbers))

    def _gradient_over_values(
        self, args: tuple[Any, ...], keywords: dict[str, Any], at: Any
    ) -> tuple[Any, Any]:
        """The value and the derivatives as Values, which can be differentiated again.

        Raises TypeError for what only works with plain numbers.
        """
        args, names = in_order(self.__signature__, self._orders, args, keywords)
        given = [x for x in leaves(list(args), elements=True) if isinstance(x, Value)]
        reached = set(graph.topological_order(*given)) if given else set()
        if at is not None or not reached.isdisjoint(self.parameters):
            raise TypeError(
                "with Values as arguments, value_and_grad() takes no at=, and no argument that was "
                "computed from a parameter: write autograd.gradients(fast(x), parameters)"
            )

        def function(*args: Any) -> Any:
            count = len(args) - len(names)
            value = self._over_values(args[:count], dict(zip(names, args[count:], strict=True)))
            if isinstance(value, Value) and points.lanes_of(value):
                raise TypeError(
                    f"the {self.reduce} over lanes is taken of plain arrays: give the data of the "
                    "Values, or call the function itself"
                )
            return value

        if self.parameters:
            value = function(*args)
            return value, transforms.gradients(value, self.parameters, create_graph=True)
        positions = [i for i, x in enumerate(args) if any(map(is_item, leaves(x, elements=True)))]
        value, gradient = transforms.value_and_grad(function, positions)(*args)
        return value, gradient if len(gradient) > 1 else gradient[0]

    def _is_found(self, thing: Any) -> bool:
        """Whether pickle finds this thing, a function or a Compiled, by the function's name."""
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
        # A decorated function is pickled by its name, like any function.
        if not self.parameters and self._is_found(self):
            return self.__qualname__
        return super().__reduce_ex__(protocol)

    def __getstate__(self) -> dict[str, Any]:
        state = {**vars(self), "_methods": {}}
        for name in ("__wrapped__", "__annotations__", "__type_params__"):
            state.pop(name, None)
        # A method is pickled with its object, and so with the parameters. A plain function would be
        # pickled by its name, and where it is loaded would read other Values than these parameters.
        is_function = isinstance(self.function, FunctionType)
        if is_function and (self.parameters or not self._is_found(self.function)):
            state["function"] = None
        state["__signature__"] = bare(self.__signature__)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        if self.function is not None:
            self._describe(self.function)


def _without_values(argument: Any) -> Any:
    """An argument with 0.0 in place of each Value, and an array of zeros for an array of Values."""
    container = container_of(argument, elements=True)
    if container is None:
        return 0.0 if isinstance(argument, Value) else argument
    if hasattr(argument, "dtype"):
        return numpy().zeros(argument.shape)
    return container.like(argument, list(map(_without_values, container.items(argument))))


def _require_options(
    function: Callable[..., Any], reduce: str, threads: int | None, backend: str | None
) -> None:
    if not callable(function):
        raise TypeError(
            f"compile() takes a function, not {function!r}"
            + (": write @classmethod above @compile" if isinstance(function, classmethod) else "")
        )
    if reduce not in ("mean", "sum"):
        raise ValueError(f'reduce is "mean" or "sum", not {reduce!r}')
    if threads is not None and (not isinstance(threads, int) or threads < 1):
        raise ValueError(f"threads is a positive integer, not {threads!r}")
    require_backend(backend)
