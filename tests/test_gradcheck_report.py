"""What gradcheck can be asked for, and how it reports."""

import json
import math
import random
import sys
from dataclasses import replace
from itertools import pairwise

import pytest

import autograd
import nn
from autograd import GradientError, Value, grad, gradcheck, primitive
from autograd.checking.differences import Curve, Sample
from autograd.checking.slopes import remainder_order, slopes_of


def verdicts(report):
    return [verdict.verdict for verdict in report.verdicts]


def test_parameters_are_checked_and_put_back():
    model = nn.MLP(2, [3, 1], activation="tanh", rng=random.Random(1))
    before = [p.data for p in model.parameters()]

    def loss():
        return nn.half_squared_error([model([0.3, -0.7])], [1.0])

    report = gradcheck(loss, parameters=model.parameters(), points=2)
    assert report, f"{report}"
    assert [p.data for p in model.parameters()] == before
    assert {p.grad for p in model.parameters()} == {0}, "no gradient of the user's is touched"
    assert [v.input for v in report.verdicts][:2] == ["parameter 1", "parameter 2"]


def test_parameters_come_after_inputs_and_are_put_back_after_an_error():
    weight = Value(2.0, label="w")
    report = gradcheck(lambda x: weight * x, 3.0, parameters=[weight])
    assert [(v.input, v.analytic) for v in report.verdicts] == [("x", 2.0), ("w", 3.0)]

    def fails(x):
        if weight.data != 2.0:
            raise KeyError("moved")
        return weight * x

    with pytest.raises(KeyError):
        gradcheck(fails, 3.0, parameters=[weight])
    assert weight.data == 2.0


@pytest.mark.parametrize("wrong", [[1.0], [Value(1.0) * 2], [Value(1j)]])
def test_wrong_parameters_are_refused(wrong):
    with pytest.raises(TypeError, match="gradcheck"):
        gradcheck(lambda: Value(0.0), parameters=wrong)


def test_a_parameter_given_twice_is_refused():
    weight = Value(1.0)
    with pytest.raises(TypeError, match="twice"):
        gradcheck(lambda: weight * 2, parameters=[weight, weight])


def test_the_second_order_checks_the_gradient_of_the_gradient():
    report = gradcheck(lambda x, y: autograd.sin(x * y), 0.5, 2.0, order=2)
    assert report, f"{report}"
    assert [v.name for v in report.verdicts] == [
        "x", "y", "d/dx by x", "d/dx by y", "d/dy by x", "d/dy by y",
    ]  # fmt: skip
    # By hand: d2/dx2 sin(x y) = -y y sin(x y).
    assert report.verdicts[2].analytic == pytest.approx(-4 * math.sin(1), rel=1e-12)


def test_the_second_order_names_the_rule_that_loses_it():
    @primitive
    def sine(x):
        return autograd.sin(x), (autograd.cos(x.detach() if isinstance(x, Value) else x),)

    assert gradcheck(lambda x: sine(x * x), 0.5), "the first derivative is right"
    report = gradcheck(lambda x: sine(x * x), 0.5, order=2)
    assert verdicts(report) == ["ok", "wrong"]
    assert report.guilty is not None
    assert (report.guilty.rule, report.guilty.partial) == ("sine", 0)
    assert report.guilty.mistake == "missing"


def test_random_points_find_what_the_point_given_hides():
    @primitive
    def nearly(x):
        return x**4, (4 * x**2,)  # right at 1, and at 0

    assert gradcheck(nearly, 1.0)
    report = gradcheck(nearly, 1.0, points=5)
    (verdict,) = report.verdicts
    assert verdict.verdict == "wrong"
    assert verdict.at != 1.0
    assert gradcheck(nearly, 1.0, points=5) == report, "the points are the same at every run"
    assert gradcheck(nearly, 1.0, points=5, seed=1) != report


def test_random_points_stay_in_the_domain():
    report = gradcheck(lambda x: autograd.log(x) + autograd.asin(x), 1e-3, points=20)
    assert verdicts(report) == ["ok"], f"{report}"


