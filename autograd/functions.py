"""The public functions: one for each rule, and those that are called differently from their rule.

The latter are written out here, because they take lists, conditions or indices. Editors and type
checkers find the former in `functions.pyi`, which `python docs/reference.py --functions` prints.
"""

import itertools
from collections.abc import Iterable, Mapping, Set
from typing import Any

from autograd.numbers import elementary
from autograd.numbers.kinds import kind_of
from autograd.numbers.nested import transform
from autograd.primitive import PRIMITIVES, SLOPES, clipped
from autograd.slips import answers_slips
from autograd.value import Value, apply, constant
from autograd.vectors.points import taken_apart

# The functions that are written here; the others are made of their rules.
WRITTEN = (
    *("clip", "dot", "log_softmax", "logsumexp", "max", "mean", "min", "norm", "prod", "select"),
    "polygamma",
    *("softmax", "std", "stop_gradient", "sum", "var", "where"),
)
# The rule of `x ** 2` is used by the operator only.
__all__ = sorted({*PRIMITIVES, *WRITTEN} - {"constant_power"})
globals().update({name: PRIMITIVES[name] for name in __all__ if name not in WRITTEN})


@answers_slips
def where(condition: Any, x: Any, y: Any) -> Any:
    """x where the condition holds, else y.

    Args:
        condition: a bool, or an array of bools, such as `a > 0`. It is not differentiated.
        x, y: numbers or Values. The branch that is not taken has derivative 0, unless
            its own derivative is infinite or nan: 0 * inf is nan, as in PyTorch and JAX.
            A second `where` avoids that, by making the untaken branch harmless.

    Returns:
        A Value if one of x and y is a Value, else a number.

    Raises:
        TypeError: if condition is -1 or -2, which is what `~` makes of False and True.

    >>> x = Value(0.0)
    >>> safe = where(x > 0, x, 1.0)
    >>> y = where(x > 0, PRIMITIVES["log"](safe), 0.0)
    >>> y.backward()
    >>> y.data, x.grad
    (0.0, 0.0)
    """
    if isinstance(condition, Value):
        condition = condition != 0
    elif type(condition) is int and condition in (-2, -1):
        raise TypeError(
            f"where() was given the condition {condition}, which is what Python makes of "
            f"~{condition == -2}: write `not condition` for a bool, or x != 0 for a number"
        )
    return PRIMITIVES["where"](x, y, condition=condition)


@answers_slips
def select(index: Any, items: Iterable[Any]) -> Any:
    """The item at an index that is known only at run time; the others get derivative 0.

    Args:
        index: an integer, or an array of them; -1 is the last item.
        items: numbers or Values.

    Raises:
        IndexError: if there is no such item.
        TypeError: if index is not an integer.

    >>> items = [Value(1.0), Value(2.0)]
    >>> select(1, items).backward()
    >>> [item.grad for item in items]
    [0, 1.0]
    """
    items = _in_order(items, "select")
    number = index.data if isinstance(index, Value) else index
    index = kind_of(number).normalized_index(number, len(items))
    return PRIMITIVES["select"](*items, index=index)


@answers_slips
def sum(items: Iterable[Any], start: Any = 0) -> Any:
    """The sum of numbers or Values, as a single node.

    Args:
        items: a list of numbers or Values.
        start: what is added to their sum.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> sum([Value(1.0), 2.0], start=3).data
    6.0
    """
    items = _listed(items, "sum")
    return _call("sum", items if isinstance(start, int) and start == 0 else (start, *items))


@answers_slips
def mean(items: Iterable[Any]) -> Any:
    """The sum of the items divided by their count.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> mean([Value(1.0), Value(2.0)]).data
    1.5
    """
    items = _listed(items, "mean")
    return sum(items) / len(items)


@answers_slips
def max(items: Iterable[Any]) -> Any:
    """The largest item. Tied items share the derivative equally; nan stays nan.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> max([Value(1.0), 3.0, 2.0]).data
    3.0
    """
    return _call("max", _listed(items, "max"))


@answers_slips
def min(items: Iterable[Any]) -> Any:
    """The smallest item. Tied items share the derivative equally; nan stays nan.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> min([Value(1.0), 3.0, 2.0]).data
    1.0
    """
    return _call("min", _listed(items, "min"))


