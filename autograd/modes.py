"""Modes such as `no_grad`, which change what happens to new nodes in one thread or task."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import update_wrapper, wraps
from typing import Any, TypeVar, overload

Interceptors = tuple[Callable[[Any], None], ...]
Change = Callable[[Interceptors], Interceptors]
F = TypeVar("F", bound=Callable[..., Any])


class Mode:
    """A change in what happens to new nodes: a context manager, and a decorator of functions.

    A mode is made by decorating the function that returns the change. It can be used with or
    without parentheses: `with no_grad():` or `with no_grad:`, `@no_grad()` or `@no_grad`.
    """

    def __init__(self, changing: Callable[[], Change]):
        update_wrapper(self, changing)
        self.name = changing.__name__
        self._changing = changing
        self.change = changing()

    def __enter__(self) -> None:
        open_modes.append(self)
        _set((*_open.get()[0], self))

    def __exit__(self, *_: object) -> None:
        modes = list(_open.get()[0])
        if self not in modes:
            raise RuntimeError(
                f"{self.name}() ends in another thread or task than the one in which it began"
            )
        # Not always the last: a suspended generator may end its mode after one that began later.
        del modes[len(modes) - 1 - modes[::-1].index(self)]
        _set(tuple(modes))
        open_modes.remove(self)

    @overload
    def __call__(self, function: None = None) -> "Mode": ...
    @overload
    def __call__(self, function: F) -> F: ...
    def __call__(self, function: Any = None) -> Any:
        if function is None:
            return Mode(self._changing)
        if not callable(function):
            raise TypeError(
                f"{self.name}() takes nothing, or a function that it decorates, not {function!r}"
            )
        return _decorated(self, function)

    def __repr__(self) -> str:
        return f"<mode {self.name}()>"


_open: ContextVar[tuple[tuple[Mode, ...], Interceptors]] = ContextVar("open", default=((), ()))

# The modes that are open in all threads and tasks. Every new node asks whether there are any.
open_modes: list[Mode] = []


def intercept(node: Any) -> None:
    """Shows a new node to the modes of this thread or task."""
    for interceptor in _open.get()[1]:
        interceptor(node)


def _decorated(mode: Mode, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, run within a mode. A generator or a coroutine enters it at each step."""
    import inspect  # Here, because it would double the time of `import autograd`.

    if inspect.isasyncgenfunction(function):
        raise TypeError(
            f"{mode.name}() can't decorate an asynchronous generator, {function.__qualname__}(): "
            "decorate the functions that it calls"
        )
    if inspect.isgeneratorfunction(function):

        @wraps(function)
        def steps(*args: Any, **keywords: Any) -> Generator[Any, Any, Any]:
            generator = function(*args, **keywords)
            resume, answer = generator.send, None
            while True:
                try:
                    with mode:
                        item = resume(answer)
                except StopIteration as stop:
                    return stop.value
                try:
                    resume, answer = generator.send, (yield item)
                except BaseException as error:
                    resume, answer = generator.throw, error

        return steps
    if inspect.iscoroutinefunction(function):

        @wraps(function)
        async def awaited(*args: Any, **keywords: Any) -> Any:
            with mode:
                return await function(*args, **keywords)

        return awaited

    @wraps(function)
    def within(*args: Any, **keywords: Any) -> Any:
        with mode:
            return function(*args, **keywords)

    return within


def _set(modes: tuple[Mode, ...]) -> None:
    interceptors: Interceptors = ()
    for mode in modes:
        interceptors = mode.change(interceptors)
    _open.set((modes, interceptors))


@Mode
def no_grad() -> Change:
    """A context in which no graph is recorded: results are leaves. Also a decorator of functions.

    It applies to the current thread or task only. A generator that yields within it leaves it
    on for the code that called the generator: decorate the generator's function instead.

    >>> from autograd import Value
    >>> x = Value(3.0)
    >>> with no_grad():
    ...     y = x * x
    >>> y.data, y.parents
    (9.0, ())
    """
    return lambda interceptors: (*interceptors, _forget)


def is_recording() -> bool:
    """Whether this thread or task records a graph: True unless it is within `no_grad`."""
    return _forget not in _open.get()[1]


@Mode
def recording() -> Change:
    """Suspends `no_grad`, so that a transform differentiates wherever it is called."""
    return lambda interceptors: tuple(i for i in interceptors if i is not _forget)


@Mode
def undisturbed() -> Change:
    """Suspends every mode, for a run over numbers that are not known yet."""
    return lambda interceptors: ()


@Mode
def detect_anomaly() -> Change:
    """A context in which the first operation that produces a nan or an infinity raises.

    Like `no_grad`, it applies to the current thread or task only, and decorates functions too. It
    checks the forward pass, which computes the partial derivatives too.

    Raises FloatingPointError for a result or a partial derivative that is nan or infinite though
    the operands are not; it names the operation, and its operands with their labels and numbers.

    >>> from autograd import Value, log
    >>> with detect_anomaly():
    ...     log(Value(0.0, label="p"))
    Traceback (most recent call last):
    FloatingPointError: log(p=0.0) is -inf
    """
    # First, because `_forget` removes the operation and the operands that the error names.
    return lambda interceptors: (_check, *interceptors)


# How far `float(value)` moves the number, relative to its size; None where `float` is refused.
_taken: ContextVar[float | None] = ContextVar("taken", default=None)


@contextmanager
def floats_taken(distance: float) -> Generator[None, None, None]:
    """A context in which `float(value)` returns the number, moved by this relative distance."""
    token = _taken.set(distance)
    try:
        yield
    finally:
        _taken.reset(token)


def taken_float(number: Any) -> float | None:
    """What `float(value)` returns for a Value with this number; None where it is refused."""
    distance = _taken.get()
    return None if distance is None else float(number) + distance * max(1.0, abs(float(number)))


def _forget(node: Any) -> None:
    node.rule, node.parents, node.partials = None, (), ()


def _check(node: Any) -> None:
    operands = [parent.data for parent in node.parents]
    named = [(parent.label, parent.data) for parent in node.parents]
    named += node.rule.constants.items()
    names = ", ".join(f"{name}={number}" if name else f"{number}" for name, number in named)
    if _is_made(node.data, operands):
        raise FloatingPointError(f"{node.rule.name}({names}) is {node.data}")
    for index, (parent, partial) in enumerate(zip(node.parents, node.partials, strict=True)):
        if _is_made(partial, operands):
            operand = parent.label or f"operand {index + 1}"
            raise FloatingPointError(
                f"{node.rule.name}({names}) is {node.data}, "
                f"but its derivative with respect to {operand} is {partial}"
            )


def _is_made(number: Any, operands: list[Any]) -> bool:
    """Whether it is a nan though no operand is, or infinite though all operands are finite."""
    if _holds_everywhere(number - number == 0):
        return False
    if _holds_everywhere(number == number):
        return all(_holds_everywhere(operand - operand == 0) for operand in operands)
    return all(_holds_everywhere(operand == operand) for operand in operands)


def _holds_everywhere(condition: Any) -> bool:
    return bool(condition.all() if hasattr(condition, "all") else condition)
