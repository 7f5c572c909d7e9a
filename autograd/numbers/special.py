"""Special functions that only mathematical libraries have: none is computed here.

For floats and NumPy's arrays they are SciPy's, for other arrays those of JAX or PyTorch.
"""

import functools
import importlib
import importlib.util
import math
from typing import Any

from autograd.numbers.kinds import Function, Kind, Number

# What libraries call a function, where it is not its name here.
_NAMES = {
    "scipy": {"lgamma": "gammaln", "bessel_i": "iv", "bessel_j": "jv"},
    "jax": {"lgamma": "gammaln"},
    "torch": {"lgamma": "gammaln"},
}
_MODULES = {"scipy": "scipy.special", "jax": "jax.scipy.special", "torch": "torch.special"}
_ARRAYS = {"scipy": "numpy", "jax": "jax.numpy", "torch": "torch"}


@functools.cache
def of_library(library: str, name: str) -> Function:
    """A function of SciPy, JAX or PyTorch, by its name here.

    Raises:
        ImportError: if SciPy is not installed.
        TypeError: if the library has no such function.
    """
    try:
        module = importlib.import_module(_MODULES[library])
    except ImportError as error:
        raise ImportError(
            f"{name}() of floats comes from SciPy, and so do the derivatives of lgamma, "
            "gamma and beta: pip install scipy; or give numbers of mpmath or SymPy"
        ) from error
    if name == "polygamma":
        return functools.partial(_polygamma, module, importlib.import_module(_ARRAYS[library]))
    if library == "scipy" and name in _LOW_ORDERS:
        low = [getattr(module, known) for known in _LOW_ORDERS[name]]
        high = getattr(module, _NAMES[library][name])
        choose = importlib.import_module("numpy").where
        # SciPy's functions for any order may be nan where x is tiny. There the orders from 2 on
        # are negligible beside the lower ones that they are added to.
        return lambda order, x: (
            low[order](x) if order < len(low) else choose(abs(x) < 1e-150, 0.0, high(order, x))
        )
    function: Function | None = getattr(module, _NAMES[library].get(name, name), None)
    if function is None:
        composed = _COMPOSED.get(name)
        if composed is None:
            raise TypeError(
                f"{_MODULES[library]} has no {name}, and none is made up here: give floats, or "
                "arrays of NumPy"
            )
        return lambda *numbers: composed(module, *numbers)
    return function


def _polygamma(module: Any, arrays: Any, order: int, x: Number) -> Number:
    """polygamma of SciPy, JAX or PyTorch, which are asked only where they are right, and soon.

    Below 0, SciPy and PyTorch add up a term for each pole above x, and JAX is wrong.
    """
    if not order:
        return (getattr(module, "digamma", None) or module.psi)(x)
    own = functools.partial(module.polygamma, order)
    if isinstance(x, float):
        is_far = -math.inf < x < MANY_POLES
        return reflected(own, order, x, round(x), Kind().where) if is_far else own(x)
    is_far = x < (0 if arrays.__name__ == "jax.numpy" else MANY_POLES)
    far = arrays.where(is_far, x, -0.5)
    mirrored = reflected(own, order, far, arrays.round(far), arrays.where)
    return arrays.where(is_far, mirrored, own(arrays.where(is_far, 1, x)))


# Below this number there are so many poles above it that a term for each takes too long.
MANY_POLES = -100


def reflected(
    polygamma: Function, order: int, x: Number, nearest: Number, where: Function
) -> Number:
    """polygamma of a negative number, from that of positive ones.

    It is a sum over the poles 0, -1, -2 and so on. The same sum over all integers repeats from
    one to the next; and what 1, 2, 3 and so on contribute is polygamma of 1 - x, up to its sign.

    Args:
        polygamma: the function of this order, for positive numbers.
        order: 0 for digamma.
        x: a negative number, or an array of them.
        nearest: the integer nearest to x.
        where: chooses by a condition.
    """
    sign = (-1) ** (order + 1)
    offset = x - nearest
    is_below = offset.real < 0
    distance = where(is_below, -offset, offset)
    over_all = polygamma(distance) + sign * polygamma(1 - distance)
    return where(is_below, sign, 1) * over_all - sign * polygamma(1 - x)


