"""The elementary functions of Python's own numbers: int, float, Fraction, complex."""

import cmath
import math
from fractions import Fraction

from autograd.numbers import ieee, special
from autograd.numbers.families import Ordered, Unordered
from autograd.numbers.ieee import IEEEComplex, IEEEFloat, LargeInteger, guard, guard_complex
from autograd.numbers.kinds import Function, Kind, Number, Rank, register, register_library


class Real(Ordered):
    """int, float and Fraction. Integers and fractions stay exact where they can."""

    exp = staticmethod(guard(math.exp, has_limit=True))
    expm1 = staticmethod(guard(math.expm1, has_limit=True))
    log = staticmethod(guard(math.log, {0: -math.inf}))
    log1p = staticmethod(guard(math.log1p, {-1: -math.inf}))
    log2 = staticmethod(guard(math.log2, {0: -math.inf}))
    log10 = staticmethod(guard(math.log10, {0: -math.inf}))
    exp2 = staticmethod(guard(math.exp2, has_limit=True))
    sqrt = staticmethod(guard(math.sqrt))
    cbrt = staticmethod(guard(math.cbrt))
    sin = staticmethod(guard(math.sin))
    cos = staticmethod(guard(math.cos))
    tan = staticmethod(guard(math.tan))
    asin = staticmethod(guard(math.asin, has_limit=True))
    acos = staticmethod(guard(math.acos, has_limit=True))
    atan = staticmethod(guard(math.atan, has_limit=True))
    sinh = staticmethod(guard(math.sinh, has_limit=True))
    cosh = staticmethod(guard(math.cosh, has_limit=True))
    tanh = staticmethod(guard(math.tanh, has_limit=True))
    asinh = staticmethod(guard(math.asinh))
    acosh = staticmethod(guard(math.acosh))
    atanh = staticmethod(guard(math.atanh, {1: math.inf, -1: -math.inf}, has_limit=True))
    erf = staticmethod(guard(math.erf, has_limit=True))
    erfc = staticmethod(guard(math.erfc, has_limit=True))
    lgamma = staticmethod(special.lgamma)
    gamma = staticmethod(special.gamma)
    polygamma = staticmethod(special.of_floats("polygamma"))
    bessel_i = staticmethod(special.of_floats("bessel_i"))
    bessel_j = staticmethod(special.of_floats("bessel_j"))
    beta = staticmethod(special.of_floats("beta"))
    erfinv = staticmethod(special.of_floats("erfinv"))
    ndtri = staticmethod(special.of_floats("ndtri"))
    atan2 = staticmethod(math.atan2)
    hypot = staticmethod(math.hypot)

    # The larger of 0.0 and -0.0 is 0.0, and so is their sum.
    def maximum(self, x: Number, y: Number) -> Number:
        if x == y == 0:
            return x + y
        return x if x > y or x != x else y

    def minimum(self, x: Number, y: Number) -> Number:
        if x == y == 0:
            return -(-x - y)
        return x if x < y or x != x else y

    def sign(self, x: Number) -> Number:
        if not isinstance(x, float):
            return super().sign(x)
        return math.copysign(1.0, x) if x < 0 or x > 0 else x

    abs_slope = sign

    def floor(self, x: Number) -> Number:
        if not isinstance(x, float):
            return math.floor(x)
        return math.copysign(math.floor(x), x) if math.isfinite(x) else x

    pow = staticmethod(ieee.power)

    # The formulas of `Ordered`, in half the time.
    @staticmethod
    def tanh_slope(x: Number) -> Number:
        decay = math.exp(-2.0 * abs(x))
        return 4.0 * decay / ((1.0 + decay) * (1.0 + decay))

    @staticmethod
    def sigmoid_slope(x: Number) -> Number:
        decay = math.exp(-abs(x))
        return decay / ((1.0 + decay) * (1.0 + decay))

    @staticmethod
    def gaussian(x: Number) -> Number:
        if abs(x) > 40:
            return 0.0
        # Rounds to 20 bits after the point: a double as large as this constant has no more.
        high = (x + 6442450944.0) - 6442450944.0
        return math.exp(-high * high / 2.0) * math.exp((high - x) * (high + x) / 2.0)

    def normalized_index(self, index: Number, count: int) -> Number:
        if not hasattr(index, "__index__"):
            return super().normalized_index(index, count)
        if not -count <= index < count:
            raise IndexError(f"select() has {count} item(s), and none at {index}")
        return range(count)[index]