def test_a_tolerance_of_ones_own():
    def cube(slope):
        return primitive(lambda x: (x**3, (slope * x**2,)))

    assert verdicts(gradcheck(cube(3.02), 2.0)) == ["wrong"]
    assert verdicts(gradcheck(cube(3.02), 2.0, rtol=0.01)) == ["ok"]
    assert verdicts(gradcheck(cube(3.02), 2.0, atol=0.1)) == ["ok"]
    assert verdicts(gradcheck(cube(3.02), 2.0, rtol=0.001)) == ["wrong"]
    assert verdicts(gradcheck(cube(3), 2.0, rtol=1e-30)) == ["noisy"], "finer than floats are"


def test_a_transform_within_the_function():
    report = gradcheck(lambda x: x * grad(autograd.sin)(x), 0.5)
    assert verdicts(report) == ["ok"], f"{report}"


def test_no_grad_around_the_check_does_not_matter():
    with autograd.no_grad():
        assert verdicts(gradcheck(autograd.tanh, 0.5)) == ["ok"]


# The report


def test_the_report_names_input_and_size_of_the_error():
    @primitive
    def area(width, height):
        return width * height, (height, 2 * width)

    report = gradcheck(area, 3.0, 5.0)
    assert verdicts(report) == ["ok", "wrong"]
    width, height = report.verdicts
    assert (width.input, height.input) == ("width", "height")
    assert (height.analytic, height.relative_error) == (6.0, pytest.approx(0.5))
    assert height.point == (("width", 3.0), ("height", 5.0))
    with pytest.raises(GradientError, match=r"height: area.*2 times what it should be"):
        report.raise_if_failed()


def test_the_remainder_tells_right_from_wrong_by_itself():
    wrong = primitive(lambda x: (autograd.exp(x), (1.001 * autograd.exp(x),)))
    orders = [gradcheck(f, 0.5).verdicts[0].remainder_order for f in (autograd.exp, wrong)]
    # The next term of the expansion is smaller by the step, at most 2 ** -10.
    assert orders == pytest.approx([2, 1], abs=0.01)


def test_a_report_goes_to_json_and_to_html():
    wrong = primitive(lambda x: (x * x, (x,)))
    report = gradcheck(lambda x: wrong(x) + autograd.relu(x - 3), Value(3.0, label="a<b"))
    restored = json.loads(json.dumps(report.as_dict()))
    assert restored["passed"] is False
    assert restored["verdicts"][0]["input"] == "a<b"
    assert restored["guilty"]["operands"] == [["a<b", 3.0]]
    html = report._repr_html_()
    assert "<td>a&lt;b</td>" in html
    assert "a<b" not in html


def test_a_right_report_is_true_and_returned():
    report = gradcheck(lambda x: x.tanh(), 0.5)
    assert report
    assert report.guilty is None
    assert report.raise_if_failed() is report
    assert len(str(report).splitlines()) == 2, "nothing to explain"


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


def test_inputs_of_a_function_without_a_signature_are_counted():
    report = gradcheck(max, 1.0, 2.0)
    assert report
    assert [verdict.input for verdict in report.verdicts] == ["input 1", "input 2"]


def test_a_function_that_ignores_its_inputs_is_refused():
    with pytest.raises(ValueError, match="do not depend on the inputs"):
        gradcheck(lambda x: Value(3.0) * 2, 1.0)


@pytest.mark.parametrize("wrong", [("x",), (1j,), ([],), ()])
def test_wrong_inputs_are_refused(wrong):
    with pytest.raises(TypeError, match="gradcheck"):
        gradcheck(lambda *numbers: 0.0, *wrong)


def test_an_order_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="order 1 or 2, not 3"):
        gradcheck(lambda x: x, 1.0, order=3)


def test_the_function_runs_twice_at_the_point_and_not_again():
    seen = []

    def function(x):
        seen.append(x.data)
        return x * x

    gradcheck(function, 3.0)
    assert seen.count(3.0) == 2, "once to record it, once to see whether it repeats"
    assert len(seen) == len(set(seen)) + 1, "nowhere else twice"


def test_what_is_not_printable_is_escaped_in_one_line():
    name = "a\nb\x1b[31m\u202e\u2028"
    report = gradcheck(autograd.log, Value(-1.0, label=name))
    shown = r"a\nb\x1b[31m\u202e\u2028"
    for text in (str(report), str(report.verdicts[0].edge), report._repr_html_()):
        assert shown in text
        assert all(character.isprintable() or character == "\n" for character in text)
    assert len(str(report).splitlines()) == 3, "the head, one row and one explanation"
    assert report.verdicts[0].input == name, "the data is as it was given"


