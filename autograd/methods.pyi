# Made by `python docs/reference.py --methods`.
from typing import Any

from autograd.value import Value

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
        """-1, 0 or 1, a step function: its derivative is 0 between the steps."""
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
    def item(self) -> Any:
        """The number alone, for which no derivative is known: `data`."""
    def retain_grad(self) -> None:
        """Does nothing: every Value that `backward` reaches keeps its `grad`."""
    def zero_grad(self) -> None:
        """Sets `grad` of a leaf to 0."""
    @property
    def is_leaf(self) -> bool:
        """Whether it was not computed from other Values."""
    @property
    def requires_grad(self) -> bool:
        """True: every Value has a derivative."""
