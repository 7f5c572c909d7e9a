"""Modes: functions that see every new node, set for a thread or a task, such as `no_grad`."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import update_wrapper, wraps
from typing import Any, TypeVar, overload

Interceptors = tuple[Callable[[Any], None], ...]
Change = Callable[[Interceptors], Interceptors]
F = TypeVar("F", bound=Callable[..., Any])


class Mode:
    """A change of what happens to new nodes: a context manager, and a decorator of functions.

    It decorates the function that returns the change. Called or not, it is the mode: both
    `with no_grad():` and `with no_grad:` enter it, and both `@no_grad()` and `@no_grad` decorate.
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
        # Not simply the last: a suspended generator may end its mode after ones that began later.
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
    """The function, run within a mode; a generator or a coroutine at each of its steps."""
    import inspect  # Here, for it would double the time of `import autograd`.

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
    """Within it results are leaves: no graph is recorded. Also a decorator of functions.

    It holds for this thread or task alone. A generator that is suspended within it leaves it
    open for the code that called it. To keep it to the generator, decorate its function.

    >>> from autograd import Value
    >>> x = Value(3.0)
    >>> with no_grad():
    ...     y = x * x
    >>> y.data, y.parents
    (9.0, ())
    """
    return lambda interceptors: (*interceptors, _forget)


def is_recording() -> bool:
    """Whether this thread or task records a graph: not within `no_grad`."""
    return _forget not in _open.get()[1]


@Mode
def recording() -> Change:
    """Undoes `no_grad` within it, so that a transform differentiates wherever it is called."""
    return lambda interceptors: tuple(i for i in interceptors if i is not _forget)


@Mode
def undisturbed() -> Change:
    """Suspends every mode within it, for a run over numbers that are not known."""
    return lambda interceptors: ()


@Mode
def detect_anomaly() -> Change:
    """Within it the first operation that makes a nan or an infinity raises.

    It holds for this thread or task alone, as `no_grad` does. It checks the forward pass, where
    the partial derivatives are computed too.

    Raises FloatingPointError for a result or a partial derivative, naming the operation and the
    labels and numbers of its operands.

    >>> from autograd import Value, log
    >>> with detect_anomaly():
    ...     log(Value(0.0, label="p"))
    Traceback (most recent call last):
    FloatingPointError: log(p=0.0) is -inf
    """
    # First, since `_forget` removes the operation and the operands that the error names.
    return lambda interceptors: (_check, *interceptors)


# How far the floats are moved that a rule takes out of Values; None where it may take none.
_taken: ContextVar[float | None] = ContextVar("taken", default=None)


@contextmanager
def floats_taken(distance: float) -> Generator[None, None, None]:
    """Within it `float(value)` is the number of a Value, moved by a distance relative to it."""
    token = _taken.set(distance)
    try:
        yield
    finally:
        _taken.reset(token)


def taken_float(number: Any) -> float | None:
    """The float that is taken out of a Value with this number; None where none may be."""
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
    """Whether it is a nan made of operands without one, or an infinity made of finite operands."""
    if _holds_everywhere(number - number == 0):
        return False
    if _holds_everywhere(number == number):
        return all(_holds_everywhere(operand - operand == 0) for operand in operands)
    return all(_holds_everywhere(operand == operand) for operand in operands)


def _holds_everywhere(condition: Any) -> bool:
    return bool(condition.all() if hasattr(condition, "all") else condition)
