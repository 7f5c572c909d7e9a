"""Every line of a walk-through is true: its formula, its numbers and its result agree.

The formulas are worked out here, on exact fractions wherever the operations are rational, so
that agreement is equality. Texts are read back by Python, and LaTeX by a reader of its own.
"""

import functools
import math
import re
from fractions import Fraction

import mpmath
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from strategies import calls, graphs
from witnesses import EPSILON, for_all, relaxed

from autograd import Value, explain, gradients
from autograd.explaining import Derivative, Number, Operation, Step, Symbol, latex, mathml, text
from autograd.explaining.digits import number_shown
from autograd.explaining.explanation import sides_of
from autograd.explaining.formulas import conditions_of, negative
from autograd.explaining.outline import outline
from autograd.explaining.simplifying import simplified
from autograd.graph import interior_nodes
from autograd.numbers import elementary
from autograd.numbers.text import number_text
from autograd.primitive import PRIMITIVES


def worked_out(expression, known):
    """The number of an expression, with `known` in the place of symbols and derivatives."""

    def inner(part):
        return worked_out(part, known)

    match expression:
        case Number(value):
            return value
        case Symbol() | Derivative():
            return known[expression]
        case Operation("if", (chosen, _)):
            return inner(chosen)
        case Operation("sum", terms):
            return functools.reduce(lambda x, y: x + y, map(inner, terms))
        case Operation("mul", factors):
            return functools.reduce(lambda x, y: x * y, map(inner, factors))
        case Operation("neg", (operand,)):
            return -inner(operand)
        case Operation("div", (dividend, divisor)):
            below = inner(divisor)
            above = inner(dividend)
            return Fraction(above, below) if type(above) is type(below) is int else above / below
        case Operation("pow", (base, exponent)):
            below = inner(base)
            return (Fraction(below) if type(below) is int else below) ** inner(exponent)
        case Operation("abs", (operand,)):
            return abs(inner(operand))
        case Operation(name, operands):
            return getattr(elementary, name)(*map(inner, operands))
    raise AssertionError(f"no such expression: {expression!r}")


# Lines of random graphs


SMALL = st.builds(Fraction, st.integers(-8, 8), st.integers(1, 4))


@st.composite
def labelled_graphs(draw):
    """A program of operators, the leaves and the result of a run of it on fractions, labelled."""
    program, drawn = draw(graphs(primitives=[]))
    numbers = draw(st.lists(SMALL, min_size=len(drawn), max_size=len(drawn)))
    leaves = [Value(number, label=f"x{i}") for i, number in enumerate(numbers)]
    try:
        error = program(*leaves)
    except ZeroDivisionError:
        assume(False)
    assume(error.parents and any(leaf in set(ancestors(error)) for leaf in leaves))
    nodes = interior_nodes(error)
    chosen = draw(st.lists(st.booleans(), min_size=len(nodes), max_size=len(nodes)))
    for position, (node, is_labelled) in enumerate(zip(nodes, chosen, strict=True)):
        node.label = f"h{position}" if is_labelled else None
    return program, leaves, error


def ancestors(error):
    return [parent for node in interior_nodes(error) for parent in node.parents]


def known_from(explanation, error, leaves):
    """What each symbol and each derivative of the error stands for before the update."""
    named = {step.name: step.node for step in explanation.steps if step.kind != "update"}
    named |= {leaf.label: leaf for leaf in leaves}
    (error_name,) = [name for name, node in named.items() if node is error]
    known = {Symbol(name): node.data for name, node in named.items()}
    # Not that of the error by itself, which is 1 and is never to be written.
    for name in named.keys() - {error_name}:
        known[Derivative(error_name, name)] = gradients(error, named[name])
    return known


@given(labelled_graphs())
@relaxed
def test_formula_numbers_and_result_agree(drawn):
    _, leaves, error = drawn
    explanation = explain(error)
    known = known_from(explanation, error, leaves)
    for step in explanation.steps:
        expected = step.node.data if step.kind != "backward" else gradients(error, step.node)
        assert step.result == expected, f"the result of {step.left} is not the engine's"
        assert worked_out(step.formula, known) == expected, (
            f"formula of {step.left}: {step.formula}"
        )
        assert worked_out(step.numbers, {}) == expected, f"numbers of {step.left}: {step.numbers}"


