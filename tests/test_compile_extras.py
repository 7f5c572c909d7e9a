"""Without the extras: compiled functions of plain floats work, and messages name the extra."""

import os
import subprocess
import sys
from pathlib import Path

BLOCKED = """
import sys
from importlib.abc import MetaPathFinder

class Blocked(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

# As it is where they are not installed.
import importlib.util
real = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in {names!r} else real(name, *rest)
sys.meta_path.insert(0, Blocked())

import autograd
from autograd import Value, compile

def message(action):
    try:
        action()
    except ImportError as error:
        return str(error)
    raise AssertionError("no ImportError")

EXTRA = "pip install 'scalar-autograd[native]'"
p = Value(2.0, label="p")
function = lambda x: autograd.sin(p * x[0]) + x[1] ** 2
fast = compile(function, [p])
"""


def run(names, program):
    """Runs a program in a process of its own in which these libraries are not installed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", BLOCKED.format(names=names) + program],
        env={**os.environ, "PYTHONPATH": ""},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


PLAIN_FLOATS = """
import math, pickle
value, (slope,) = fast.value_and_grad([0.25, 3.0])
assert value == math.sin(0.5) + 9.0 == fast([0.25, 3.0]), value
assert slope == 0.25 * math.cos(0.5), slope
assert fast.backward([0.25, 3.0]) == value and p.grad == slope
assert compile(lambda x, y: x / y).value_and_grad(1.0, 0.0)[1] == (math.inf, -math.inf)
assert "sin" in fast.source()
assert pickle.loads(pickle.dumps(fast))([0.25, 3.0]) == value
fast.load([1.0])
assert p.data == 1.0
"""


def test_plain_floats_without_numpy_and_llvm():
    run(("numpy", "llvmlite"), PLAIN_FLOATS)


def test_plain_floats_without_llvm():
    run(("llvmlite",), PLAIN_FLOATS)


def test_lanes_without_llvm():
    run(
        ("llvmlite",),
        """
import numpy as np
table = np.array([[0.25, 3.0], [0.5, -1.0], [0.0, 0.0]])
expected = np.sin(2 * table[:, 0]) + table[:, 1] ** 2
assert np.allclose(fast(table), expected, rtol=1e-15)
value, gradient = fast.value_and_grad(table, at=np.array([2.0]))
assert np.isclose(value, expected.mean(), rtol=1e-15), value
assert np.isclose(gradient[0], (table[:, 0] * np.cos(2 * table[:, 0])).mean(), rtol=1e-15)
""",
    )


def test_machine_code_names_the_extra():
    program = 'assert EXTRA in message(lambda: compile(function, [p], backend="native"))'
    run(("llvmlite",), program)
    run(("numpy",), program)
    run(("numpy", "llvmlite"), program)


def test_parameters_as_one_array_name_the_extra():
    program = """
assert EXTRA in message(fast.vector)
assert EXTRA in message(lambda: fast.value_and_grad([0.25, 3.0], at=[2.0]))
"""
    run(("numpy", "llvmlite"), program)


def test_what_is_imported():
    """`import autograd` and `compile` alone import neither NumPy nor LLVM."""
    program = (
        "import sys, autograd; autograd.compile(lambda x: x); "
        "assert not {'numpy', 'llvmlite'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[1], check=True)
