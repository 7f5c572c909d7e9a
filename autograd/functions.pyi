# Made by `python docs/reference.py --functions`.
from collections.abc import Iterable
from typing import Any, overload

from autograd.value import Value

WRITTEN: tuple[str, ...]
__all__ = [
    "abs",
    "acos",
    "acosh",
    "add",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "beta",
    "cbrt",
    "ceil",
    "clip",
    "copysign",
    "cos",
    "cosh",
    "digamma",
    "div",
    "dot",
    "elu",
    "erf",
    "erfc",
    "erfinv",
    "exp",
    "exp2",
    "expm1",
    "floor",
    "floordiv",
    "gamma",
    "gelu",
    "hardtanh",
    "hypot",
    "i0",
    "i1",
    "j0",
    "j1",
    "leaky_relu",
    "lgamma",
    "log",
    "log10",
    "log1p",
    "log2",
    "log_sigmoid",
    "log_softmax",
    "logaddexp",
    "logit",
    "logsumexp",
    "max",
    "maximum",
    "mean",
    "min",
    "minimum",
    "mish",
    "mod",
    "mul",
    "ndtr",
    "ndtri",
    "neg",
    "norm",
    "polygamma",
    "pos",
    "pow",
    "prod",
    "relu",
    "relu6",
    "round",
    "select",
    "selu",
    "sigmoid",
    "sign",
    "silu",
    "sin",
    "sinc",
    "sinh",
    "softmax",
    "softplus",
    "softsign",
    "sqrt",
    "square",
    "std",
    "stop_gradient",
    "sub",
    "sum",
    "tan",
    "tanh",
    "trunc",
    "var",
    "where",
    "xlogy",
]

@overload
def abs(x: Value) -> Value:
    """|x|; its derivative at 0 is 0, and that of a complex x is conj(x) / |x|, as in JAX."""
@overload
def abs(x: Any) -> Any: ...

@overload
def acos(x: Value) -> Value:
    """The angle whose cosine is x; its derivative at -1 and 1 is -inf."""
@overload
def acos(x: Any) -> Any: ...

@overload
def acosh(x: Value) -> Value:
    """The inverse of cosh; its derivative at 1 is inf."""
@overload
def acosh(x: Any) -> Any: ...

@overload
def add(x: Value, y: Any) -> Value:
    """x + y"""
@overload
def add(x: Any, y: Value) -> Value:
    ...
@overload
def add(x: Any, y: Any) -> Any: ...

@overload
def asin(x: Value) -> Value:
    """The angle whose sine is x; its derivative at -1 and 1 is inf."""
@overload
def asin(x: Any) -> Any: ...

@overload
def asinh(x: Value) -> Value:
    """The inverse of sinh."""
@overload
def asinh(x: Any) -> Any: ...

@overload
def atan(x: Value) -> Value:
    """The angle whose tangent is x."""
@overload
def atan(x: Any) -> Any: ...

@overload
def atan2(y: Value, x: Any) -> Value:
    """The angle of the point (x, y)."""
@overload
def atan2(y: Any, x: Value) -> Value:
    ...
@overload
def atan2(y: Any, x: Any) -> Any: ...

@overload
def atanh(x: Value) -> Value:
    """The inverse of tanh; its derivative at -1 and 1 is inf."""
@overload
def atanh(x: Any) -> Any: ...

@overload
def beta(x: Value, y: Any) -> Value:
    """gamma(x) * gamma(y) / gamma(x + y), without overflow"""
@overload
def beta(x: Any, y: Value) -> Value:
    ...
@overload
def beta(x: Any, y: Any) -> Any: ...

@overload
def cbrt(x: Value) -> Value:
    """The cube root, of negative numbers too; its derivative at 0 is inf."""
@overload
def cbrt(x: Any) -> Any: ...

@overload
def ceil(x: Value) -> Value:
    """The smallest integer not below x: a step function with derivative 0."""
@overload
def ceil(x: Any) -> Any: ...

@overload
def clip(x: Value, low: Any = ..., high: Any = ...) -> Value:
    """x, limited to the range from low to high; None stands for no bound.

    Where x equals a bound, each gets half of the derivative, as with `maximum` and `minimum`.

    >>> clip(Value(3.0), 0.0, 1.0).data, clip(-0.5, low=0.0)
    (1.0, 0.0)
    """
