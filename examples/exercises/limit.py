"""A limit of time, for answers with a loop that does not end."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import Any

# The slowest check takes half a second, a slow machine some times as long.
SECONDS = 10.0


class OutOfTimeError(BaseException):
    """No Exception: `except Exception` in the learner's loop would go on with the loop."""


@contextlib.contextmanager
def limited(name: str) -> Iterator[None]:
    """Raises OutOfTimeError in what runs for too long.

    Only in the main thread, and not on Windows: nothing else can be interrupted.

    Args:
        name: of the exercise, for the message.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")):
        yield
        return

    def interrupt(*_: Any) -> None:
        raise OutOfTimeError(
            f"{name} is stopped after {SECONDS:g} seconds. Look at the loops: does each come to "
            "an end?"
        )

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
