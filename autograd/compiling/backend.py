"""What runs programs: machine code, where it is installed, or Python."""

import functools
import importlib.util
import warnings

INSTALL = "pip install 'scalar-autograd[native]'"


def require_backend(backend: str | None) -> None:
    """Checks the choice of a user.

    Raises:
        ValueError: for another backend than None, "native" and "python".
        ImportError: for machine code that is not installed.
    """
    if backend not in (None, "native", "python"):
        raise ValueError(f'backend is "native" or "python", not {backend!r}')
    if backend == "native" and _missing():
        raise ImportError(f"machine code needs an extra: {INSTALL}")


def runs_on(backend: str | None) -> str:
    """What programs run on, in words."""
    if backend == "python":
        return "Python"
    missing = _missing()
    if missing:
        return f"Python, since {missing} is not installed: {INSTALL}"
    return "machine code"


@functools.cache
def has_machine_code() -> bool:
    """Whether machine code is installed; a warning says once that it is not."""
    missing = _missing()
    if missing:
        warnings.warn(
            f"compiled functions run in Python, since {missing} is not installed: for machine code "
            f'{INSTALL}; compile(function, backend="python") says nothing',
            RuntimeWarning,
            stacklevel=4,
        )
    return not missing


@functools.cache
def _missing() -> str:
    """The library that machine code needs and that is not installed, or ""."""
    wanted = ("numpy", "llvmlite")
    return next((name for name in wanted if not importlib.util.find_spec(name)), "")