@pytest.mark.parametrize(
    ("function", "x"), [(autograd.log, -1.0), (autograd.sqrt, 0.0), (autograd.floor, 1.0)]
)
def test_numbers_that_are_not_finite_are_strings_in_json(function, x):
    report = gradcheck(function, x)
    restored = json.loads(json.dumps(report.as_dict(), allow_nan=False))
    (found,), (verdict,) = restored["verdicts"], report.verdicts
    for name in ("analytic", "numeric", "tolerance"):
        number = getattr(verdict, name)
        assert str(float(found[name])) == str(number)
        assert isinstance(found[name], float if math.isfinite(number) else str)


# Many inputs


def of_many_sizes(xs, scales):
    return sum((a * x).sin() * a + x * x for a, x in zip(scales, xs, strict=True))


SCALES = [10.0 ** (position % 5 - 2) for position in range(60)]
NUMBERS = [0.3 + 0.01 * position for position in range(60)]


def test_many_inputs_are_checked_together():
    calls = []

    def function(xs):
        calls.append(1)
        return of_many_sizes(xs, SCALES)

    report = gradcheck(function, NUMBERS)
    assert report, f"{report}"
    assert set(verdicts(report)) == {"ok"}
    assert [v.at for v in report.verdicts] == NUMBERS
    for verdict in report.verdicts:
        assert verdict.relative_error <= 1e-7
    # Alone each would take some 36.
    assert len(calls) < 12 * len(NUMBERS)


@pytest.mark.parametrize("factor", [1 + 1e-6, -1, 0, 1.5])
@pytest.mark.parametrize("position", [0, 59])
def test_no_mistake_hides_among_many(factor, position):
    wrong = primitive(lambda x: (autograd.sin(x), (factor * autograd.cos(x),)))

    def function(xs):
        rest = of_many_sizes([*xs[:position], *xs[position + 1 :]], SCALES[1:])
        return rest + wrong(xs[position])

    report = gradcheck(function, NUMBERS)
    found = [i for i, verdict in enumerate(report.verdicts) if verdict.verdict != "ok"]
    assert found == [position], f"{report}"
    assert report.verdicts[position].verdict == "wrong"
    assert report.guilty is not None


def test_many_inputs_beside_a_large_number_are_not_passed_unseen():
    # The result is rounded by 1e-8, so that differences alone do not show a mistake of 1e-6.
    wrong = primitive(lambda x: (x * x, (2 * x * (1 + 1e-6),)))

    def function(xs):
        return sum(x * x for x in xs[:-1]) + wrong(xs[-1]) + 1e8

    report = gradcheck(function, NUMBERS)
    found = [i for i, verdict in enumerate(report.verdicts) if verdict.verdict != "ok"]
    assert found == [len(NUMBERS) - 1], f"{report}"


def test_mistakes_that_cancel_do_not_hide_among_many():
    swapped = primitive(lambda x, y: (2 * x + y, (1, 2)))

    def function(xs):
        return swapped(xs[3], xs[4]) + of_many_sizes(xs[5:], SCALES[5:]) + sum(xs[:3])

    report = gradcheck(function, NUMBERS)
    found = [i for i, verdict in enumerate(report.verdicts) if verdict.verdict == "wrong"]
    assert found == [3, 4], f"{report}"


SPREAD = [math.sin(7.0 * position) / (1 + position % 9) for position in range(20)]


@autograd.primitive
def almost_a_cube(x):
    return x**3, (3 * x**2 * (1 + 1e-6),)


@pytest.mark.parametrize(
    "function",
    [
        lambda xs: sum(x * x for x in xs),
        lambda xs: sum(x**3 for x in xs) * 1e6 + 1e9,
        lambda xs: sum(100 * (y - x * x) ** 2 for x, y in pairwise(xs)),
        lambda xs: sum(abs(x - 0.25) for x in xs),
        lambda xs: autograd.tanh(autograd.dot(xs, SPREAD)),
        lambda xs: sum(xs[1:], almost_a_cube(xs[0])),
        lambda xs: sum(map(almost_a_cube, xs[5:8]), sum(x * x * 1e-9 for x in xs)),
        lambda xs: autograd.floor(sum(xs) * 10),
        lambda xs: sum(x * 10.0 ** -(i % 12) for i, x in enumerate(xs)),
    ],
)
def test_the_verdicts_together_are_those_of_each_input_alone(function, monkeypatch):
    module = sys.modules["autograd.checking.gradcheck"]
    # Few groups fail where there are so few inputs.
    monkeypatch.setattr(module, "_FAILURES", 3)
    tolerances = (None, 1e-4)
    together = [verdicts(gradcheck(function, SPREAD, rtol=rtol)) for rtol in tolerances]
    monkeypatch.setattr(module, "_MANY", math.inf)
    assert together == [verdicts(gradcheck(function, SPREAD, rtol=rtol)) for rtol in tolerances]


