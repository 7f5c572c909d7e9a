"""The elementary functions of mpmath's and SymPy's numbers.

Neither library is imported until one of its numbers is met.
"""

import functools
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from autograd.numbers import special
from autograd.numbers.families import Analytic
from autograd.numbers.kinds import Function, Kind, Number, Rank, register_library


class Mpmath(Analytic):
    """mpmath.mpf and mpmath.mpc, at the working precision of their own context."""

    rank = Rank.MPMATH

    def __init__(self, context: Any):
        self.context = context

    def converted(self, numbers: Sequence[Number]) -> Sequence[Number]:
        # mpmath's operators take a Fraction only on the right of + - * /.
        if Fraction not in map(type, numbers):
            return numbers
        return [self.context.convert(x) if type(x) is Fraction else x for x in numbers]

    def one(self, x: Number) -> Number:
        return self.context.one

    def pi(self, x: Number) -> Number:
        return +self.context.pi

    def of_parts(self, real: Number, imaginary: Number) -> Number:
        return self.context.mpc(real, imaginary)

    def pow(self, x: Number, y: Number) -> Number:
        return self.context.power(x, y)

    def floordiv(self, x: Number, y: Number) -> Number:
        # x / y may be rounded up to an integer. Less the remainder, it is an integer but for
        # rounding.
        return self.context.nint((x - x % y) / y)

    def log2(self, x: Number) -> Number:
        return self.context.log(x, 2)

    def log10(self, x: Number) -> Number:
        return self.context.log10(x)

    def cbrt(self, x: Number) -> Number:
        # For a negative number mpmath returns a complex root.
        return -self.context.cbrt(-x) if x < 0 else self.context.cbrt(x)

    def abs_slope(self, x: Number) -> Number:
        if not isinstance(x, self.context.mpc):
            return self.sign(x)
        return self.context.conj(x) / (abs(x) or 1)

    def sinc(self, x: Number) -> Number:
        return self.context.sincpi(x)

    def sinc_slope(self, x: Number) -> Number:
        # Near 0 the difference cancels.
        with self.context.extraprec(2 * max(0, -self.context.mag(x)) if x else 0):
            slope = super().sinc_slope(x)
        return +slope

    def lgamma(self, x: Number) -> Number:
        # The logarithm of |gamma|, even where gamma is negative.
        return self.context.re(self.context.loggamma(x))

    def polygamma(self, x: Number, order: Number) -> Number:
        own = functools.partial(self.context.psi, int(order))
        if not -math.inf < x.real < special.MANY_POLES:
            return own(x)
        # mpmath adds up a term for each pole above x.
        with self.context.extraprec(20):
            result = special.reflected(own, int(order), x, self.context.nint(x.real), self.where)
        return +result

    def bessel_i(self, x: Number, order: Number) -> Number:
        return self.context.besseli(int(order), x)

    def bessel_j(self, x: Number, order: Number) -> Number:
        return self.context.besselj(int(order), x)

    def ndtri(self, x: Number) -> Number:
        # Near 0 and 1, 2 * x - 1 is rounded: computed with as many digits more as that would cost.
        edge = min(abs(x), abs(1 - x)) or 1
        digits = max(0, -self.context.mag(edge))
        with self.context.extraprec(digits):
            result = self.context.sqrt(2) * self.context.erfinv(2 * x - 1)
        return +result

    def tan_slope(self, x: Number) -> Number:
        return self.context.sec(x) ** 2

    # mpmath's zeros have no sign, so on a branch cut the side is the one that mpmath itself takes.
    def asin_slope(self, x: Number) -> Number:
        slope = 1 / self.context.sqrt((1 - x) * (1 + x))
        cosine = self.context.cos(self.context.asin(x))
        return slope if (slope * cosine).real >= 0 else -slope

    def acosh_slope(self, x: Number) -> Number:
        slope = 1 / self.context.sqrt((x - 1) * (x + 1))
        sine = self.context.sinh(self.context.acosh(x))
        return slope if (slope * sine).real >= 0 else -slope

    def asinh_slope(self, x: Number) -> Number:
        slope = 1 / self.context.sqrt(1 + x * x)
        cosine = self.context.cosh(self.context.asinh(x))
        return slope if (slope * cosine).real >= 0 else -slope

    def __getattr__(self, name: str) -> Function:
        return getattr(self.context, name, None) or super().__getattr__(name)


class Sympy(Kind):
    """SymPy expressions: results are formulas, without branches where possible."""

    rank = Rank.SYMPY

    def __init__(self) -> None:
        import sympy

        self.sympy = sympy

    def one(self, x: Number) -> Number:
        return self.sympy.Integer(1)

    def pi(self, x: Number) -> Number:
        return self.sympy.pi

    def where(self, condition: Any, x: Number, y: Number) -> Number:
        return self.sympy.Piecewise((x, condition), (y, True))

    def sign(self, x: Number) -> Number:
        return self.sympy.sign(x)

    def maximum(self, x: Number, y: Number) -> Number:
        return self.sympy.Max(x, y)

    def minimum(self, x: Number, y: Number) -> Number:
        return self.sympy.Min(x, y)

    def offset(self, *numbers: Number) -> Number:
        return 0

    def lgamma(self, x: Number) -> Number:
        return self.sympy.loggamma(x)

    def polygamma(self, x: Number, order: Number) -> Number:
        return self.sympy.polygamma(int(order), x)

    def bessel_i(self, x: Number, order: Number) -> Number:
        return self.sympy.besseli(int(order), x)

    def bessel_j(self, x: Number, order: Number) -> Number:
        return self.sympy.besselj(int(order), x)

    def ndtri(self, x: Number) -> Number:
        return self.sympy.sqrt(2) * self.sympy.erfinv(2 * x - 1)

    def cbrt(self, x: Number) -> Number:
        return self.sympy.sign(x) * self.sympy.cbrt(abs(x))

    def log1p(self, x: Number) -> Number:
        return self.sympy.log(1 + x)

    def expm1(self, x: Number) -> Number:
        return self.sympy.exp(x) - 1

    def erfc(self, x: Number) -> Number:
        return 1 - self.sympy.erf(x)

    def hypot(self, x: Number, y: Number) -> Number:
        return self.sympy.sqrt(x**2 + y**2)

    def __getattr__(self, name: str) -> Function:
        return getattr(self.sympy, name, None) or super().__getattr__(name)


@register_library
def _kind_of_mathematics(cls: type) -> Kind | None:
    """The kind of mpmath's and SymPy's numbers."""
    libraries = {base.__module__.partition(".")[0] for base in cls.__mro__}
    if "mpmath" in libraries and hasattr(cls, "context"):
        return Mpmath(cls.context)
    return Sympy() if "sympy" in libraries else None
