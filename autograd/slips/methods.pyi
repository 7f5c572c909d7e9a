# Made by `python docs/reference.py --methods`.
from typing import Any

from autograd.value import Value

class Methods:
    def abs(self) -> Value:
        """|x|; its derivative at 0 is 0, and that of a complex x is conj(x) / |x|, as in JAX."""
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
    def cbrt(self) -> Value:
        """The cube root, of negative numbers too; its derivative at 0 is inf."""
    def ceil(self) -> Value:
        """The smallest integer not below x: a step function with derivative 0."""
    def cos(self) -> Value:
        """The cosine of an angle in radians."""
    def cosh(self) -> Value:
        """The hyperbolic cosine."""
    def digamma(self) -> Value:
        """The derivative of lgamma"""
    def elu(self, *, alpha: Any = ...) -> Value:
        """x where x > 0, else alpha * (exp(x) - 1); its derivative at 0 is alpha."""
    def erf(self) -> Value:
        """The error function, 2 / sqrt(pi) times the integral of exp(-t * t) from 0 to x."""
    def erfc(self) -> Value:
        """1 - erf(x), accurate where x is large"""
    def erfinv(self) -> Value:
        """The inverse of erf; its derivative at -1 and 1 is inf."""
    def exp(self) -> Value:
        """e ** x"""
    def exp2(self) -> Value:
        """2 ** x"""
    def expm1(self) -> Value:
        """exp(x) - 1, accurate near 0"""
    def floor(self) -> Value:
        """The largest integer not above x: a step function with derivative 0."""
    def gamma(self) -> Value:
        """The integral of t ** (x - 1) * exp(-t) over t from 0 to inf: the factorial of x - 1"""
    def gelu(self) -> Value:
        """x * Phi(x), with Phi the distribution function of the standard normal"""
    def hardtanh(self, *, low: Any = ..., high: Any = ...) -> Value:
        """x between low and high, else the nearer of the two, with derivative 0."""
    def i0(self) -> Value:
        """The modified Bessel function of the first kind, of order 0"""
    def i1(self) -> Value:
        """The modified Bessel function of the first kind, of order 1"""
    def j0(self) -> Value:
        """The Bessel function of the first kind, of order 0"""
    def j1(self) -> Value:
        """The Bessel function of the first kind, of order 1"""
    def leaky_relu(self, *, slope: Any = ...) -> Value:
        """x where x > 0, else slope * x; its derivative at 0 is slope."""
    def lgamma(self) -> Value:
        """log(|gamma(x)|), infinite at 0, -1, -2 and so on"""
    def log(self) -> Value:
        """The natural logarithm; log(0) is -inf with derivative inf."""
    def log10(self) -> Value:
        """The logarithm with base 10; log10(0) is -inf with derivative inf."""
    def log1p(self) -> Value:
        """log(1 + x), accurate near 0"""
    def log2(self) -> Value:
        """The logarithm with base 2; log2(0) is -inf with derivative inf."""
    def log_sigmoid(self) -> Value:
        """log(sigmoid(x)), without overflow"""
    def logit(self) -> Value:
        """log(x / (1 - x)), the inverse of sigmoid; its derivative at 0 and 1 is inf."""
    def mish(self) -> Value:
        """x * tanh(softplus(x))"""
    def ndtr(self) -> Value:
        """The distribution function of the standard normal"""
    def ndtri(self) -> Value:
        """The inverse of ndtr; its derivative at 0 and 1 is inf."""
    def neg(self) -> Value:
        """-x"""
    def polygamma(self, *, order: Any = ...) -> Value:
        """The derivative of digamma of the given order"""
    def pos(self) -> Value:
        """x itself, as a new node"""
    def relu(self) -> Value:
        """max(0, x); its derivative at 0 is 0, and nan stays nan."""
    def relu6(self) -> Value:
        """min(max(0, x), 6); its derivative at 0 and 6 is 0."""
    def round(self) -> Value:
        """The nearest integer, the even one at a tie: a step function with derivative 0."""
    def selu(self) -> Value:
        """1.0507 * x where x > 0, else 1.7581 * (exp(x) - 1)"""
    def sigmoid(self) -> Value:
        """1 / (1 + exp(-x)), without overflow"""
    def sign(self) -> Value:
        """-1, 0 or 1: a step function, whose derivative is taken to be 0 everywhere."""
    def silu(self) -> Value:
        """x * sigmoid(x)"""
    def sin(self) -> Value:
        """The sine of an angle in radians."""
    def sinc(self) -> Value:
        """sin(pi * x) / (pi * x), and 1 at 0, as in NumPy"""
    def sinh(self) -> Value:
        """The hyperbolic sine."""
    def softplus(self) -> Value:
        """log(1 + exp(x)), without overflow"""
    def softsign(self) -> Value:
        """x / (1 + |x|)"""
    def sqrt(self) -> Value:
        """The square root; its derivative at 0 is inf."""
    def square(self) -> Value:
        """x * x"""
    def tan(self) -> Value:
        """The tangent of an angle in radians."""
    def tanh(self) -> Value:
        """The hyperbolic tangent."""
    def trunc(self) -> Value:
        """x without the digits after its decimal point: a step function with derivative 0."""
    def item(self) -> Any:
        """The plain number, without its derivative: `data`."""
    def retain_grad(self) -> None:
        """Does nothing: every Value that `backward` reaches keeps its `grad`."""
    def zero_grad(self) -> None:
        """Sets the `grad` of a leaf to 0. Raises TypeError if it is not a leaf."""
    @property
    def is_leaf(self) -> bool:
        """Whether it was not computed from other Values."""
    @property
    def requires_grad(self) -> bool:
        """True: every Value has a derivative."""