class Complex(Unordered):
    """complex: only the smooth functions, since complex numbers have no order."""

    rank = Rank.COMPLEX

    exp = staticmethod(guard_complex(cmath.exp, overflow=ieee.large_exp))
    log = staticmethod(guard_complex(cmath.log, {0: complex(-math.inf)}))
    log10 = staticmethod(guard_complex(cmath.log10, {0: complex(-math.inf)}))
    sqrt = staticmethod(guard_complex(cmath.sqrt))
    sin = staticmethod(guard_complex(cmath.sin, overflow=ieee.large_sin))
    cos = staticmethod(guard_complex(cmath.cos, overflow=ieee.large_cos))
    tan = staticmethod(guard_complex(cmath.tan))
    asin = staticmethod(guard_complex(cmath.asin))
    acos = staticmethod(guard_complex(cmath.acos))
    atan = staticmethod(
        guard_complex(cmath.atan, {1j: complex(0, math.inf), -1j: complex(0, -math.inf)})
    )
    sinh = staticmethod(guard_complex(cmath.sinh, overflow=ieee.large_sinh))
    cosh = staticmethod(guard_complex(cmath.cosh, overflow=ieee.large_cosh))
    tanh = staticmethod(guard_complex(cmath.tanh))
    asinh = staticmethod(guard_complex(cmath.asinh))
    acosh = staticmethod(guard_complex(cmath.acosh))
    atanh = staticmethod(guard_complex(cmath.atanh, {1: math.inf, -1: -math.inf}))
    of_parts: Function = staticmethod(complex)

    def log1p(self, x: Number) -> Number:
        real, imaginary = x.real, x.imag
        if abs(real) + abs(imaginary) > 0.5:
            return self.log(self.of_parts(1 + real, imaginary))
        # The square of |1 + x| is 1 plus a small number, of which log1p keeps the digits.
        size = REAL.log1p(real * (2 + real) + imaginary * imaginary) / 2
        return self.of_parts(size, math.atan2(imaginary, 1 + real))

    def expm1(self, x: Number) -> Number:
        if abs(x.real) > 1:
            return self.exp(x) - 1
        # exp(x) - 1 = 2 exp(x / 2) sinh(x / 2) keeps its digits where x is small.
        return 2 * self.exp(x / 2) * self.sinh(x / 2)

    def hypot(self, x: Number, y: Number) -> Number:
        scale = max(abs(part) for z in (x, y) for part in (z.real, z.imag))
        if not 0 < scale < math.inf:
            return self.of_parts(scale)
        return scale * self.sqrt((x / scale) * (x / scale) + (y / scale) * (y / scale))


class IEEEReal(Real):
    """IEEEFloat: the elementary functions of Real, which return IEEEFloats here."""

    rank = Rank.IEEE_REAL


class IEEEComplexes(Complex):
    """IEEEComplex: the elementary functions of Complex, which return IEEEComplex here."""

    rank = Rank.IEEE_COMPLEX

    def one(self, x: Number) -> Number:
        return IEEEComplex(1)


def _closed(function: Function, kind: type) -> Function:
    return lambda *numbers: kind(function(*numbers))


REAL = Real()
COMPLEX = Complex()
# Inherited formulas return IEEEFloats because these functions do.
for _name in ("pi", "sign", "maximum", "minimum", "floor"):
    setattr(IEEEReal, _name, staticmethod(_closed(getattr(REAL, _name), IEEEFloat)))
for _base, _kind, _number in ((Real, IEEEReal, IEEEFloat), (Complex, IEEEComplexes, IEEEComplex)):
    for _name, _function in vars(_base).items():
        if isinstance(_function, staticmethod):
            setattr(_kind, _name, staticmethod(_closed(_function.__func__, _number)))
# Real's shortcuts take floats only: a LargeInteger needs the formulas of Ordered.
for _name in ("tanh_slope", "sigmoid_slope"):
    setattr(IEEEReal, _name, getattr(Ordered, _name))

_IEEE_REAL = IEEEReal()
for _type, _its_kind in (
    *((float, REAL), (int, REAL), (Fraction, REAL), (complex, COMPLEX)),
    *((IEEEFloat, _IEEE_REAL), (LargeInteger, _IEEE_REAL), (IEEEComplex, IEEEComplexes())),
):
    register(_type, _its_kind)


@register_library
def _kind_of_scalar(cls: type) -> Kind | None:
    """The kind of NumPy's scalars: each is one number, though it looks like an array."""
    names = {base.__name__ for base in cls.__mro__ if base.__module__ == "numpy"}
    if "complexfloating" in names:
        return COMPLEX
    is_real = not names.isdisjoint(("number", "bool", "bool_"))
    return REAL if is_real and "timedelta64" not in names else None
