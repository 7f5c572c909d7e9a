"""Elementary functions in lanes: of the C library's vectors where it has them, or lane by lane."""

import math

import mpmath
import numpy as np
import pytest

import autograd
from autograd import compile
from autograd.numbers import elementary as reference

# Where each is defined.
RANGES = {
    **dict.fromkeys(("exp", "expm1", "sin", "cos", "tan", "atan", "sinh"), (-4.0, 4.0)),
    **dict.fromkeys(("cosh", "tanh", "asinh", "erf"), (-4.0, 4.0)),
    "log": (1e-3, 50.0),
    "log1p": (-0.99, 20.0),
    "asin": (-1.0, 1.0),
    "acos": (-1.0, 1.0),
    "acosh": (1.0, 50.0),
    "atanh": (-0.99, 0.99),
}
SPECIAL = [0.0, -0.0, 1.0, -1.0, 800.0, -800.0, 1e-310, 1e300, math.inf, -math.inf, math.nan]
# The vectors are right to 4 units in the last place; the last digits of mpmath's are.
WORST = 4.0


@pytest.fixture(params=["vectors", "halves", "lane by lane"])
def functions_of_vectors(request, monkeypatch):
    machine_code = pytest.importorskip("autograd.compiling.machine_code", exc_type=ImportError)
    if request.param == "lane by lane":
        monkeypatch.setattr("autograd.compiling.llvm_text.vector_functions", dict)
    elif not machine_code.vector_functions():
        pytest.skip("the C library has no functions of vectors")
    elif request.param == "halves":
        # What a processor with AVX2 does, but without AVX-512.
        for module in ("machine_code", "llvm_text"):
            monkeypatch.setattr(f"autograd.compiling.{module}.vector_width", lambda: 4)
        functions = machine_code.vector_functions.__wrapped__
        monkeypatch.setattr("autograd.compiling.llvm_text.vector_functions", functions)


def units(found, right):
    """How far off a float is, in units of its last place."""
    return abs(float((mpmath.mpf(found) - right) / mpmath.mpf(math.ulp(float(right)))))


@pytest.mark.usefixtures("functions_of_vectors")
@pytest.mark.parametrize("name", RANGES)
def test_they_are_right_to_four_units(name):
    xs = np.random.default_rng(0).uniform(*RANGES[name], size=1001)
    found = compile(getattr(autograd, name), backend="native")(xs)
    with mpmath.workprec(120):
        errors = [
            units(y, getattr(mpmath, name)(mpmath.mpf(x))) for x, y in zip(xs, found, strict=True)
        ]
    worst = int(np.argmax(errors))
    assert errors[worst] <= WORST, f"{name}({xs[worst]!r}) is {errors[worst]:.1f} units off"


@pytest.mark.usefixtures("functions_of_vectors")
@pytest.mark.parametrize("name", RANGES)
def test_special_numbers(name):
    found = compile(getattr(autograd, name), backend="native")(np.array(SPECIAL))
    for x, y in zip(SPECIAL, found, strict=True):
        right = getattr(reference, name)(x)
        if math.isfinite(right) and right:
            # The smallest numbers have few digits.
            assert abs(y - right) <= WORST * math.ulp(right), f"{name}({x}) is {y}, not {right}"
        else:
            assert repr(float(y)) == repr(right), f"{name}({x}) is {y}, not {right}"


@pytest.mark.usefixtures("functions_of_vectors")
@pytest.mark.parametrize("name", ["atan2", "hypot"])
def test_functions_of_two(name):
    xs, ys = np.random.default_rng(0).normal(size=(2, 1001))
    found = compile(getattr(autograd, name), backend="native")(xs, ys)
    with mpmath.workprec(120):
        right = [
            getattr(mpmath, name)(mpmath.mpf(x), mpmath.mpf(y)) for x, y in zip(xs, ys, strict=True)
        ]
        assert max(units(*pair) for pair in zip(found, right, strict=True)) <= WORST


@pytest.mark.usefixtures("functions_of_vectors")
def test_a_lane_does_not_depend_on_its_neighbours():
    """Nor on where it stands, nor on how many there are."""
    fast = compile(autograd.tanh, backend="native")
    xs = np.linspace(-2, 2, 37)
    alone = [fast(xs[i : i + 1])[0] for i in range(len(xs))]
    assert fast(xs).tolist() == alone