@answers_slips
def prod(items: Iterable[Any]) -> Any:
    """The product of numbers or Values, as a single node; its partials are right at zeros too.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> factors = [Value(0.0), Value(2.0), Value(3.0)]
    >>> prod(factors).backward()
    >>> [factor.grad for factor in factors]
    [6.0, 0.0, 0.0]
    """
    return _call("prod", _listed(items, "prod"))


@answers_slips
def norm(items: Iterable[Any]) -> Any:
    """The square root of the sum of squares, without overflow. Its derivatives at 0 are 0.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> norm([Value(3.0), 4.0]).data
    5.0
    """
    return _call("norm", _listed(items, "norm"))


@answers_slips
def var(items: Iterable[Any], ddof: int = 0) -> Any:
    """The variance: the mean squared distance from the mean, as in NumPy.

    Args:
        items: numbers or Values.
        ddof: the sum of squares is divided by len(items) - ddof. Use 1 to estimate the
            variance of a population from a sample, as PyTorch does by default.

    Raises:
        TypeError: if items is empty or not a list, such as a dict, a set or a string.
        ValueError: unless there are more items than ddof.

    >>> var([Value(1.0), 2.0, 3.0], ddof=1).data
    1.0
    """
    distances, count = _distances(items, "var", ddof)
    return dot(distances, distances) / count


@answers_slips
def std(items: Iterable[Any], ddof: int = 0) -> Any:
    """The standard deviation: the square root of `var`, whose arguments and errors it shares.

    Where all items are equal its gradient is 0.

    >>> std([Value(1.0), 2.0, 3.0], ddof=1).data
    1.0
    """
    distances, count = _distances(items, "std", ddof)
    # In the kind of the items: a float would cut off digits of mpmath's numbers.
    return norm(distances) / elementary.sqrt(count * elementary.one(distances[0]))


def _distances(items: Iterable[Any], name: str, ddof: int) -> tuple[list[Any], int]:
    """How far each item is from the mean, and what the sum of squares is to be divided by."""
    items = _listed(items, name)
    if len(items) <= ddof:
        raise ValueError(f"{name}() with ddof={ddof} needs more items than that, not {len(items)}")
    # Measured from the first of them, equal items are exactly 0 apart.
    first = stop_gradient(items[0])
    distances = [x - first for x in items]
    middle = mean(distances)
    return [x - middle for x in distances], len(items) - ddof


@answers_slips
def logsumexp(items: Iterable[Any]) -> Any:
    """log(exp(x_1) + ... + exp(x_n)), without overflow, as a single node.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> logsumexp([Value(1000.0), -1000.0]).data
    1000.0
    """
    return _call("logsumexp", _listed(items, "logsumexp"))


@answers_slips
def softmax(items: Iterable[Any]) -> list[Any]:
    """exp(x) / (exp(x_1) + ... + exp(x_n)) for each item, without overflow: a list.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> [share.data for share in softmax([Value(1000.0), 1000.0])]
    [0.5, 0.5]
    """
    sizes = [PRIMITIVES["exp"](x) for x in _shifted(items, "softmax")]
    before = list(itertools.accumulate(sizes, initial=0))
    after = list(itertools.accumulate(sizes[::-1], initial=0))[::-1]
    # In share / whole the derivatives of a share near 1 would cancel.
    return [SLOPES["share"](x, before[i] + after[i + 1]) for i, x in enumerate(sizes)]


@answers_slips
def log_softmax(items: Iterable[Any]) -> list[Any]:
    """The logarithm of `softmax` for each item, without loss of digits: a list.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> [f"{x.data:.3f}" for x in log_softmax([Value(1e8), 1e8 + 1])]
    ['-1.313', '-0.313']
    """
    shifted = _shifted(items, "log_softmax")
    whole = logsumexp(shifted)
    return [x - whole for x in shifted]


def _shifted(items: Iterable[Any], name: str) -> list[Any]:
    """The items less the largest of them, unless that is infinite."""
    items = _listed(items, name)
    largest = elementary.offset(*items)
    largest = elementary.where(largest - largest == 0, largest, 0)
    return [x - largest for x in items]


