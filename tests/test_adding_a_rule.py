"""A rule added to autograd/rules.py is everything else too, and nothing else is edited."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import autograd

NEW_RULE = '''

def cubic(x: Number, *, scale: Number = 1) -> WithPartials:
    """scale * x * x * x, a rule of this test"""
    return scale * x * x * x, (3 * scale * x * x,)
'''

NEW_RULE_OF_TWO = '''

def weigh(x: Positive, y: Number) -> WithPartials:
    """log(x) * y, a rule of this test"""
    logarithm = elementary.log(x)
    return logarithm * y, (elementary.one(x) / x * y, logarithm)
'''


HERE = Path(__file__).parent
# The copied house, and the strategies that its rules are tested with.
PATHS = f"{{}}{os.pathsep}{HERE}"
REFERENCE = str(HERE.parent / "docs" / "reference.py")


def copy_with(rules, directory):
    """A copy of the package whose rules.py ends with these."""
    shutil.copytree(
        Path(autograd.__file__).parent,
        directory / "autograd",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    with open(directory / "autograd" / "rules.py", "a", encoding="utf-8") as file:
        file.write(rules)
    return directory


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    return copy_with(NEW_RULE + NEW_RULE_OF_TWO, tmp_path_factory.mktemp("house"))


def run(house, *arguments):
    """What Python prints, with the package that lies in this house."""
    finished = subprocess.run(
        [sys.executable, *arguments],
        cwd=house,
        env=os.environ | {"PYTHONPATH": PATHS.format(house), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def run_program(house, program):
    return run(house, "-c", textwrap.dedent(program))


def test_the_copy_is_what_runs(house):
    assert run_program(house, "import autograd; print(autograd.__file__)").startswith(str(house))


# What the user of the copied package writes, and what it prints.
EXPRESSIONS = {
    "autograd.cubic(2.0)": "8.0",
    "autograd.cubic(Value(2.0), scale=5).data": "40.0",
    "{'cubic', 'weigh'} <= set(autograd.__all__)": "True",
    "autograd.cubic.__doc__": "scale * x * x * x, a rule of this test",
    "Value(2.0).cubic().data": "8.0",
    "Value(2.0).cubic(scale=5).partials": "(60.0,)",
    "Value(2.0).cubic().op": "cubic",
    "hasattr(Value, 'weigh')": "False",
    "autograd.weigh(Value(1.0), 3.0).partials": "(3.0, 0.0)",
    "autograd.grad(autograd.cubic)(2.0)": "12.0",
    "autograd.hessian(autograd.cubic)(2.0)": "12.0",
    "autograd.jvp(autograd.cubic, (2.0,), (0.5,))": "(8.0, 6.0)",
    "autograd.grad(autograd.cubic)(Fraction(1, 3))": "1/3",
    "autograd.cubic(sympy.Symbol('x'))": "x**3",
    "autograd.cubic(Value(numpy.array([1, 2]))).data": "[1. 8.]",
    "autograd.weigh(Value(0.0), 1.0).data": "-inf",
    "pickle.loads(pickle.dumps(Value(2.0).cubic())).rule is autograd.cubic": "True",
}


@pytest.fixture(scope="module")
def printed(house):
    """What each expression prints, in one run of Python."""
    program = f"""
        import json, pickle
        from fractions import Fraction
        import numpy, sympy, autograd
        from autograd import Value

        def evaluate(expression):
            try:
                return str(eval(expression))
            except Exception as error:
                return repr(error)

        print(json.dumps([evaluate(expression) for expression in {list(EXPRESSIONS)}]))
        """
    return dict(zip(EXPRESSIONS, json.loads(run_program(house, program)), strict=True))


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_function_and_the_method_appear(printed, expression):
    assert printed[expression] == EXPRESSIONS[expression]


CHECK_EVERY_RULE = """
    from hypothesis import HealthCheck, given, settings
    from autograd import gradcheck
    from autograd.primitive import PRIMITIVES
    from strategies import calls

    def check(primitive):
        # The same few operands at every run, so that the test does not change its mind.
        @settings(
            max_examples=5, derandomize=True, database=None, deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(calls(primitive))
        def right_everywhere(call):
            bound, numbers = call
            gradcheck(bound, *numbers).raise_if_failed()
        right_everywhere()

    for name, primitive in PRIMITIVES.items():
        try:
            check(primitive.bind(scale=2) if name == "cubic" else primitive)
            print(name, "right")
        except AssertionError:
            print(name, "wrong")
    """


def test_the_check_of_every_rule_covers_it(house):
    verdicts = run_program(house, CHECK_EVERY_RULE).splitlines()
    assert {"cubic right", "weigh right"} <= set(verdicts)
    assert [verdict for verdict in verdicts if not verdict.endswith("right")] == []


def test_the_check_of_every_rule_finds_a_wrong_partial(tmp_path):
    wrong_rules = NEW_RULE.replace("3 * scale", "2 * scale") + NEW_RULE_OF_TWO
    verdicts = run_program(copy_with(wrong_rules, tmp_path), CHECK_EVERY_RULE).splitlines()
    assert "cubic wrong" in verdicts
    assert "weigh right" in verdicts


def test_the_page_of_functions_has_its_entry(house):
    page = run(house, REFERENCE)

    def entry_of(call):
        return page.partition(f"### `{call}`\n")[2].partition("\n### ")[0]

    entry = entry_of("cubic(x, scale=1)")
    for words in ("a rule of this test", r"\mathrm{scale} x^{3}", r"3 \mathrm{scale} x^{2}"):
        assert words in entry, f"the entry lacks {words}: {entry}"
    entry = entry_of("weigh(x, y)")
    for words in (r"y \ln{\left(x \right)}", r"\frac{y}{x}", "0 < x"):
        assert words in entry, f"the entry lacks {words}: {entry}"


def test_the_stub_for_type_checkers_has_it(house):
    stub = run(house, REFERENCE, "--functions", "--methods")
    assert "def cubic(" in stub
    assert "def weigh(" in stub