@overload
def clip(x: Any, low: Value = ..., high: Any = ...) -> Value:
    ...
@overload
def clip(x: Any, low: Any = ..., high: Value = ...) -> Value:
    ...
@overload
def clip(x: Any, low: Any = ..., high: Any = ...) -> Any: ...

@overload
def copysign(x: Value, y: Any) -> Value:
    """|x| with the sign of y, which may be a signed zero; its derivative at x = 0 is 0."""
@overload
def copysign(x: Any, y: Value) -> Value:
    ...
@overload
def copysign(x: Any, y: Any) -> Any: ...

@overload
def cos(x: Value) -> Value:
    """The cosine of an angle in radians."""
@overload
def cos(x: Any) -> Any: ...

@overload
def cosh(x: Value) -> Value:
    """The hyperbolic cosine."""
@overload
def cosh(x: Any) -> Any: ...

@overload
def digamma(x: Value) -> Value:
    """The derivative of lgamma"""
@overload
def digamma(x: Any) -> Any: ...

@overload
def div(x: Value, y: Any) -> Value:
    """x / y"""
@overload
def div(x: Any, y: Value) -> Value:
    ...
@overload
def div(x: Any, y: Any) -> Any: ...

@overload
def dot(xs: Iterable[Value], ys: Iterable[Any], start: Any = ...) -> Value:
    """start + x_1 * y_1 + ... + x_n * y_n, as a single node.

    Raises:
        ValueError: if xs and ys differ in length.
        TypeError: if one of them is not a list but a dict, a set, a string or a single Value.

    >>> weights = [Value(0.5), Value(-1.0)]
    >>> dot(weights, [2.0, 3.0], start=1.0).data
    -1.0
    """
@overload
def dot(xs: Iterable[Any], ys: Iterable[Value], start: Any = ...) -> Value:
    ...
@overload
def dot(xs: Iterable[Any], ys: Iterable[Any], start: Value = ...) -> Value:
    ...
@overload
def dot(xs: Iterable[Any], ys: Iterable[Any], start: Any = ...) -> Any: ...

@overload
def elu(x: Value, *, alpha: Any = ...) -> Value:
    """x where x > 0, else alpha * (exp(x) - 1); its derivative at 0 is alpha."""
@overload
def elu(x: Any, *, alpha: Any = ...) -> Any: ...

@overload
def erf(x: Value) -> Value:
    """The error function, 2 / sqrt(pi) times the integral of exp(-t * t) from 0 to x."""
@overload
def erf(x: Any) -> Any: ...

@overload
def erfc(x: Value) -> Value:
    """1 - erf(x), accurate where x is large"""
@overload
def erfc(x: Any) -> Any: ...

@overload
def erfinv(x: Value) -> Value:
    """The inverse of erf; its derivative at -1 and 1 is inf."""
@overload
def erfinv(x: Any) -> Any: ...

@overload
def exp(x: Value) -> Value:
    """e ** x"""
@overload
def exp(x: Any) -> Any: ...

@overload
def exp2(x: Value) -> Value:
    """2 ** x"""
@overload
def exp2(x: Any) -> Any: ...

@overload
def expm1(x: Value) -> Value:
    """exp(x) - 1, accurate near 0"""
@overload
def expm1(x: Any) -> Any: ...

@overload
def floor(x: Value) -> Value:
    """The largest integer not above x: a step function with derivative 0."""
@overload
def floor(x: Any) -> Any: ...

@overload
def floordiv(x: Value, y: Any) -> Value:
    """x // y: a step function, whose derivative is taken to be 0 everywhere."""
@overload
def floordiv(x: Any, y: Value) -> Value:
    ...
@overload
def floordiv(x: Any, y: Any) -> Any: ...

@overload
def gamma(x: Value) -> Value:
    """The integral of t ** (x - 1) * exp(-t) over t from 0 to inf: the factorial of x - 1"""
@overload
def gamma(x: Any) -> Any: ...

@overload
def gelu(x: Value) -> Value:
    """x * Phi(x), with Phi the distribution function of the standard normal"""
@overload
def gelu(x: Any) -> Any: ...

@overload
def hardtanh(x: Value, *, low: Any = ..., high: Any = ...) -> Value:
    """x between low and high, else the nearer of the two, with derivative 0."""