def _gamma(module: Any, x: Number) -> Number:
    """The gamma function from its logarithm; below 0 its sign alternates."""
    size = module.gammaln(x).exp()
    is_odd = (x < 0) & (x.floor() % 2 == 1)
    return size * (1 - 2 * is_odd.to(x.dtype))


def _beta(module: Any, x: Number, y: Number) -> Number:
    return (module.gammaln(x) + module.gammaln(y) - module.gammaln(x + y)).exp()


# Functions of which PyTorch has only the logarithm.
_COMPOSED: dict[str, Function] = {"gamma": _gamma, "beta": _beta}


def of_floats(name: str) -> Function:
    """SciPy's function of numbers that are rounded to floats; its result is a float."""
    is_ordered = name in _WITH_ORDER

    def function(x: Any, *others: Any) -> float:
        operands = (int(others[0]), float(x)) if is_ordered else (float(x), *map(float, others))
        return float(of_library("scipy", name)(*operands))

    return function


def of_arrays(name: str, library: str, *numbers: Number) -> Number:
    """The function in each lane, from the library of the arrays among the numbers."""
    if library not in ("jax", "torch"):
        library = "scipy"
        function = _BY_PYTHON.get(name)
        # NumPy has no erf, and lanes are to have the digits of floats.
        if function and (name in ("erf", "erfc") or not importlib.util.find_spec("scipy")):
            return _by_element(function, numbers[0])
    function = of_library(library, name)
    array = next(n for n in numbers if hasattr(n, "shape"))
    if name in _WITH_ORDER:
        result = function(int(numbers[1]), numbers[0])
    else:
        if library == "torch":
            numbers = tuple(_as_tensor(n, array) for n in numbers)
        result = function(*numbers)
        if name == "lgamma" and library == "scipy":
            # SciPy's is inf at the smallest floats, and -inf at -inf.
            is_extreme = (abs(array) < 1e-300) | (array == -math.inf)
            result[is_extreme] = [lgamma(float(x)) for x in array[is_extreme]]
    return result.astype(array.dtype) if library == "scipy" else result


def _by_element(function: Function, array: Any) -> Any:
    namespace = array.__array_namespace__()
    flat = [function(float(x)) for x in namespace.reshape(array, (-1,))]
    return namespace.reshape(namespace.asarray(flat, dtype=array.dtype), array.shape)


def _as_tensor(number: Number, like: Any) -> Any:
    return number if hasattr(number, "shape") else like.new_tensor(number)


_LOW_ORDERS = {"bessel_i": ("i0", "i1"), "bessel_j": ("j0", "j1")}

# Their last operand is an integer order, which libraries take first.
_WITH_ORDER = frozenset(["polygamma", "bessel_i", "bessel_j"])


def lgamma(x: Any) -> float:
    """math.lgamma, but infinite at its poles 0, -1, -2 and so on, and where it overflows."""
    try:
        return math.lgamma(x)
    except ValueError:
        return math.inf
    except OverflowError:
        # An integer too large for a float is not rounded to infinity.
        return float(x) * math.inf


def gamma(x: Any) -> float:
    """math.gamma, but infinite at 0.0 and -0.0 and where it overflows, nan at its other poles."""
    try:
        return math.gamma(x)
    except ValueError:
        return math.copysign(math.inf, x) if x == 0 else math.nan
    except OverflowError:
        return math.copysign(math.inf, float(x))


_BY_PYTHON: dict[str, Function] = {
    "lgamma": lgamma,
    "gamma": gamma,
    "erf": math.erf,
    "erfc": math.erfc,
}
