"""check_derivation: what its report says, and what it refuses."""

import json
import math

import pytest
from derivations.networks import labelled_product

from autograd import GradientError, Value, check_derivation

# The report


def test_the_report_prints_and_raises():
    error, w, x, *_ = labelled_product()
    report = check_derivation(error, {w: "-3.75", x: "0.94"})
    assert not report
    lines = str(report).splitlines()
    assert lines[0].split() == ["figure", "claimed", "right", "verdict", "kind"]
    assert lines[1].split() == ["gradient", "of", "w", "-3.75", "3.75", "wrong", "sign"]
    assert "the sign is wrong" in lines[-1]
    with pytest.raises(GradientError, match="the sign is wrong"):
        report.raise_if_failed()
    right = check_derivation(error, {w: "3.75"})
    assert right.raise_if_failed() is right


def test_the_report_is_plain_data_and_html():
    error, w, x, *_ = labelled_product()
    report = check_derivation(error, {w: "-3.75", x: "(h - t) * w"})
    assert json.loads(json.dumps(report.as_dict())) == report.as_dict()
    assert report.as_dict()["verdicts"][0]["kind"] == "sign"
    html = report._repr_html_()
    assert html.startswith("<table>")
    assert "the sign is wrong" in html


@pytest.mark.parametrize("claim", ["-3.75", "1.2345678", "(h - t) * w", "(h + t) * x", "4"])
def test_the_mistake_is_told_without_the_right_number(claim):
    error, w, *_ = labelled_product()
    found = check_derivation(error, {w: claim})[w]
    if found:
        assert found.mistake == ""
    else:
        assert found.mistake
        assert found.message.endswith(f": {found.mistake}")
        assert "3.75" not in found.mistake


# Refusals


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("__import__(h)", "calls no function"),
        ("h.data", ". has no meaning"),
        ("[h)", "[ is closed by ): write ]"),
        ("(lambda: 1)()", ": has no meaning"),
        ("h if t else x", "a condition is missing"),
        ("'h'", "' is out of place"),
        ("h // t", "/ is out of place after h /"),
        ("h * q", "q is not a label: there are E, h, t, w, x"),
        ("sigmoid(h, t)", "takes 1 number"),
        ("gradient(h * t)", "takes one label"),
        ("h *", "something is missing at the end after h *"),
        ("9 ** 9 ** 9", "too large"),
        ("nan", "finite"),
        (math.inf, "finite"),
        (lambda q: q, "takes q, which is not a label"),
        ("1 / 0", "is not a finite number"),
        ("", "there is nothing in it"),
        (" ", "there is nothing in it"),
        ("(h - t * x", "a ( is never closed"),
        ("h - t) * x", "a ) closes nothing"),
        ("(h - t)2", "(…)2 may be a power or a product: write (…)^2 or 2·(…)"),
        ("h x 2", "2 is out of place after h x: a sign is missing"),
        ("h → x", "→ has no meaning in a formula"),
        ("∂h · ∂h/∂w", "∂h alone is not a number"),
        ("sigmod(h)", "the nearest are sigmoid, "),
    ],
)
def test_an_unreadable_claim_is_a_verdict_of_its_own(claim, words):
    error, w, x, *_ = labelled_product()
    report = check_derivation(error, {w: claim, x: "(h - t) * w"})
    assert (report[w].verdict, bool(report[w]), bool(report)) == ("unreadable", False, False)
    assert report[w].message.startswith("gradient of w: ")
    assert words in report[w].message
    assert len(report[w].message) < 200, report[w].message
    assert report[x].verdict == "right"


@pytest.mark.parametrize(
    ("claim", "words"),
    [(True, "not True"), (None, "a claim is a number"), ([1.0], "a claim is a number")],
)
def test_claims_that_are_refused(claim, words):
    error, w, *_ = labelled_product()
    with pytest.raises(TypeError, match=words):
        check_derivation(error, {w: claim})


def test_an_unknown_name_is_answered_with_the_nearest_of_many():
    weights = [Value(0.1 * k, label=f"weight{k}") for k in range(1, 13)]
    found = check_derivation(sum(weights[1:], weights[0]), {"weight3": "weigt3"})["weight3"]
    assert "weigt3 is not a label: the nearest are weight3, " in found.message


@pytest.mark.parametrize(("count", "words"), [(8, "there are a, "), (9, "the nearest are ")])
def test_eight_names_are_listed_and_more_are_not(count, words):
    leaves = [Value(0.1, label=label) for label in "abcdefghi"[:count]]
    found = check_derivation(sum(leaves[1:], leaves[0]), {"a": "q"})["a"]
    assert words in found.message