@overload
def hardtanh(x: Any, *, low: Any = ..., high: Any = ...) -> Any: ...

@overload
def hypot(x: Value, y: Any) -> Value:
    """sqrt(x * x + y * y), without overflow; its partials at (0, 0) are 0 and 0."""
@overload
def hypot(x: Any, y: Value) -> Value:
    ...
@overload
def hypot(x: Any, y: Any) -> Any: ...

@overload
def i0(x: Value) -> Value:
    """The modified Bessel function of the first kind, of order 0"""
@overload
def i0(x: Any) -> Any: ...

@overload
def i1(x: Value) -> Value:
    """The modified Bessel function of the first kind, of order 1"""
@overload
def i1(x: Any) -> Any: ...

@overload
def j0(x: Value) -> Value:
    """The Bessel function of the first kind, of order 0"""
@overload
def j0(x: Any) -> Any: ...

@overload
def j1(x: Value) -> Value:
    """The Bessel function of the first kind, of order 1"""
@overload
def j1(x: Any) -> Any: ...

@overload
def leaky_relu(x: Value, *, slope: Any = ...) -> Value:
    """x where x > 0, else slope * x; its derivative at 0 is slope."""
@overload
def leaky_relu(x: Any, *, slope: Any = ...) -> Any: ...

@overload
def lgamma(x: Value) -> Value:
    """log(|gamma(x)|), infinite at 0, -1, -2 and so on"""
@overload
def lgamma(x: Any) -> Any: ...

@overload
def log(x: Value) -> Value:
    """The natural logarithm; log(0) is -inf with derivative inf."""
@overload
def log(x: Any) -> Any: ...

@overload
def log10(x: Value) -> Value:
    """The logarithm with base 10; log10(0) is -inf with derivative inf."""
@overload
def log10(x: Any) -> Any: ...

@overload
def log1p(x: Value) -> Value:
    """log(1 + x), accurate near 0"""
@overload
def log1p(x: Any) -> Any: ...

@overload
def log2(x: Value) -> Value:
    """The logarithm with base 2; log2(0) is -inf with derivative inf."""
@overload
def log2(x: Any) -> Any: ...

@overload
def log_sigmoid(x: Value) -> Value:
    """log(sigmoid(x)), without overflow"""
@overload
def log_sigmoid(x: Any) -> Any: ...

@overload
def log_softmax(items: Iterable[Value]) -> Value:
    """The logarithm of `softmax` for each item, without loss of digits: a list.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> [f"{x.data:.3f}" for x in log_softmax([Value(1e8), 1e8 + 1])]
    ['-1.313', '-0.313']
    """
@overload
def log_softmax(items: Iterable[Any]) -> Any: ...

@overload
def logaddexp(x: Value, y: Any) -> Value:
    """log(exp(x) + exp(y)), without overflow; at a tie the partials are 1/2 and 1/2."""
@overload
def logaddexp(x: Any, y: Value) -> Value:
    ...
@overload
def logaddexp(x: Any, y: Any) -> Any: ...

@overload
def logit(x: Value) -> Value:
    """log(x / (1 - x)), the inverse of sigmoid; its derivative at 0 and 1 is inf."""
@overload
def logit(x: Any) -> Any: ...

@overload
def logsumexp(items: Iterable[Value]) -> Value:
    """log(exp(x_1) + ... + exp(x_n)), without overflow, as a single node.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> logsumexp([Value(1000.0), -1000.0]).data
    1000.0
    """
@overload
def logsumexp(items: Iterable[Any]) -> Any: ...

@overload
def max(items: Iterable[Value]) -> Value:
    """The largest item. Tied items share the derivative equally; nan stays nan.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> max([Value(1.0), 3.0, 2.0]).data
    3.0
    """
@overload
def max(items: Iterable[Any]) -> Any: ...

@overload
def maximum(x: Value, y: Any) -> Value:
    """The larger of x and y; at a tie each gets half of the derivative; nan stays nan."""
@overload
def maximum(x: Any, y: Value) -> Value:
    ...
@overload
def maximum(x: Any, y: Any) -> Any: ...

@overload
def mean(items: Iterable[Value]) -> Value:
    """The sum of the items divided by their count.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> mean([Value(1.0), Value(2.0)]).data
    1.5
    """
@overload
def mean(items: Iterable[Any]) -> Any: ...

