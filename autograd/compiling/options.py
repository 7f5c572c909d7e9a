"""What `compile` accepts: its options, its parameters, and vectors of them."""

import importlib.util
from array import array
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from autograd.compiling.exclusive import EXCLUSIVE
from autograd.tape.numbers import nearest_float, same_float
from autograd.value import Value


def require(
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
    if backend == "native" and not has_native():
        raise ImportError("machine code needs an extra: pip install 'scalar-autograd[native]'")


def listed(parameters: Iterable[Value]) -> list[Value]:
    if hasattr(parameters, "parameters"):
        raise TypeError("compile() takes a list of Values: write model.parameters()")
    found = list(parameters)
    for parameter in found:
        if not isinstance(parameter, Value) or parameter.parents:
            raise TypeError(f"a parameter is a Value that no operation computed, not {parameter!r}")
        if not isinstance(parameter.data, (int, float)):
            raise TypeError(
                f"compiled programs compute with floats; a parameter holds {parameter.data!r}"
            )
        same_float(parameter.data)
    if len(set(found)) < len(found):
        raise ValueError("a parameter is given twice")
    return found


def numbers_of(parameters: list[Value]) -> "array[float]":
    """The data of parameters, which may have been changed since they were listed."""
    try:
        return array("d", [parameter.data for parameter in parameters])
    except (TypeError, OverflowError):
        # While another thread records, they hold no floats.
        with EXCLUSIVE:
            data = [parameter.data for parameter in parameters]
    try:
        return array("d", data)
    except OverflowError:
        return array("d", map(nearest_float, data))
    except TypeError:
        wrong = next(number for number in data if not isinstance(number, (int, float)))
        raise TypeError(f"a parameter now holds {wrong!r}, which is no float") from None


def require_count(shape: tuple[int, ...], parameters: list[Value]) -> None:
    if shape != (len(parameters),):
        raise ValueError(
            f"parameters are given as {len(parameters)} numbers in one row, not of shape {shape}"
        )


@cache
def has_native() -> bool:
    return all(importlib.util.find_spec(name) for name in ("numpy", "llvmlite"))
