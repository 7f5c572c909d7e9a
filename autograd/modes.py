"""What happens to every new node besides being recorded: functions, set for a thread or task."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Interceptor = Callable[[Any], None]


_interceptors: ContextVar[tuple[Interceptor, ...]] = ContextVar("interceptors", default=())
_lock = threading.Lock()

# How many modes are open in all threads and tasks. Every new node asks, so it is a plain number.
open_modes = 0


def intercept(node: Any) -> None:
    """Shows a new node to the modes of this thread or task."""
    for interceptor in _interceptors.get():
        interceptor(node)


@contextmanager
def _intercepting(interceptors: tuple[Interceptor, ...]) -> Iterator[None]:
    before = _interceptors.set(interceptors)
    _count(1)
    try:
        yield
    finally:
        _count(-1)
        _interceptors.reset(before)


def _count(change: int) -> None:
    global open_modes
    with _lock:
        open_modes += change


@contextmanager
def no_grad() -> Iterator[None]:
    """Within it results are leaves: no graph is recorded. Also a decorator of functions.

    It holds for this thread or task alone.

    >>> from autograd import Value
    >>> x = Value(3.0)
    >>> with no_grad():
    ...     y = x * x
    >>> y.data, y.parents
    (9.0, ())
    """
    with _intercepting((*_interceptors.get(), _forget)):
        yield


@contextmanager
def recording() -> Iterator[None]:
    """Undoes `no_grad` within it: a transform differentiates wherever it is called."""
    with _intercepting(tuple(i for i in _interceptors.get() if i is not _forget)):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Closes every mode within it, for a run over numbers that are not known."""
    with _intercepting(()):
        yield


@contextmanager
def detect_anomaly() -> Iterator[None]:
    """Within it the first operation that makes a nan or an infinity raises.

    It holds for this thread or task alone, and for the forward pass: partials included.

    Raises FloatingPointError that names the operation, its label and its operands,
    for a result and for a partial derivative alike.

    >>> from autograd import Value, log
    >>> with detect_anomaly():
    ...     log(Value(0.0, label="p"))
    Traceback (most recent call last):
    FloatingPointError: log(p=0.0) is -inf
    """
    # First of all, for `_forget` takes away what it names.
    with _intercepting((_check, *_interceptors.get())):
        yield


def _forget(node: Any) -> None:
    node.rule, node.parents, node.partials = None, (), ()


def _check(node: Any) -> None:
    operands = [parent.data for parent in node.parents]
    named = [(parent.label, parent.data) for parent in node.parents]
    named += node.rule.constants.items()
    names = ", ".join(f"{name}={number}" if name else f"{number}" for name, number in named)
    if _is_made(node.data, operands):
        raise FloatingPointError(f"{node.rule.name}({names}) is {node.data}")
    for position, partial in enumerate(node.partials):
        if _is_made(partial, operands):
            parent = node.parents[position]
            which = parent.label or f"operand {position + 1}"
            raise FloatingPointError(
                f"{node.rule.name}({names}) is {node.data}, "
                f"but its derivative with respect to {which} is {partial}"
            )


def _is_made(number: Any, operands: list[Any]) -> bool:
    """Whether a nan came of operands without one, or an infinity of finite operands."""
    if _holds_everywhere(number - number == 0):
        return False
    if _holds_everywhere(number == number):
        return all(_holds_everywhere(operand - operand == 0) for operand in operands)
    return all(_holds_everywhere(operand == operand) for operand in operands)


def _holds_everywhere(condition: Any) -> bool:
    return bool(condition.all() if hasattr(condition, "all") else condition)
