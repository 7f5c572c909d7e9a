"""Functions that compute the derivatives of functions."""

from collections.abc import Callable, Sequence
from typing import Any

from autograd import modes
from autograd.slips import answers_slips
from autograd.transforms.derivatives import traced
from autograd.value import Value


@answers_slips
def grad(
    function: Callable[..., Any], argnums: int | Sequence[int] = 0, *, has_aux: bool = False
) -> Callable[..., Any]:
    """Returns the function that computes the gradient of `function`.

    Args:
        function: takes numbers, or nested lists, tuples and dicts of them, and returns one number.
            Each number in an array is a point of its own, unless the function takes its argument
            apart, as by an index or a sum: then the array is one point, a vector, and a table
            holds one point in each row. The function may be run again to find that out.
        argnums: the position of the argument to differentiate by, or several positions.
        has_aux: whether `function` returns a pair, whose second item is passed on without being
            differentiated.

    Returns:
        A function of the same arguments. Its result has the structure of the argument, with
        arrays in the same shape; for several positions it is a tuple of such structures. With
        `has_aux` it is a pair of that and the second item. A number in it is a Value, which can
        be differentiated again, if it depends on a Value from outside: an argument that is a
        Value, or one that `function` uses, such as a weight, the variable of another transform,
        or a Value that it makes or detaches. Otherwise, and always within `no_grad`, it is a
        plain number. For a complex result it is the complex derivative.

    Raises:
        TypeError: if the function returns anything but one number, such as a condition, or
            if an argument to differentiate by contains anything but numbers.

    >>> grad(lambda x, y: x * x * y)(3.0, 2.0)
    12.0
    >>> grad(grad(lambda x: x**3))(2.0)
    12.0
    >>> grad(lambda p: p["w"] * p["x"])({"w": 2.0, "x": 5.0})
    {'w': 5.0, 'x': 2.0}
    >>> import numpy
    >>> grad(lambda x: x[0] * x[1])(numpy.array([3.0, 2.0]))
    array([2., 3.])
    >>> w = Value(3.0)
    >>> slope = grad(lambda x: w * x * x)(2.0)
    >>> slope.backward()
    >>> slope.data, w.grad
    (12.0, 4.0)
    """
    with_value = _with_gradient("grad", function, argnums, has_aux)

    def gradient(*args: Any, **keywords: Any) -> Any:
        value, slopes = with_value(*args, **keywords)
        return (slopes, value[1]) if has_aux else slopes

    return gradient


@answers_slips
def value_and_grad(
    function: Callable[..., Any], argnums: int | Sequence[int] = 0, *, has_aux: bool = False
) -> Callable[..., tuple[Any, Any]]:
    """Returns the function that computes both the result of `function` and its gradient.

    The arguments and errors are those of `grad`. What that function returns is a pair: the result
    and the gradient. With `has_aux` the first of these is itself a pair, as `function` returned it.

    >>> value_and_grad(lambda x: x * x)(3.0)
    (9.0, 6.0)
    >>> value_and_grad(lambda x: (x * x, "squared"), has_aux=True)(3.0)
    ((9.0, 'squared'), 6.0)
    """
    return _with_gradient("value_and_grad", function, argnums, has_aux)


def _with_gradient(
    name: str, function: Callable[..., Any], argnums: int | Sequence[int], has_aux: bool
) -> Callable[..., tuple[Any, Any]]:
    _require_function(name, function, argnums)

    def with_gradient(*args: Any, **keywords: Any) -> tuple[Any, Any]:
        with traced(name, function, args, argnums, keywords, has_aux, True) as trace:
            [output] = trace.outputs()
            [value], slopes = trace.settled([output], trace.gradients({output: 1}))
            value = (value, trace.settled_aux()) if has_aux else value
            return value, trace.shaped(slopes, output.data)

    return with_gradient


@answers_slips
def jvp(
    function: Callable[..., Any],
    primals: Sequence[Any],
    tangents: Sequence[Any],
    *,
    has_aux: bool = False,
) -> tuple[Any, ...]:
    """The result of a function, and its derivative along a direction: forward mode.

    Args:
        function: takes and returns numbers, or nested lists, tuples and dicts of them; arrays as
            in `grad`.
        primals: its arguments.
        tangents: the direction, in the same structure as the primals.
        has_aux: as for `grad`.

    Returns:
        The result, and the sum over all inputs of derivative times tangent, in the structure of
        the result; Values or plain numbers, as from `grad`. With `has_aux` the second item of the
        pair comes third.

    Raises:
        ValueError: if primals and tangents do not pair up.
        TypeError: for anything that is not a number.

    >>> jvp(lambda x, y: x * y, (3.0, 2.0), (1.0, 0.5))
    (6.0, 3.5)
    """
    _require_function("jvp", function)
    for given in (primals, tangents):
        if not (isinstance(given, Sequence) or getattr(given, "shape", ())):
            raise TypeError(
                "jvp() takes the arguments of the function in a tuple, and as many tangents in "
                f"another: write jvp(f, (x,), (v,)), with (x,) for {given!r:.100}"
            )
    primals = tuple(primals)
    with traced("jvp", function, primals, range(len(primals)), {}, has_aux) as trace:
        directions = trace.tangents_of(tuple(tangents))
        outputs = trace.outputs()
        numbers, slopes = trace.settled(outputs, trace.tangents(outputs, directions))
        results = trace.as_returned(numbers), trace.as_returned(slopes)
        return (*results, trace.settled_aux()) if has_aux else results