@given(labelled_graphs(), SMALL)
@relaxed
def test_the_update_and_the_lines_after_it_are_those_of_a_new_run(drawn, rate):
    program, leaves, error = drawn
    slopes = gradients(error, leaves)
    before = [leaf.data for leaf in leaves]
    moved = [x - rate * slope for x, slope in zip(before, slopes, strict=True)]
    try:
        expected = program(*moved)
        explanation = explain(error, rate)
    except ZeroDivisionError:
        assume(False)
    new = dict(zip((leaf.label for leaf in leaves), moved, strict=True))
    for step in explanation.steps:
        if step.kind == "update":
            assert step.result == new[step.name], f"update of {step.name}"
            assert worked_out(step.numbers, {}) == step.result, f"numbers of {step.name}"
        if step.kind in ("new forward", "new error"):
            assert worked_out(step.numbers, {}) == step.result, f"numbers of {step.name}"
    assert explanation.steps[-1].result == expected, "the new error is not that of a new run"
    assert [leaf.data for leaf in leaves] == before, "data was changed"


@given(labelled_graphs())
@relaxed
def test_a_derivative_has_a_path_for_each_line_that_it_leads_through(drawn):
    _, leaves, error = drawn
    plan = outline(error, leaves)
    for step in explain(error).steps:
        if step.kind == "backward":
            partials = [equation.partial(step.node) for equation in plan.equations]
            count = sum(partial is not None for partial in partials)
            is_sum = isinstance(step.chain, Operation) and step.chain.name == "sum"
            # What cancels out is left out of the formula, and not of what comes before it.
            paths = len((step.product or step.formula).operands) if is_sum else 1
            # More than eight are cut to four, with dots in between.
            assert count <= 1 or paths == (count if count <= 8 else 5), (
                f"{step.left}: {count} paths"
            )


# What is printed


def as_printed(formula, digits):
    """The formula with each number as it is shown, exactly."""
    match formula:
        case Number(value):
            return Number(Fraction(number_shown(value, digits)))
        case Operation(name, operands):
            return Operation(name, tuple(as_printed(operand, digits) for operand in operands))
    return formula


FLOATS = st.floats(-4, 4, allow_subnormal=False)


@given(labelled_graphs(), st.lists(FLOATS, min_size=12, max_size=12), st.integers(1, 6))
@relaxed
def test_who_works_out_the_numbers_that_are_shown_gets_the_result_that_is_shown(
    drawn, floats, digits
):
    program, leaves, _ = drawn
    leaves = [Value(x, leaf.label) for x, leaf in zip(floats, leaves, strict=False)]
    assume(len(leaves) == len(drawn[1]))
    error = program(*leaves)
    assume(all(math.isfinite(node.data) for node in ancestors(error)))
    assume(all(math.isfinite(slope) for slope in gradients(error, leaves)))
    for step in explain(error, digits=digits).steps:
        *_, before, result = ("", Number(0), 0), *sides_of(step, digits).values()
        sign, formula, count = before
        if sign and not has_names(formula) and isinstance(result.formula, Number):
            shown = worked_out(as_printed(formula, count), {})
            written = text(formula, count)
            expected = number_shown(result.formula.value, digits)
            assert number_text(float(shown), digits) == number_text(float(expected), digits), (
                f"{written} is {float(shown):.12g}, and not {expected}"
            )
            if result.sign == "=":
                assert shown == Fraction(expected), f"{written} is not exactly {expected}"


def test_what_is_shown_of_a_number_does_not_depend_on_equal_ones_shown_before():
    alike = [(123456.0, "1.235e5"), (123456, "123456"), (-0.0, "-0"), (0.0, "0"), (0, "0")]
    alike += [(0.5, "0.5"), (Fraction(1, 2), "1/2")]
    for number, shown in [*alike, *alike[::-1]]:
        assert number_shown(number, 4) == shown, f"{number!r} after numbers that equal it"


def has_names(formula):
    if isinstance(formula, Operation):
        return any(map(has_names, formula.operands))
    return not isinstance(formula, Number)


@pytest.mark.parametrize(
    ("number", "digits", "shown"),
    [
        (1.35, 4, "1.35"),
        (1.34996, 4, "1.350"),
        (0.99998, 4, "1.000"),
        (99.996, 4, "100.0"),
        (-0.0731058, 3, "-0.0731"),
        (0.07310058, 4, "0.07310"),
        (1.49996e-7, 4, "1.500e-7"),
        (0.1 + 0.2, 4, "0.3"),
        (0.0, 4, "0"),
        (12345, 4, "12345"),
        (Fraction(1, 3), 4, "1/3"),
        (Fraction(10**60 + 1, 3 * 10**60), 4, "0.3333"),
        (math.inf, 4, "inf"),
    ],
)
def test_a_number_has_the_digits_that_count(number, digits, shown):
    assert number_shown(number, digits) == shown


# Rules