@overload
def min(items: Iterable[Value]) -> Value:
    """The smallest item. Tied items share the derivative equally; nan stays nan.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> min([Value(1.0), 3.0, 2.0]).data
    1.0
    """
@overload
def min(items: Iterable[Any]) -> Any: ...

@overload
def minimum(x: Value, y: Any) -> Value:
    """The smaller of x and y; at a tie each gets half of the derivative; nan stays nan."""
@overload
def minimum(x: Any, y: Value) -> Value:
    ...
@overload
def minimum(x: Any, y: Any) -> Any: ...

@overload
def mish(x: Value) -> Value:
    """x * tanh(softplus(x))"""
@overload
def mish(x: Any) -> Any: ...

@overload
def mod(x: Value, y: Any) -> Value:
    """x % y = x - y * floor(x / y)"""
@overload
def mod(x: Any, y: Value) -> Value:
    ...
@overload
def mod(x: Any, y: Any) -> Any: ...

@overload
def mul(x: Value, y: Any) -> Value:
    """x * y"""
@overload
def mul(x: Any, y: Value) -> Value:
    ...
@overload
def mul(x: Any, y: Any) -> Any: ...

@overload
def ndtr(x: Value) -> Value:
    """The distribution function of the standard normal"""
@overload
def ndtr(x: Any) -> Any: ...

@overload
def ndtri(x: Value) -> Value:
    """The inverse of ndtr; its derivative at 0 and 1 is inf."""
@overload
def ndtri(x: Any) -> Any: ...

@overload
def neg(x: Value) -> Value:
    """-x"""
@overload
def neg(x: Any) -> Any: ...

@overload
def norm(items: Iterable[Value]) -> Value:
    """The square root of the sum of squares, without overflow. Its derivatives at 0 are 0.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> norm([Value(3.0), 4.0]).data
    5.0
    """
@overload
def norm(items: Iterable[Any]) -> Any: ...

@overload
def polygamma(order: Value, x: Any) -> Value:
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
@overload
def polygamma(order: Any, x: Value) -> Value:
    ...
@overload
def polygamma(order: Any, x: Any) -> Any: ...

@overload
def pos(x: Value) -> Value:
    """x itself, as a new node"""
@overload
def pos(x: Any) -> Any: ...

@overload
def pow(x: Value, y: Any) -> Value:
    """x ** y, both differentiated. 0 ** 0 is 1, with partials 0 and 0; at x = 0 that in y is 0."""
@overload
def pow(x: Any, y: Value) -> Value:
    ...
@overload
def pow(x: Any, y: Any) -> Any: ...

@overload
def prod(items: Iterable[Value]) -> Value:
    """The product of numbers or Values, as a single node; its partials are right at zeros too.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> factors = [Value(0.0), Value(2.0), Value(3.0)]
    >>> prod(factors).backward()
    >>> [factor.grad for factor in factors]
    [6.0, 0.0, 0.0]
    """
@overload
def prod(items: Iterable[Any]) -> Any: ...

@overload
def relu(x: Value) -> Value:
    """max(0, x); its derivative at 0 is 0, and nan stays nan."""
@overload
def relu(x: Any) -> Any: ...

@overload
def relu6(x: Value) -> Value:
    """min(max(0, x), 6); its derivative at 0 and 6 is 0."""
@overload
def relu6(x: Any) -> Any: ...

@overload
def round(x: Value) -> Value:
    """The nearest integer, the even one at a tie: a step function with derivative 0."""
@overload
def round(x: Any) -> Any: ...

@overload
def select(index: Any, items: Iterable[Value]) -> Value:
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
@overload
def select(index: Any, items: Iterable[Any]) -> Any: ...

@overload
def selu(x: Value) -> Value:
    """1.0507 * x where x > 0, else 1.7581 * (exp(x) - 1)"""
@overload
def selu(x: Any) -> Any: ...

@overload
def sigmoid(x: Value) -> Value:
    """1 / (1 + exp(-x)), without overflow"""
@overload
def sigmoid(x: Any) -> Any: ...

@overload
def sign(x: Value) -> Value:
    """-1, 0 or 1: a step function, whose derivative is taken to be 0 everywhere."""
@overload
def sign(x: Any) -> Any: ...

@overload
def silu(x: Value) -> Value:
    """x * sigmoid(x)"""
@overload
def silu(x: Any) -> Any: ...

