"""The public functions: one for each rule, and those that are called differently than their rule.

The latter are written here, since they take lists, conditions and indices. Editors and type
checkers read the former in `functions.pyi`, which `python docs/reference.py --functions` prints.
"""

from collections.abc import Iterable, Mapping, Set
from typing import Any

from autograd.numbers.registry import kind_of
from autograd.points import taken_apart
from autograd.primitive import PRIMITIVES
from autograd.value import Value, apply

# The functions that are written here; the others are made of their rules.
WRITTEN = ("dot", "mean", "select", "sum", "where")
# The rule of `x ** 2` is reached by the operator alone.
__all__ = sorted({*PRIMITIVES, *WRITTEN} - {"constant_power"})
globals().update({name: PRIMITIVES[name] for name in __all__ if name not in WRITTEN})


def where(condition: Any, x: Any, y: Any) -> Any:
    """x where the condition holds, else y.

    Args:
        condition: a bool, or an array of them, such as `a > 0`. It is not differentiated.
        x, y: numbers or Values. The branch that is not taken has derivative 0, unless
            its own derivative is infinite or nan: 0 * inf is nan, as in PyTorch and JAX.
            Avoid that by a second `where`, which makes the untaken branch harmless.

    Raises TypeError for the condition -1 or -2, which ~ makes of False and True.

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
            f"where() was given the condition {condition}, which Python makes of "
            f"~{condition == -2}: write `not condition` where it is a bool, or x != 0 of a number"
        )
    return PRIMITIVES["where"](x, y, condition=condition)


def select(index: Any, items: Iterable[Any]) -> Any:
    """The item at an index that is known only at run time; the others get derivative 0.

    Args:
        index: an integer, or an array of them; -1 is the last item.
        items: numbers or Values.

    Raises:
        IndexError: if there is no such item.
        TypeError: if index is no integer.

    >>> items = [Value(1.0), Value(2.0)]
    >>> select(1, items).backward()
    >>> [item.grad for item in items]
    [0, 1.0]
    """
    if type(items) not in _ORDERED:
        _require_order(items, "select")
    items = tuple(items)
    number = index.data if isinstance(index, Value) else index
    index = kind_of(number).normalized_index(number, len(items))
    return PRIMITIVES["select"](*items, index=index)


def sum(items: Iterable[Any], start: Any = 0) -> Any:
    """The sum of numbers or Values, as a single node.

    Raises TypeError for an empty list, or for what is no list: a dict, a set, a string.

    >>> sum([Value(1.0), 2.0], start=3).data
    6.0
    """
    items = _listed(items, "sum")
    return _call("sum", items if _is_zero(start) else (start, *items))


def mean(items: Iterable[Any]) -> Any:
    """The sum of the items divided by their count.

    Raises TypeError for an empty list, or for what is no list: a dict, a set, a string.

    >>> mean([Value(1.0), Value(2.0)]).data
    1.5
    """
    items = _listed(items, "mean")
    return sum(items) / len(items)


def dot(xs: Iterable[Any], ys: Iterable[Any], start: Any = 0) -> Any:
    """start + x_1 * y_1 + ... + x_n * y_n, as a single node.

    Raises:
        ValueError: if xs and ys are not of the same length.
        TypeError: for what is no list: a dict, a set, a string, a single Value.

    >>> weights = [Value(0.5), Value(-1.0)]
    >>> dot(weights, [2.0, 3.0], start=1.0).data
    -1.0
    """
    for factors in (xs, ys):
        if isinstance(factors, Value):
            raise taken_apart(factors, "dot()")
    if type(xs) not in _ORDERED or type(ys) not in _ORDERED:
        _require_order(xs, "dot")
        _require_order(ys, "dot")
    xs, ys = tuple(xs), tuple(ys)
    if len(xs) != len(ys):
        raise ValueError(f"dot() pairs lists of the same length, not of {len(xs)} and {len(ys)}")
    operands = (*xs, *ys) if _is_zero(start) else (*xs, *ys, start)
    return _call("dot", operands) if operands else start


def _call(name: str, operands: tuple[Any, ...]) -> Any:
    # If the first operand is a Value, a long list need not be searched for one.
    primitive = PRIMITIVES[name]
    return apply(primitive, operands) if type(operands[0]) is Value else primitive(*operands)


def _listed(items: Iterable[Any], name: str) -> tuple[Any, ...]:
    if isinstance(items, Value):
        raise taken_apart(items, f"{name}()")
    if type(items) not in _ORDERED:
        _require_order(items, name)
    items = tuple(items)
    if not items:
        raise TypeError(f"{name}() of nothing: give at least one number or Value")
    return items


_ORDERED = frozenset([list, tuple])


def _require_order(items: Any, name: str) -> None:
    """Raises TypeError for dicts and tables, whose items are keys, for sets, and for no lists."""
    if isinstance(items, Mapping):
        fault = ", whose items would be its keys: write numbers.values()"
    elif hasattr(items, "columns"):
        fault = ", whose items would be the names of its columns: write table.to_numpy()"
    elif isinstance(items, Set):
        fault = ", which has no order: write a list"
    elif isinstance(items, (str, bytes, bytearray)) or not _is_iterable(items):
        fault = ""
    else:
        return
    raise TypeError(f"{name}() takes a list of numbers or Values, not {items!r:.200}{fault}")


def _is_iterable(items: Any) -> bool:
    return hasattr(items, "__iter__") or hasattr(items, "__getitem__")


def _is_zero(start: Any) -> bool:
    return isinstance(start, int) and start == 0