def test_a_coincidence_of_gradients_alone_is_said_to_be_one():
    w, v = Value(3.0, label="w"), Value(1.5, label="v")
    found = check_derivation(w + v * v, {w: "gradient(v) / 3"})["w"]
    assert found.kind == "coincidence"
    assert "right at these numbers only. Elsewhere it gives " in found.message


def test_nothing_follows_from_an_unreadable_claim():
    error, w, *_, h = labelled_product()
    report = check_derivation(error, {h: "2(h", w: "7.5"})
    assert (report[w].kind, report[w].where) == ("factor", "w"), report[w].message
    news = {w: "w -", "x": "3 - 0.1 * 1.25 * 0.75"}
    given = check_derivation(error, news, of="new value", learning_rate=0.1)
    second = {h: 0.375 * 2.90625}
    later = check_derivation(error, second, of="new value", learning_rate=0.1, given=given)
    assert later, f"an unreadable new weight was trained all the same: {later}"


def test_a_claim_that_explains_a_figure_by_itself_is_refused():
    error, w, *_, h = labelled_product()
    with pytest.raises(ValueError, match="explains gradient of w by itself"):
        check_derivation(error, {w: "gradient(w)"})
    with pytest.raises(ValueError, match="explains h by itself"):
        check_derivation(error, {h: "h + 0"}, of="value")
    with pytest.raises(ValueError, match="explains h by itself"):
        check_derivation(error, {h: lambda h: h}, of="value")
    moved = {w: "w - learning_rate * gradient(w)"}
    assert check_derivation(error, moved, of="new value", learning_rate=0.1)


def test_long_formulas_are_read_or_refused():
    w, x = Value(2.0, label="w"), Value(3.0, label="x")
    assert check_derivation(w * x, {w: " + ".join(["x / 500"] * 500)})
    deep = check_derivation(w * x, {w: "(" * 10_000 + "x" + ")" * 10_000})[w]
    assert deep.verdict == "unreadable"
    assert "too deep to read" in deep.message


def test_a_right_number_that_is_not_finite_is_said():
    x = Value(0.0, label="x")
    found = check_derivation(x.log(), {x: "1"})[x]
    assert (found.verdict, found.kind) == ("wrong", None)
    assert "is inf at these numbers" in found.message


def test_nodes_that_are_refused():
    error, w, *_ = labelled_product()
    with pytest.raises(ValueError, match="has no part in the error"):
        check_derivation(error, {Value(1.0, label="stranger"): "1"})
    with pytest.raises(ValueError, match="none has the label 'w9'"):
        check_derivation(error, {"w9": "1"})
    with pytest.raises(TypeError, match="as a Value"):
        check_derivation(1.0, {w: "1"})
    twins = Value(1.0, label="a") * Value(2.0, label="a")
    with pytest.raises(ValueError, match="2 nodes have the label 'a'"):
        check_derivation(twins, {"a": "1"})
    z = Value(1j, label="z")
    with pytest.raises(TypeError, match="plain numbers"):
        check_derivation(z * 2, {z: "2"})


def test_options_that_are_refused():
    error, w, *_ = labelled_product()
    with pytest.raises(ValueError, match="of is one of"):
        check_derivation(error, {w: "1"}, of="slope")
    with pytest.raises(ValueError, match="give learning_rate="):
        check_derivation(error, {w: "1"}, of="step")
    with pytest.raises(ValueError, match="positive"):
        check_derivation(error, {w: "1"}, learning_rate=0)
    with pytest.raises(ValueError, match="claim their new values too"):
        check_derivation(error, {"h": "1"}, of="new value", learning_rate=0.1)
    other, v, *_ = labelled_product()
    with pytest.raises(ValueError, match="another error"):
        check_derivation(error, {w: "1"}, given=check_derivation(other, {v: "1"}))


def test_changed_data_is_refused():
    error, w, *_ = labelled_product()
    w.data -= 0.1
    with pytest.raises(RuntimeError, match="changed since it was computed"):
        check_derivation(error, {w: "1"})


def test_no_gradient_is_touched():
    error, w, *_ = labelled_product()
    error.backward()
    check_derivation(error, {w: "-3.75"})
    assert w.grad == 3.75


@pytest.mark.parametrize(
    ("chain", "kind", "words"),
    [
        ("o h = 0.741·0.593 = 0.4934", "digits", "does not hold: two digits are swapped, 9 and 3."),
        ("0.741·0.593 = 0.4495", None, "0.4495: the = after it does not hold"),
        ("0.741·0.539 = 0.4394", None, "0.4394: the = after it does not hold"),
    ],
)
def test_a_slip_at_the_end_of_a_chain_is_named(chain, kind, words):
    # 0.741 * 0.593 = 0.439413
    error = Value(0.741, label="o") * Value(0.593, label="h")
    found = check_derivation(error, {error: chain}, of="value")[error]
    assert (found.verdict, found.kind) == ("wrong", kind), found.message
    assert words in found.message
