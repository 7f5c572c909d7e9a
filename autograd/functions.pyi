# Made by `python -m autograd.reference --stub`.
from typing import Any

from autograd.adapted import dot as dot
from autograd.adapted import mean as mean
from autograd.adapted import select as select
from autograd.adapted import sum as sum
from autograd.adapted import where as where
from autograd.value import Value

_ADAPTED: list[str]
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
    "cos",
    "cosh",
    "div",
    "dot",
    "elu",
    "erf",
    "erfc",
    "exp",
    "expm1",
    "floor",
    "floordiv",
    "gelu",
    "hypot",
    "leaky_relu",
    "log",
    "log1p",
    "logaddexp",
    "maximum",
    "mean",
    "minimum",
    "mod",
    "mul",
    "neg",
    "pos",
    "pow",
    "relu",
    "select",
    "sigmoid",
    "sign",
    "silu",
    "sin",
    "sinh",
    "softplus",
    "sqrt",
    "sub",
    "sum",
    "tan",
    "tanh",
    "where",
]

def abs(x: Any) -> Any:
    """|x|; its derivative at 0 is 0."""
def acos(x: Any) -> Any:
    """The angle whose cosine is x; its derivative at -1 and 1 is -inf."""
def acosh(x: Any) -> Any:
    """The inverse of cosh; its derivative at 1 is inf."""
def add(x: Any, y: Any) -> Any:
    """x + y"""
def asin(x: Any) -> Any:
    """The angle whose sine is x; its derivative at -1 and 1 is inf."""
def asinh(x: Any) -> Any:
    """The inverse of sinh."""
def atan(x: Any) -> Any:
    """The angle whose tangent is x."""
def atan2(y: Any, x: Any) -> Any:
    """The angle of the point (x, y)."""
def atanh(x: Any) -> Any:
    """The inverse of tanh; its derivative at -1 and 1 is inf."""
def cos(x: Any) -> Any:
    """The cosine of an angle in radians."""
def cosh(x: Any) -> Any:
    """The hyperbolic cosine."""
def div(x: Any, y: Any) -> Any:
    """x / y"""
def elu(x: Any, *, alpha: Any = ...) -> Any:
    """x where x > 0, else alpha * (exp(x) - 1); its derivative at 0 is alpha."""
def erf(x: Any) -> Any:
    """The error function, 2 / sqrt(pi) times the integral of exp(-t * t) from 0 to x."""
def erfc(x: Any) -> Any:
    """1 - erf(x), accurate where x is large"""
def exp(x: Any) -> Any:
    """e ** x"""
def expm1(x: Any) -> Any:
    """exp(x) - 1, accurate near 0"""
def floor(x: Any) -> Any:
    """The largest integer that is not above x, a step function of derivative 0."""
def floordiv(x: Any, y: Any) -> Any:
    """x // y, a step function: its derivative is 0 where it has one."""
def gelu(x: Any) -> Any:
    """x * Phi(x), with Phi the distribution function of the standard normal"""
def hypot(x: Any, y: Any) -> Any:
    """sqrt(x * x + y * y), without overflow; its partials at (0, 0) are 0 and 0."""
def leaky_relu(x: Any, *, slope: Any = ...) -> Any:
    """x where x > 0, else slope * x; its derivative at 0 is the slope."""
def log(x: Any) -> Any:
    """The natural logarithm; log(0) is -inf with derivative inf."""
def log1p(x: Any) -> Any:
    """log(1 + x), accurate near 0"""
def logaddexp(x: Any, y: Any) -> Any:
    """log(exp(x) + exp(y)), without overflow; a tie has the partials 1/2 and 1/2."""
def maximum(x: Any, y: Any) -> Any:
    """The larger of x and y; a tie shares the derivative, half to each; nan stays nan."""
def minimum(x: Any, y: Any) -> Any:
    """The smaller of x and y; a tie shares the derivative, half to each; nan stays nan."""
def mod(x: Any, y: Any) -> Any:
    """x % y = x - y * floor(x / y)"""
def mul(x: Any, y: Any) -> Any:
    """x * y"""