@overload
def sin(x: Value) -> Value:
    """The sine of an angle in radians."""
@overload
def sin(x: Any) -> Any: ...

@overload
def sinc(x: Value) -> Value:
    """sin(pi * x) / (pi * x), and 1 at 0, as in NumPy"""
@overload
def sinc(x: Any) -> Any: ...

@overload
def sinh(x: Value) -> Value:
    """The hyperbolic sine."""
@overload
def sinh(x: Any) -> Any: ...

@overload
def softmax(items: Iterable[Value]) -> Value:
    """exp(x) / (exp(x_1) + ... + exp(x_n)) for each item, without overflow: a list.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> [share.data for share in softmax([Value(1000.0), 1000.0])]
    [0.5, 0.5]
    """
@overload
def softmax(items: Iterable[Any]) -> Any: ...

@overload
def softplus(x: Value) -> Value:
    """log(1 + exp(x)), without overflow"""
@overload
def softplus(x: Any) -> Any: ...

@overload
def softsign(x: Value) -> Value:
    """x / (1 + |x|)"""
@overload
def softsign(x: Any) -> Any: ...

@overload
def sqrt(x: Value) -> Value:
    """The square root; its derivative at 0 is inf."""
@overload
def sqrt(x: Any) -> Any: ...

@overload
def square(x: Value) -> Value:
    """x * x"""
@overload
def square(x: Any) -> Any: ...

@overload
def std(items: Iterable[Value], ddof: Any = ...) -> Value:
    """The standard deviation: the square root of `var`, whose arguments and errors it shares.

    Where all items are equal its gradient is 0.

    >>> std([Value(1.0), 2.0, 3.0], ddof=1).data
    1.0
    """
@overload
def std(items: Iterable[Any], ddof: Value = ...) -> Value:
    ...
@overload
def std(items: Iterable[Any], ddof: Any = ...) -> Any: ...

@overload
def stop_gradient(x: Value) -> Value:
    """The same number, as a constant: no derivative passes through it, of any order.

    Args:
        x: a Value, a plain number, or nested lists, tuples, dicts and object arrays of them.

    >>> from autograd.transforms import grad
    >>> grad(lambda x: x * stop_gradient(x))(3.0)
    3.0
    """
@overload
def stop_gradient(x: Any) -> Any: ...

@overload
def sub(x: Value, y: Any) -> Value:
    """x - y"""
@overload
def sub(x: Any, y: Value) -> Value:
    ...
@overload
def sub(x: Any, y: Any) -> Any: ...

@overload
def sum(items: Iterable[Value], start: Any = ...) -> Value:
    """The sum of numbers or Values, as a single node.

    Args:
        items: a list of numbers or Values.
        start: what is added to their sum.

    Raises TypeError if items is empty or not a list, such as a dict, a set or a string.

    >>> sum([Value(1.0), 2.0], start=3).data
    6.0
    """
@overload
def sum(items: Iterable[Any], start: Value = ...) -> Value:
    ...
@overload
def sum(items: Iterable[Any], start: Any = ...) -> Any: ...

@overload
def tan(x: Value) -> Value:
    """The tangent of an angle in radians."""
@overload
def tan(x: Any) -> Any: ...

@overload
def tanh(x: Value) -> Value:
    """The hyperbolic tangent."""
@overload
def tanh(x: Any) -> Any: ...

@overload
def trunc(x: Value) -> Value:
    """x without the digits after its decimal point: a step function with derivative 0."""
@overload
def trunc(x: Any) -> Any: ...

@overload
def var(items: Iterable[Value], ddof: Any = ...) -> Value:
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
@overload
def var(items: Iterable[Any], ddof: Value = ...) -> Value:
    ...
@overload
def var(items: Iterable[Any], ddof: Any = ...) -> Any: ...

@overload
def where(condition: Any, x: Value, y: Any) -> Value:
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
@overload
def where(condition: Any, x: Any, y: Value) -> Value:
    ...
@overload
def where(condition: Any, x: Any, y: Any) -> Any: ...

@overload
def xlogy(x: Value, y: Any) -> Value:
    """x * log(y), and 0 where x is 0, even for y = 0."""
@overload
def xlogy(x: Any, y: Value) -> Value:
    ...
@overload
def xlogy(x: Any, y: Any) -> Any: ...
