"""gradcheck: right gradients pass, wrong ones fail and are named."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd
from autograd import GradientError, Value, gradcheck, primitive
from autograd.checking.numeric import differentiate
from autograd.primitive import PRIMITIVES, Primitive
from autograd.testing import calls

MUTATIONS = {
    "off by 1e-6": lambda partial: partial * (1 + 1e-6),
    "sign": lambda partial: -partial,
    "factor 2": lambda partial: 2 * partial,
    "dropped": lambda partial: 0.0,
}


def mutated(rule: Primitive, position: int, mutation) -> Primitive:
    def wrong(*numbers):
        result, partials = rule.rule(*numbers)
        return result, (
            *partials[:position],
            mutation(partials[position]),
            *partials[position + 1 :],
        )

    return primitive(wrong)


@pytest.mark.parametrize("name", PRIMITIVES)
@given(data=st.data())
def test_every_rule_passes(name, data):
    chosen, numbers = data.draw(calls(PRIMITIVES[name]))
    report = gradcheck(chosen, *numbers)
    assert report, f"{name}{numbers} was found wrong:\n{report}"


@settings(max_examples=15)
@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("name", PRIMITIVES)
@given(data=st.data())
def test_every_mutation_of_every_partial_is_caught(name, mutation, data):
    chosen, numbers = data.draw(calls(PRIMITIVES[name]))
    partials = chosen.rule(*numbers)[1]
    for position, partial in enumerate(partials):
        # A zero times anything is no mutation, nor is one below the noise of the result.
        if abs(partial) > 1e-3:
            report = gradcheck(mutated(chosen, position, MUTATIONS[mutation]), *numbers)
            verdicts = [verdict.verdict for verdict in report.verdicts]
            assert not report, f"{name}{numbers}, partial {position + 1}: passed\n{report}"
            assert verdicts[position] == "wrong", f"{name}{numbers}: the wrong input\n{report}"


@pytest.mark.parametrize(
    ("function", "x", "derivative"),
    [
        (math.exp, 1.0, math.e),
        (math.sin, 1e-8, 1.0),
        (autograd.log, 1e-3, 1e3),
        (lambda x: x**3, 100.0, 3e4),
        (lambda x: 1 / x, 1e-6, -1e12),
        (math.tanh, 0.0, 1.0),
    ],
)
def test_numeric_derivative_keeps_to_its_error_estimate(function, x, derivative):
    estimate = differentiate(function, x)
    assert abs(estimate.derivative - derivative) <= 10 * estimate.error
    # What is refined until it is reached: a mistake of 1e-7, seen with ample room.
    assert estimate.error <= 1e-9 * abs(derivative)


def test_the_report_names_input_and_size_of_the_error():
    @primitive
    def area(width, height):
        return width * height, (height, 2 * width)

    report = gradcheck(area, 3.0, 5.0)
    assert [verdict.verdict for verdict in report.verdicts] == ["ok", "wrong"]
    width, height = report.verdicts
    assert (width.input, height.input) == ("width", "height")
    assert (height.analytic, height.relative_error) == (6.0, pytest.approx(0.5))
    assert "height" in str(report)
    with pytest.raises(GradientError, match="height"):
        report.raise_if_failed()


def test_a_function_that_ignores_its_inputs_is_refused():
    with pytest.raises(ValueError, match="do not depend on the inputs"):
        gradcheck(lambda x: Value(3.0) * 2, 1.0)


def test_a_right_report_is_true_and_returned():
    report = gradcheck(lambda x: x.tanh(), 0.5)
    assert report
    assert report.raise_if_failed() is report


def test_labels_and_paths_name_inputs_and_outputs():
    report = gradcheck(
        lambda p, b: [p["w"][0] * b, b.tanh()], {"w": [2.0]}, Value(0.5, label="bias")
    )
    assert report
    assert [(v.output, v.input) for v in report.verdicts] == [
        ("[0]", "p['w'][0]"),
        ("[0]", "bias"),
        ("[1]", "p['w'][0]"),
        ("[1]", "bias"),
    ]


def test_a_lost_gradient_is_wrong():
    assert not gradcheck(lambda x: x * x.detach(), 3.0)


def test_a_gradient_that_is_no_number_does_not_pass():
    report = gradcheck(autograd.sqrt, 0.0)
    assert [verdict.verdict for verdict in report.verdicts] == ["non-finite"]


def test_differences_too_rough_to_tell_do_not_pass():
    def rough(x):
        return x + 1e-4 * autograd.sin(1e12 * x).detach()

    report = gradcheck(rough, 1.0)
    assert not report
    assert report.verdicts[0].verdict in {"noisy", "wrong", "non-finite"}


@pytest.mark.parametrize("wrong", [("x",), (1j,), ([],), ()])
def test_wrong_inputs_are_refused(wrong):
    with pytest.raises(TypeError, match="gradcheck"):
        gradcheck(lambda *numbers: 0.0, *wrong)


@pytest.mark.parametrize("function", [lambda x: x * x, lambda x: x**3, lambda x: x * x.sin()])
def test_a_stationary_zero_is_right(function):
    report = gradcheck(function, 0.0)
    assert report, f"{report}"


@pytest.mark.parametrize(("scale", "x"), [(1e5, 1.0), (1.0, 1e6)])
def test_fast_oscillations_are_never_called_wrong(scale, x):
    report = gradcheck(lambda x: (scale * x).sin(), x)
    assert [verdict.verdict for verdict in report.verdicts] in (["ok"], ["noisy"]), f"{report}"


def test_inputs_of_a_function_without_a_signature_are_counted():
    report = gradcheck(max, 1.0, 2.0)
    assert report
    assert [verdict.input for verdict in report.verdicts] == ["input 1", "input 2"]