def neg(x: Any) -> Any:
    """-x"""
def pos(x: Any) -> Any:
    """The number itself, as a node of its own"""
def pow(x: Any, y: Any) -> Any:
    """x ** y, both differentiated. 0 ** 0 is 1 with partials 0 and 0; 0 ** y has 0 in y."""
def relu(x: Any) -> Any:
    """max(0, x); its derivative at 0 is 0, and nan stays nan."""
def sigmoid(x: Any) -> Any:
    """1 / (1 + exp(-x)), without overflow"""
def sign(x: Any) -> Any:
    """-1, 0 or 1, a step function: its derivative is 0 where it has one."""
def silu(x: Any) -> Any:
    """x * sigmoid(x)"""
def sin(x: Any) -> Any:
    """The sine of an angle in radians."""
def sinh(x: Any) -> Any:
    """The hyperbolic sine."""
def softplus(x: Any) -> Any:
    """log(1 + exp(x)), without overflow"""
def sqrt(x: Any) -> Any:
    """The square root; its derivative at 0 is inf."""
def sub(x: Any, y: Any) -> Any:
    """x - y"""
def tan(x: Any) -> Any:
    """The tangent of an angle in radians."""
def tanh(x: Any) -> Any:
    """The hyperbolic tangent."""

class Methods:
    def abs(self) -> Value:
        """|x|; its derivative at 0 is 0."""
    def acos(self) -> Value:
        """The angle whose cosine is x; its derivative at -1 and 1 is -inf."""
    def acosh(self) -> Value:
        """The inverse of cosh; its derivative at 1 is inf."""
    def asin(self) -> Value:
        """The angle whose sine is x; its derivative at -1 and 1 is inf."""
    def asinh(self) -> Value:
        """The inverse of sinh."""
    def atan(self) -> Value:
        """The angle whose tangent is x."""
    def atanh(self) -> Value:
        """The inverse of tanh; its derivative at -1 and 1 is inf."""
    def cos(self) -> Value:
        """The cosine of an angle in radians."""
    def cosh(self) -> Value:
        """The hyperbolic cosine."""
    def elu(self, *, alpha: Any = ...) -> Value:
        """x where x > 0, else alpha * (exp(x) - 1); its derivative at 0 is alpha."""
    def erf(self) -> Value:
        """The error function, 2 / sqrt(pi) times the integral of exp(-t * t) from 0 to x."""
    def erfc(self) -> Value:
        """1 - erf(x), accurate where x is large"""
    def exp(self) -> Value:
        """e ** x"""
    def expm1(self) -> Value:
        """exp(x) - 1, accurate near 0"""
    def floor(self) -> Value:
        """The largest integer that is not above x, a step function of derivative 0."""
    def gelu(self) -> Value:
        """x * Phi(x), with Phi the distribution function of the standard normal"""
    def leaky_relu(self, *, slope: Any = ...) -> Value:
        """x where x > 0, else slope * x; its derivative at 0 is the slope."""
    def log(self) -> Value:
        """The natural logarithm; log(0) is -inf with derivative inf."""
    def log1p(self) -> Value:
        """log(1 + x), accurate near 0"""
    def neg(self) -> Value:
        """-x"""
    def pos(self) -> Value:
        """The number itself, as a node of its own"""
    def relu(self) -> Value:
        """max(0, x); its derivative at 0 is 0, and nan stays nan."""
    def sigmoid(self) -> Value:
        """1 / (1 + exp(-x)), without overflow"""
    def sign(self) -> Value:
        """-1, 0 or 1, a step function: its derivative is 0 where it has one."""
    def silu(self) -> Value:
        """x * sigmoid(x)"""
    def sin(self) -> Value:
        """The sine of an angle in radians."""
    def sinh(self) -> Value:
        """The hyperbolic sine."""
    def softplus(self) -> Value:
        """log(1 + exp(x)), without overflow"""
    def sqrt(self) -> Value:
        """The square root; its derivative at 0 is inf."""
    def tan(self) -> Value:
        """The tangent of an angle in radians."""
    def tanh(self) -> Value:
        """The hyperbolic tangent."""
