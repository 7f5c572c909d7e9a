"""A time limit, for answers with an endless loop."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import Any

# The slowest check takes half a second, or a few times as long on a slow machine.
SECONDS = 10.0


class OutOfTimeError(BaseException):
    """Raised after the time limit. A learner's `except Exception` does not catch it."""


@contextlib.contextmanager
def limited(name: str) -> Iterator[None]:
    """A context that raises OutOfTimeError in code that runs for too long.

    It works only in the main thread, and not on Windows, as only this can be interrupted.

    Args:
        name: the name of the exercise, for the message.

    Raises:
        OutOfTimeError: after `SECONDS`.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")):
        yield
        return

    def interrupt(*_: Any) -> None:
        raise OutOfTimeError(
            f"{name} was stopped after {SECONDS:g} seconds. Look at the loops: does each come to "
            "an end?"
        )

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