@pytest.mark.parametrize("name", PRIMITIVES)
def test_the_formulas_of_a_rule_are_its_partials(name):
    # As in the tests of the rules: a few roundings, times what the distance of 0.05 to the
    # edge of the domain costs. The formulas themselves are worked out to 30 digits.
    tolerance = 16 * EPSILON * 400

    def check(primitive, numbers):
        leaves = [Value(number, label=f"x{i}") for i, number in enumerate(numbers)]
        result = primitive(*leaves)
        plan = outline(result, leaves)
        with mpmath.workdps(30):
            known = {Symbol(leaf.label): mpmath.mpf(leaf.data) for leaf in leaves}
            known |= {Symbol("π"): mpmath.pi, Symbol("E"): high_precision(primitive, numbers)}
            for leaf, partial in zip(leaves, result.partials, strict=True):
                formula = plan.equations[-1].partial(leaf)
                if formula is None:
                    assert partial == 0, f"{name}{numbers}: {leaf.label} has no formula"
                    continue
                number = float(worked_out(formula, known))
                assert abs(number - partial) <= tolerance * max(1, abs(partial)), (
                    f"{name}{numbers}: the formula {text(formula, 6)} in {leaf.label} is {number}, "
                    f"the partial {partial}"
                )
                for condition in conditions_of(formula):
                    assert holds(condition, known), f"{name}{numbers}: not {condition}"

    for_all(calls(PRIMITIVES[name]), check, examples=8)


def high_precision(primitive, numbers):
    return mpmath.mpf(primitive.rule(*map(mpmath.mpf, numbers))[0])


def holds(condition, known):
    left, right = (worked_out(side, known) for side in condition.operands)
    relations = {"<": left < right, "≤": left <= right, "=": left == right}
    return (relations | {">": left > right, "≥": left >= right})[condition.name]


# Texts


NAMES = {f"x{i}": Fraction(i, 3) for i in range(1, 4)}
ATOMS = st.one_of(
    st.builds(Number, st.integers(0, 9)),
    st.builds(Number, SMALL),
    st.sampled_from([Symbol(name) for name in NAMES]),
)


def total(*terms):
    return Operation("sum", terms)


def product(*factors):
    return Operation("mul", factors)


def quotient(dividend, divisor):
    return Operation("div", (dividend, divisor))


def power(base, exponent):
    return Operation("pow", (base, exponent))


def larger(smaller):
    several = st.lists(smaller, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Operation, st.sampled_from(["sum", "mul"]), several),
        st.builds(negative, smaller),
        st.builds(quotient, smaller, smaller),
        st.builds(power, smaller, st.builds(Number, st.integers(-2, 3))),
    )


EXPRESSIONS = st.recursive(ATOMS, larger, max_leaves=8)


def numbered(expression):
    try:
        number = worked_out(expression, {Symbol(name): data for name, data in NAMES.items()})
    except ZeroDivisionError:
        assume(False)
    # Beyond this a fraction is rounded.
    assume(len(str(number)) < 30)
    return Fraction(number)


def read(source):
    """The number of a formula in Python, all integers exact."""
    exact = re.sub(r"(?<![\w])(\d+)", r"F(\1)", source)
    return eval(exact, {"F": Fraction, **NAMES})


SUPERSCRIPT = {ord(c): plain for c, plain in zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True)}


def read_text(written):
    powers = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: f"**({m[0].translate(SUPERSCRIPT)})", written)
    return read(powers.replace("·", "*").replace("−", "-"))


def group(source, start):
    """What stands in the braces that open at `start`, and where it goes on behind them."""
    depth, position = 1, start + 1
    while depth:
        depth += {"{": 1, "}": -1}.get(source[position], 0)
        position += 1
    return source[start + 1 : position - 1], position


def read_latex(source):
    return read(python_of(re.sub(r"x_\{(\d)\}", r"x\1", source)))


def python_of(source):
    found = re.search(r"\\frac|\^", source)
    if not found:
        bare = source.replace(r"\left", "").replace(r"\right", "").replace(r"\cdot", "*")
        return bare.replace("{", "(").replace("}", ")")
    before, (first, end) = source[: found.start()], group(source, found.end())
    if found[0] == "^":
        return f"{python_of(before)}**({python_of(first)}){python_of(source[end:])}"
    second, end = group(source, end)
    fraction = f"(({python_of(first)})/({python_of(second)}))"
    return f"{python_of(before)}{fraction}{python_of(source[end:])}"


@given(EXPRESSIONS)
@example(total(Symbol("x1"), total(Symbol("x2"), negative(Symbol("x3")))))
@example(total(Symbol("x1"), negative(total(Symbol("x2"), negative(Symbol("x3"))))))
@example(quotient(Symbol("x1"), product(Symbol("x2"), Number(-2))))
@example(power(negative(Number(3)), Number(2)))
@example(power(power(Symbol("x1"), Number(2)), Number(3)))
@example(negative(power(Number(Fraction(1, 3)), Number(2))))
@example(product(Number(-2), quotient(Symbol("x1"), Number(-3))))
@relaxed
def test_a_formula_reads_as_what_it_is(expression):
    expected = numbered(expression)
    written = text(expression, 4)
    assert read_text(written) == expected, f"{expression} is written {written}"
    in_latex = latex(expression, 4)
    assert read_latex(in_latex) == expected, f"{expression} is written {in_latex}"