@answers_slips
def clip(x: Any, low: Any = None, high: Any = None) -> Any:
    """x, limited to the range from low to high; None stands for no bound.

    Where x equals a bound, each gets half of the derivative, as with `maximum` and `minimum`.

    >>> clip(Value(3.0), 0.0, 1.0).data, clip(-0.5, low=0.0)
    (1.0, 0.0)
    """
    return clipped(x, low, high)


@answers_slips
def polygamma(order: int, x: Any) -> Any:
    """The derivative of `digamma` of this order; `digamma` itself for order 0.

    Args:
        order: an integer of at least 0.
        x: a number or a Value.

    Raises:
        TypeError: if order is not an integer.
        ValueError: if it is negative.

    >>> f"{polygamma(1, 1.0):.12f}"
    '1.644934066848'
    """
    if not isinstance(order, int):
        raise TypeError(f"the order of polygamma() is an integer, not {order!r}")
    if order < 0:
        raise ValueError(f"the order of polygamma() is 0 or more, not {order}")
    return PRIMITIVES["polygamma"](x, order=order)


@answers_slips
def stop_gradient(x: Any) -> Any:
    """The same number, as a constant: no derivative passes through it, of any order.

    Args:
        x: a Value, a plain number, or nested lists, tuples, dicts and object arrays of them.

    >>> from autograd.transforms import grad
    >>> grad(lambda x: x * stop_gradient(x))(3.0)
    3.0
    """
    return transform(_stopped, x)


def _stopped(x: Any) -> Any:
    if isinstance(x, Value):
        return constant(x.data)
    if getattr(getattr(x, "dtype", None), "kind", "") == "O":
        stopped = x.copy()
        stopped.flat = [_stopped(item) for item in x.flat]
        return stopped
    return x


@answers_slips
def dot(xs: Iterable[Any], ys: Iterable[Any], start: Any = 0) -> Any:
    """start + x_1 * y_1 + ... + x_n * y_n, as a single node.

    Raises:
        ValueError: if xs and ys differ in length.
        TypeError: if one of them is not a list but a dict, a set, a string or a single Value.

    >>> weights = [Value(0.5), Value(-1.0)]
    >>> dot(weights, [2.0, 3.0], start=1.0).data
    -1.0
    """
    xs = xs if type(xs) in _ORDERED else _in_order(xs, "dot")
    ys = ys if type(ys) in _ORDERED else _in_order(ys, "dot")
    if len(xs) != len(ys):
        raise ValueError(f"dot() pairs lists of the same length, not of {len(xs)} and {len(ys)}")
    operands = (*xs, *ys) if isinstance(start, int) and start == 0 else (*xs, *ys, start)
    return _call("dot", operands) if operands else start


def _call(name: str, operands: tuple[Any, ...]) -> Any:
    # If the first operand is a Value, there is no need to search a long list for one.
    primitive = PRIMITIVES[name]
    return apply(primitive, operands) if type(operands[0]) is Value else primitive(*operands)


def _listed(items: Iterable[Any], name: str) -> tuple[Any, ...]:
    items = tuple(items) if type(items) in _ORDERED else _in_order(items, name)
    if not items:
        raise TypeError(f"{name}() of nothing: give at least one number or Value")
    return items


_ORDERED = frozenset([list, tuple])


def _in_order(items: Any, name: str) -> tuple[Any, ...]:
    """The items; TypeError for dicts and tables, whose items are keys, for sets and non-lists."""
    if isinstance(items, Value):
        raise taken_apart(items, f"{name}()")
    if isinstance(items, Mapping):
        fault = ", whose items would be its keys: write numbers.values()"
    elif hasattr(items, "columns"):
        fault = ", whose items would be the names of its columns: write table.to_numpy()"
    elif isinstance(items, Set):
        fault = ", which has no order: write a list"
    elif isinstance(items, (str, bytes, bytearray)) or not _is_iterable(items):
        fault = ""
    else:
        return tuple(items)
    raise TypeError(f"{name}() takes a list of numbers or Values, not {items!r:.200}{fault}")


def _is_iterable(items: Any) -> bool:
    return hasattr(items, "__iter__") or hasattr(items, "__getitem__")
