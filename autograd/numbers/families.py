"""Families of kinds: numbers with an order, complex numbers, and numbers Python can't branch on.

Each family has formulas that neither overflow nor lose digits for any of its numbers.
"""

import functools
import math
from collections.abc import Sequence
from typing import Any

from autograd.numbers.kinds import Kind, Number, kind_of


class Ordered(Kind):
    """Numbers that can be compared, and can overflow: `exp` is only taken of numbers up to 0.

    In arrays both branches of `where` are evaluated in every lane, so neither may overflow.
    """

    def sigmoid(self, x: Number) -> Number:
        decay = self.exp(-abs(x))
        return self.where(x >= 0, 1, decay) / (1 + decay)

    def softplus(self, x: Number) -> Number:
        return self.where(x > 0, x, 0) + self.log1p(self.exp(-abs(x)))

    def logaddexp(self, x: Number, y: Number) -> Number:
        # Where both are the same infinity, x - y is nan.
        gap = self.where(x == y, 0, abs(x - y))
        return self.where(x > y, x, y) + self.log1p(self.exp(-gap))

    # The sine of a rounded pi * x has no right digits near its zeros; x - whole is exact.
    def sinc(self, x: Number) -> Number:
        whole = self.floor(x + 0.5)
        sine = self.sin(self.pi(x) * (x - whole))
        is_odd = whole - 2 * self.floor(whole / 2) == 1
        is_zero = x == 0
        angle = self.pi(x) * self.where(is_zero, 1, x)
        return self.where(is_zero, self.one(x), self.where(is_odd, -sine, sine) / angle)

    def sinc_slope(self, x: Number) -> Number:
        # Near 0 cosine and sinc cancel, so there their difference comes from Lambert's continued
        # fraction for the tangent.
        angle = self.pi(x) * self.where(abs(x) < 0.5, x, 0.5)
        fraction = 19.0
        for odd in range(17, 1, -2):
            fraction = odd - angle * angle / fraction
        near = -self.pi(x) * self.sinc(x) * angle / fraction
        whole = self.floor(x + 0.5)
        cosine = self.cos(self.pi(x) * (x - whole))
        is_odd = whole - 2 * self.floor(whole / 2) == 1
        far = self.where(is_odd, -cosine, cosine) - self.sinc(x)
        return self.where(abs(x) < 0.5, near, far / self.where(x == 0, 1, x))

    def logit(self, x: Number) -> Number:
        # Near 1/2 the two logarithms cancel, but 2 * x - 1 is exact.
        middle = 2 * self.atanh(2 * x - 1)
        outer = self.log(x) - self.log1p(-x)
        return self.where((x > 0.25) & (x < 0.75), middle, outer)

    def sigmoid_slope(self, x: Number) -> Number:
        decay = self.exp(-abs(x))
        return decay / ((1 + decay) * (1 + decay))

    def tanh_slope(self, x: Number) -> Number:
        return 4 * self.sigmoid_slope(2 * x)

    def gaussian(self, x: Number) -> Number:
        # A rounded x * x would cost digits of the exponential. `high` has at most 26 bits, so its
        # square is exact.
        x = self.where(abs(x) > 40, 40, x)
        high = self.floor(x * 2.0**20) / 2.0**20
        return self.exp(-high * high / 2) * self.exp((high - x) * (high + x) / 2)


class Analytic(Kind):
    """Kinds that include complex numbers: the real part tells whether `exp` grows or decays."""

    def sigmoid(self, x: Number) -> Number:
        decay = self.exp(-self._outward(x))
        return self.where(x.real >= 0, 1, decay) / (1 + decay)

    def softplus(self, x: Number) -> Number:
        grown = self.where(x.real >= 0, x, 0)
        return grown + self.log1p(self.exp(-self._outward(x)))

    def logaddexp(self, x: Number, y: Number) -> Number:
        is_first = x.real >= y.real
        gap = self.where(x == y, 0, self.where(is_first, x - y, y - x))
        return self.where(is_first, x, y) + self.log1p(self.exp(-gap))

    def sigmoid_slope(self, x: Number) -> Number:
        decay = self.exp(-self._outward(x))
        return decay / ((1 + decay) * (1 + decay))

    def tanh_slope(self, x: Number) -> Number:
        return 4 * self.sigmoid_slope(2 * x)

    def tan_slope(self, x: Number) -> Number:
        # tan(x) is tanh(ix) / i.
        return self.tanh_slope(self.of_parts(-x.imag, x.real))

    # In 1 - x an imaginary part 0.0 becomes 0 - 0.0, which is 0.0. That is the wrong side of the
    # branch cut: -0.0 is right. So the parts are given one by one.
    def asin_slope(self, x: Number) -> Number:
        below, above = self.of_parts(1 - x.real, -x.imag), self.of_parts(1 + x.real, x.imag)
        return self.one(x) / (self.sqrt(below) * self.sqrt(above))

    def acosh_slope(self, x: Number) -> Number:
        below, above = self.of_parts(x.real - 1, x.imag), self.of_parts(x.real + 1, x.imag)
        return self.one(x) / (self.sqrt(below) * self.sqrt(above))

    def asinh_slope(self, x: Number) -> Number:
        # asinh(x) is asin(ix) / i.
        return self.asin_slope(self.of_parts(-x.imag, x.real))

    def atan_slope(self, x: Number) -> Number:
        # 1 + x * x is (1 + ix) * (1 - ix).
        root = self.asinh_slope(x)
        return root * root

    def atanh_slope(self, x: Number) -> Number:
        root = self.asin_slope(x)
        return root * root

    def _outward(self, x: Number) -> Number:
        """Whichever of x and -x has no negative real part."""
        return self.where(x.real >= 0, x, -x)


class Unordered(Analytic):
    """Complex numbers only: none is above or below another."""

    def zero(self, x: Number) -> Number:
        raise TypeError("complex numbers have no order: none is above or below another")

    def sign(self, x: Number) -> Number:
        return self.zero(x)

    # The change of |x| is the real part of this slope times a small step.
    def abs_slope(self, x: Number) -> Number:
        size = abs(x)
        return x.conjugate() / self.where(size == 0, 1, size)

    def maximum(self, x: Number, y: Number) -> Number:
        return self.zero(x)

    minimum = maximum

    def offset(self, *numbers: Number) -> Number:
        def larger(x: Number, y: Number) -> Number:
            is_larger = x.real >= y.real
            # Some may be plain, see `Branchless`.
            return kind_of(is_larger, x, y).where(is_larger, x, y)

        return functools.reduce(larger, numbers)


class Branchless(Ordered):
    """Numbers whose conditions have no single answer, so that Python can't branch on them."""

    def normalized_index(self, index: Number, count: int) -> Number:
        return self.where(index < 0, index + count, index)

    def offset(self, *numbers: Number) -> Number:
        # Several may be plain, such as the first two of 0.0, 1.0 and x.
        return functools.reduce(lambda x, y: kind_of(x, y).maximum(x, y), numbers)

    def choose(self, index: Number, items: Sequence[Any]) -> Any:
        # The items may be of another kind than the index, such as Values.
        chosen: Any = math.nan
        for i, item in enumerate(items):
            is_chosen = index == i
            chosen = kind_of(is_chosen, item, chosen).where(is_chosen, item, chosen)
        return chosen