X, ONE, MINUS_TWO = Symbol("x"), Number(1), Number(-2)
IN_MATHML = {"x": "<mi>x</mi>", "one": "<mn>1</mn>"}
IN_MATHML["minus_two"] = '<mo form="prefix">−</mo><mn>2</mn>'
IN_MATHML["bracketed"] = (
    f'<mrow><mo stretchy="false">(</mo>{IN_MATHML["minus_two"]}<mo stretchy="false">)</mo></mrow>'
)


@pytest.mark.parametrize(
    ("formula", "in_text", "in_latex", "in_mathml"),
    [
        (
            negative(product(MINUS_TWO, X)),
            "−(−2 · x)",
            r"-\left(-2 \cdot x\right)",
            "<mo>−</mo>{bracketed} <mo>·</mo> {x}",
        ),
        (
            total(X, negative(product(MINUS_TWO, X))),
            "x − (−2) · x",
            r"x - \left(-2\right) \cdot x",
            "{x}<mo>−</mo>{bracketed} <mo>·</mo> {x}",
        ),
        (
            quotient(ONE, Number(2)),
            "1/2",
            r"\frac{1}{2}",
            "<mfrac><mrow>{one}</mrow><mrow><mn>2</mn></mrow></mfrac>",
        ),
        (
            quotient(ONE, X),
            "1 / x",
            r"\frac{1}{x}",
            "<mfrac><mrow>{one}</mrow><mrow>{x}</mrow></mfrac>",
        ),
        (
            power(X, MINUS_TWO),
            "x⁻²",
            "x^{-2}",
            "<msup><mrow>{x}</mrow><mrow>{minus_two}</mrow></msup>",
        ),
        (power(X, X), "x^x", "x^{x}", "<msup><mrow>{x}</mrow><mrow>{x}</mrow></msup>"),
        (Operation("abs", (X,)), "|x|", r"\left|x\right|", "<mrow><mo>|</mo>{x}<mo>|</mo></mrow>"),
        (Operation("sqrt", (X,)), "sqrt(x)", r"\sqrt{x}", "<msqrt>{x}</msqrt>"),
        (Operation("≤", (X, ONE)), "x ≤ 1", r"x \leq 1", "{x}<mo>≤</mo>{one}"),
        (Operation("if", (X, Operation(">", (X, ONE)))), "x", "x", "{x}"),
    ],
    ids=lambda case: case if isinstance(case, str) else None,
)
def test_a_formula_is_written_in_three_notations(formula, in_text, in_latex, in_mathml):
    assert text(formula, 4) == in_text
    assert latex(formula, 4) == in_latex
    assert mathml(formula, 4) == in_mathml.format(**IN_MATHML)


@given(EXPRESSIONS)
@example(total(Symbol("x1"), negative(Symbol("x1"))))
@example(quotient(Number(1), quotient(Number(2), Symbol("x1"))))
@example(power(product(Number(2), Symbol("x1")), Number(-2)))
@relaxed
def test_a_simplified_formula_is_equal(expression):
    expected = numbered(expression)
    short = simplified(expression)
    assert numbered(short) == expected, f"{text(expression, 4)} became {text(short, 4)}"


@given(labelled_graphs())
@relaxed
def test_a_walkthrough_is_the_same_twice(drawn):
    _, _, error = drawn
    assert str(explain(error)) == str(explain(error))
    assert all(isinstance(step, Step) for step in explain(error).steps)


@pytest.mark.parametrize(
    ("function", "number"),
    [
        (lambda w: w * w / w, 0.0),
        (lambda w: w**3 / w**2, 0.0),
        (lambda w: w.sqrt() ** 2, 0.0),
        (lambda w: 1 / (1 / w), 0.0),
        (lambda w: w.exp() / w.exp(), 800.0),
        (lambda w: w.exp().log(), 800.0),
        (lambda w: -w.sigmoid().log(), -800.0),
    ],
)
def test_what_is_undefined_here_is_not_cancelled(function, number):
    """No line says that 1 is nan, as the slope of x * x / x at 0 would if it was cancelled."""
    w = Value(number, "w")
    (line,) = [x for x in str(explain(function(w))).split("\n\n") if x.startswith("Backward")]
    slope = line.split(" = ", 1)[1]
    assert slope.endswith("= nan")
    assert "w" in slope
    assert " / " in slope
