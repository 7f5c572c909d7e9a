"""compile: records a function once, and from then on runs it as a program."""

import functools
from collections.abc import Callable, Iterable
from typing import Any, overload

from autograd.compiling.compiled import Compiled
from autograd.compiling.parameters import listed
from autograd.slips import answers_slips
from autograd.value import Value


@overload
def compile(
    function: Callable[..., Any],
    parameters: Iterable[Value] = (),
    *,
    reduce: str = "mean",
    threads: int | None = None,
    backend: str | None = None,
) -> Compiled: ...


@overload
def compile(
    *,
    parameters: Iterable[Value] = (),
    reduce: str = "mean",
    threads: int | None = None,
    backend: str | None = None,
) -> Callable[[Callable[..., Any]], Compiled]: ...


@answers_slips
def compile(
    function: Callable[..., Any] | None = None,
    parameters: Iterable[Value] = (),
    *,
    reduce: str = "mean",
    threads: int | None = None,
    backend: str | None = None,
) -> Any:
    """Compiles a function: recorded as a program at its first call, it then runs as machine code.

    To record it, the function is run once for each structure of its arguments, over numbers that
    are not known yet. What it does besides computing (printing, drawing random numbers, reading
    other data) is done then, and never again. Its branches are also chosen then: where they depend
    on a number, write `where`, `maximum` or `select`. Conditions are joined by `&`, `|`, `^` and
    `~`, and count as the numbers 1 and 0.

    Some operations are not in C's library: the derivatives of `lgamma`, `erfinv` and the like, and
    rules of your own that call `math`, SciPy, C or a table. A program with such an operation calls
    it in Python, and then Python runs the whole program, whatever the backend: one instruction at
    a time, on floats, or on NumPy's arrays for lanes. A rule is called once for its result and its
    partials together.

    It is a decorator too: `@compile`, or with options `@compile(parameters=[w])`. The parameters
    of a method are those of its object: `self.parameters()`, or the Values in its attributes. The
    other attributes are constants; if one of them changes that is a number, a string or a flag, the
    method is recorded again.

    Args:
        function: takes numbers, or nested lists, tuples, dicts and dataclasses of them.
        parameters: Values that it uses, which are read at each call. Derivatives are with respect
            to them, or, without parameters, to the arguments. Other Values are constants.
        reduce: "mean" or "sum": how the values of all lanes become one.
        threads: the largest number of threads; by default the number of cores. Between two calls
            they look for work for less than a millisecond, and then sleep.
        backend: "native" for machine code (needs the extra `native`), or "python" to run one
            instruction at a time, on floats or on arrays of any library. The default is machine
            code if it is installed and no arrays but NumPy's are given.

    Returns:
        A `Compiled`: a function of the same arguments, with methods such as `value_and_grad`.

    Raises:
        TypeError: if function is not callable, or a parameter is not a leaf Value that holds an
            int or a float.
        ValueError: for another reduce, number of threads or backend.
        ImportError: if machine code is asked for but not installed.

    >>> from autograd import Value, compile
    >>> w = Value(0.5)
    >>> fast = compile(lambda x: (w * x - 1) ** 2, parameters=[w])
    >>> fast(4.0), fast.value_and_grad(4.0)
    (1.0, (1.0, [8.0]))
    >>> @compile
    ... def power(x, n=2):
    ...     return x**n
    >>> power(3.0), power(x=3.0, n=3)
    (9.0, 27.0)
    """
    if function is None:
        return functools.partial(
            compile,
            parameters=listed(parameters),
            reduce=reduce,
            threads=threads,
            backend=backend,
        )
    return Compiled(function, parameters, reduce, threads, backend)