def test_a_narrow_tolerance_is_kept_among_many():
    nearly = primitive(lambda x: (x**3, (3 * x**2 * (1 + 5e-9),)))
    numbers = [1 + math.sin(position) / 2 for position in range(20)]
    assert gradcheck(lambda xs: sum(map(nearly, xs)), numbers, rtol=1e-7)
    report = gradcheck(lambda xs: sum(map(nearly, xs)), numbers, rtol=1e-9)
    assert "ok" not in verdicts(report), f"{report}"


def test_a_line_tells_of_all_inputs_whose_share_is_large_enough():
    """Small numbers among hundreds of squares are nearly lost in the rounding of the sum."""
    calls = []

    def squares(xs):
        calls.append(1)
        return sum(x * x for x in xs)

    assert gradcheck(squares, [1e-3 + math.sin(position) for position in range(400)])
    assert len(calls) < 500, "each input alone takes 66 calls"


def test_a_rule_that_is_wrong_everywhere_is_found_by_few_lines():
    calls = []

    def cubes(xs):
        calls.append(1)
        return sum(map(almost_a_cube, xs))

    report = gradcheck(cubes, [1.5 + math.sin(position) for position in range(100)])
    assert set(verdicts(report)) == {"wrong"}
    for verdict in report.verdicts:
        assert math.isclose(verdict.numeric, 3 * verdict.at**2, rel_tol=1e-7)
        assert verdict.edge.rule == "almost_a_cube"
    assert len(calls) < 3000, "each input alone takes 76 calls"


def test_inputs_without_influence_are_told_from_a_missing_path():
    def function(xs):
        return sum(x * 0 for x in xs[:50]) + xs[50].detach() * 1e-3 + sum(xs[51:])

    report = gradcheck(function, NUMBERS)
    found = [i for i, verdict in enumerate(report.verdicts) if verdict.verdict != "ok"]
    assert found == [50], f"{report}"


def test_kinks_among_many_are_named():
    at_kink = [*NUMBERS]
    at_kink[7] = at_kink[50] = 0.0
    report = gradcheck(lambda xs: sum(autograd.relu(x) for x in xs), at_kink)
    found = [i for i, verdict in enumerate(report.verdicts) if verdict.verdict == "kink"]
    assert (found, bool(report)) == ([7, 50], True), f"{report}"


def test_many_inputs_with_a_tolerance_of_ones_own():
    assert not gradcheck(lambda xs: of_many_sizes(xs, SCALES), NUMBERS, rtol=1e-30)
    assert gradcheck(lambda xs: of_many_sizes(xs, SCALES), NUMBERS, rtol=1e-5)


def test_two_steps_tell_how_the_remainder_shrinks():
    """Rounding leaves a remainder at these two alone, and one of them would tell nothing."""
    curve = Curve(0.0, math.exp)
    samples = [Sample(step, math.exp(-step), math.exp(step)) for step in (0.1, 0.05)]
    for count, order in ((2, 2.0), (1, None)):
        few = replace(slopes_of(curve), samples=tuple(samples[:count]))
        shrinks = remainder_order(curve, 1.0, few)
        assert (shrinks if shrinks is None else round(shrinks, 1)) == order


def test_of_two_mistakes_the_larger_is_the_graver_beside_its_tolerance():
    """A distance of ten tolerances is worse than one of two, however small the numbers are."""
    check = gradcheck(lambda x: x * x, 3.0).verdicts[0]
    far = replace(check, verdict="wrong", analytic=1.0 + 1e-5, numeric=1.0, tolerance=1e-6)
    near = replace(check, verdict="wrong", analytic=1.0 + 2e-2, numeric=1.0, tolerance=1e-2)
    assert far.is_worse_than(near)
    assert not near.is_worse_than(far)