@answers_slips
def vjp(function: Callable[..., Any], *primals: Any, has_aux: bool = False) -> tuple[Any, ...]:
    """The result of a function, and a function that pulls derivatives back: reverse mode.

    Args:
        function: takes and returns numbers, or nested lists, tuples and dicts of them; arrays as
            in `grad`.
        *primals: its arguments.
        has_aux: as for `grad`.

    Returns:
        The result, and a function of cotangents: the derivatives of some number by each output,
        in the structure of the result. That function returns the derivatives of the number by
        each input, as a tuple with one structure for each primal, and may be called repeatedly.
        With `has_aux` the second item of the pair comes third.

    Raises:
        ValueError: if outputs and cotangents do not pair up.
        TypeError: for anything that is not a number.

    >>> result, pull_back = vjp(lambda x, y: [x * y, x + y], 3.0, 2.0)
    >>> result, pull_back([1.0, 10.0])
    ([6.0, 5.0], (12.0, 13.0))
    """
    _require_function("vjp", function)
    with traced("vjp", function, primals, range(len(primals)), {}, has_aux) as trace:
        outputs = trace.outputs()
        trace.gradients(dict.fromkeys(outputs, 1))
        result = trace.as_returned(trace.settled(outputs, [])[0])
        aux = trace.settled_aux()

    def pull_back(cotangents: Any) -> tuple[Any, ...]:
        with modes.recording:
            slopes = trace.gradients(trace.cotangents_of(cotangents, outputs))
            pulled: tuple[Any, ...] = trace.summed(trace.settled([], slopes)[1])
            return pulled

    return (result, pull_back, aux) if has_aux else (result, pull_back)


@answers_slips
def jacobian(
    function: Callable[..., Any], argnums: int | Sequence[int] = 0, *, has_aux: bool = False
) -> Callable[..., Any]:
    """Returns the function that computes the derivative of every output by every input.

    The arguments and errors are those of `grad`, but `function` may also return nested lists,
    tuples and dicts of numbers, and arrays of Values.

    Returns:
        A function whose result has the structure of the output, with the structure of the
        argument in place of each number: `J[i][j]` for lists. If the argument is a vector of
        shape (n,), an output of shape (m,) gives an array of shape (m, n), and a list of outputs
        a list of arrays of shape (n,). Its numbers are Values or plain, as those of `grad`.

    >>> jacobian(lambda x: [x[0] * x[1], x[0] + x[1]])([3.0, 2.0])
    [[2.0, 3.0], [1, 1]]
    >>> import numpy
    >>> jacobian(lambda x: x[1:] * x[0])(numpy.array([3.0, 2.0, 1.0]))
    array([[2., 3., 0.],
           [1., 0., 3.]])
    """
    return _jacobian("jacobian", function, argnums, has_aux)


@answers_slips
def hessian(
    function: Callable[..., Any], argnums: int | Sequence[int] = 0, *, has_aux: bool = False
) -> Callable[..., Any]:
    """Returns the function that computes the second derivatives of `function`.

    The arguments, results and errors are those of `jacobian`, applied twice: `H[i][j]` for one
    output of a list. Of several outputs, each is replaced by its second derivatives.

    >>> hessian(lambda x: x[0] ** 2 * x[1])([3.0, 2.0])
    [[4.0, 6.0], [6.0, 0]]
    >>> hessian(lambda x: {"cube": x**3, "square": x**2})(2.0)
    {'cube': 12.0, 'square': 2.0}
    """
    first = _jacobian("hessian", function, argnums, has_aux)
    return _jacobian("hessian", first, argnums, has_aux)


def _jacobian(
    name: str, function: Callable[..., Any], argnums: int | Sequence[int], has_aux: bool
) -> Callable[..., Any]:
    _require_function(name, function, argnums)

    def jacobian(*args: Any, **keywords: Any) -> Any:
        with traced(name, function, args, argnums, keywords, has_aux) as trace:
            outputs = trace.outputs()
            rows = trace.rows(outputs)
            slopes = trace.settled(outputs, [slope for row in rows for slope in row])[1]
            width = len(trace.variables)
            rows = [slopes[i * width : (i + 1) * width] for i in range(len(outputs))]
            result = trace.rows_as_returned(rows, outputs)
            return (result, trace.settled_aux()) if has_aux else result

    return jacobian


def _require_function(transform: str, function: Any, argnums: Any = 0) -> None:
    if not callable(function):
        advice = ": write gradients(y, x), or y.backward()" if isinstance(function, Value) else ""
        raise TypeError(
            f"{transform}() takes a function, and not its result: {function!r:.200}{advice}"
        )
    if not isinstance(argnums, int | Sequence | range):
        raise TypeError(
            f"argnums is the position of an argument, or several, not {argnums!r:.100}: write "
            f"{transform}(f)(x)"
        )
