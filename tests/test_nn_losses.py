"""Probabilities as targets and as predictions, and wrong targets in every mode."""

import math
import random
from fractions import Fraction
from functools import cache

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
import nn
from autograd import Value, gradcheck

CROSS_ENTROPY = nn.softmax_cross_entropy
COMPILED = autograd.compile(CROSS_ENTROPY)
LOGITS = [0.5, -1.0, 2.0]
shares = st.lists(st.integers(0, 5), min_size=3, max_size=3).filter(any)

# The classes of a target as probabilities


def by_hand(logits, target):
    """The loss, and its gradients by the logits and by the probabilities, to 15 digits."""
    with mpmath.workdps(30):
        whole = mpmath.log(mpmath.fsum(map(mpmath.exp, logits)))
        logs = [whole - x for x in logits]
        loss = mpmath.fsum(t * x for t, x in zip(target, logs, strict=True))
        by_logits = [mpmath.exp(-x) - t for t, x in zip(target, logs, strict=True)]
        return [float(x) for x in (loss, *by_logits, *logs)]


MODES = ["eager", "lanes", "compiled", "compiled lanes", "array"]


def found_in(mode, logits, target):
    """What `by_hand` returns, in lanes that are all alike of the first."""
    if mode.startswith("compiled"):
        arguments = [list(logits), list(target)]
        if mode == "compiled lanes":
            arguments = [[np.full(4, x) for x in numbers] for numbers in arguments]
        loss, (by_logits, by_target) = COMPILED.value_and_grad(*arguments)
        if mode == "compiled lanes":
            # They are those of the mean over the lanes.
            by_logits, by_target = ([4 * x for x in xs] for xs in (by_logits, by_target))
    else:
        shape = 4 if mode == "lanes" else ()
        xs, ts = ([Value(np.full(shape, x)) for x in numbers] for numbers in (logits, target))
        output = CROSS_ENTROPY(xs, np.array(target) if mode == "array" else ts)
        output.backward()
        loss, by_logits, by_target = output.data, [x.grad for x in xs], [t.grad for t in ts]
        if mode == "array":
            by_target = by_hand(logits, target)[-3:]
    return [float(np.ravel(number)[0]) for number in (loss, *by_logits, *by_target)]


@pytest.mark.parametrize("mode", MODES)
@given(st.lists(st.floats(-20, 20), min_size=3, max_size=3), shares)
def test_probabilities_of_classes_are_weights_of_their_losses(mode, logits, counts):
    target = [count / sum(counts) for count in counts]
    found, expected = found_in(mode, logits, target), by_hand(logits, target)
    # Some ten roundings of numbers up to 40.
    assert found == pytest.approx(expected, rel=0, abs=10 * 40 * 2.0**-52)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("offset", [0.0, 1e8])
def test_one_hot_targets_keep_the_digits_of_a_small_loss(mode, offset):
    logits = [offset + 40.0, offset, offset + 1.0]
    small = math.exp(-40) + math.exp(-39)
    found = found_in(mode, logits, [1.0, 0.0, 0.0])
    assert found[0] == pytest.approx(small, rel=1e-13)
    assert found[1:4] == pytest.approx([-small, math.exp(-40), math.exp(-39)], rel=1e-13)


HOT = [
    [0, 1, 0],
    (0.0, 1.0, 0.0),
    [False, True, False],
    np.array([0, 1, 0]),
    np.array([False, True, False]),
    np.array([0, 1, 0], "f4"),
    [np.int64(0), np.uint8(1), np.float32(0)],
]


@pytest.mark.parametrize("target", HOT, ids=repr)
def test_one_hot_targets_are_their_class_to_the_bit(target):
    logits, others = ([Value(x) for x in LOGITS] for _ in range(2))
    loss, expected = CROSS_ENTROPY(logits, target), CROSS_ENTROPY(others, 1)
    loss.backward()
    expected.backward()
    assert loss.data == expected.data
    assert [x.grad for x in logits] == [x.grad for x in others]


def test_rows_of_an_array_are_targets_of_the_points_in_lanes():
    points = np.array([LOGITS, [1.0, 0.0, 3.0], [0.0, 0.0, 0.0]])
    rows = np.array([[0.0, 1.0, 0.0], [0.25, 0.25, 0.5], [1.0, 0.0, 0.0]])
    lanes = [Value(column) for column in points.T]
    alone = [CROSS_ENTROPY(list(x), list(t)) for x, t in zip(points, rows, strict=True)]
    assert CROSS_ENTROPY(lanes, rows).data == pytest.approx(np.array(alone), rel=1e-14)
    # As many numbers as points are their classes, though there are as many classes as points.
    classes = [CROSS_ENTROPY(list(x), t) for x, t in zip(points, [1, 2, 0], strict=True)]
    found = CROSS_ENTROPY(lanes, np.array([1, 2, 0])).data
    assert found == pytest.approx(np.array(classes), rel=1e-14)


@pytest.mark.parametrize("target", [[1, 0, 0], [0, 1, 0, 0], np.array([0, 1, 0, 0])], ids=repr)
def test_numbers_that_may_be_of_points_or_of_classes_are_refused(target):
    lanes = [Value(np.ones(3)) for _ in range(3)]
    with pytest.raises(ValueError, match="the target of one prediction is one number"):
        CROSS_ENTROPY(lanes, target)


def test_a_share_that_is_nearly_none_has_its_part():
    target = [1.0, 1e-6, 0.0]
    logits = [Value(0.0), Value(-1e6), Value(0.0)]
    assert CROSS_ENTROPY(logits, target).data == pytest.approx(math.log(2) + 1, rel=1e-5)


def test_rows_of_logits_are_taken_one_by_one():
    rows = [[Value(1.0), Value(2.0)]] * 2
    with pytest.raises(ValueError, match=r"one prediction: for rows of them write autograd.mean"):
        CROSS_ENTROPY(rows, [0, 1])


@pytest.mark.parametrize("loss", [nn.mean_squared_error, nn.binary_cross_entropy])
def test_a_list_of_targets_beside_lanes_is_told_to_be_an_array(loss):
    lanes = Value(np.array([0.25, 0.5, 0.75]))
    with pytest.raises(ValueError, match=r"targets of many points are an array, numpy.array\(tar"):
        loss(lanes, [0.0, 1.0, 1.0])
    assert loss(lanes, np.array([0.0, 1.0, 1.0])).data.shape == (3,)


def test_a_class_that_is_left_out_has_no_part_in_the_loss():
    half = [-0.5, 0.0, 0.5]
    for target in ([1, 0, 0], [Value(1.0), 0.0, 0.0]):
        logits = [Value(0.0), Value(-math.inf), Value(0.0)]
        loss = CROSS_ENTROPY(logits, target)
        loss.backward()
        assert loss.data == pytest.approx(math.log(2), rel=1e-15)
        assert [x.grad for x in logits] == half
    assert CROSS_ENTROPY([Value(0.0), Value(-math.inf)], [0.5, 0.5]).data == math.inf


WRONG_SHARES = [
    ([0.25, 0.25, 0.25], "have the sum 1, not 0.75"),
    ([0, 0, 0], "have the sum 1, not 0"),
    ([1, 1, 0], "have the sum 1, not 2"),
    ([2.0, -1.0, 0.0], "a probability, from 0 to 1, not 2.0"),
    ([0.0, 1.5, -0.5], "a probability, from 0 to 1, not 1.5"),
    ([math.nan, 1.0, 0.0], "a probability, from 0 to 1, not nan"),
    ([math.inf, 0.0, 0.0], "a probability, from 0 to 1, not inf"),
]


@pytest.mark.parametrize(("target", "words"), WRONG_SHARES)
def test_numbers_that_are_no_probabilities_of_classes_are_refused(target, words):
    lanes = [Value(np.array([x, 1.0])) for x in LOGITS]
    good = [1.0, 0.0, 0.0]
    for logits, wrong in (
        (LOGITS, target),
        (LOGITS, np.array(target)),
        (list(map(Value, LOGITS)), list(map(Value, target))),
        (lanes, np.array([good, target])),
    ):
        with pytest.raises(ValueError, match=words):
            CROSS_ENTROPY(logits, wrong)
    assert math.isnan(COMPILED(LOGITS, target))
    assert not math.isnan(COMPILED(LOGITS, good))


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("container", [list, np.array])
def test_fit_takes_one_hot_targets(compiled, container):
    draw = random.Random(0)
    points = [[draw.uniform(-1, 1) for _ in range(2)] for _ in range(12)]
    classes = [draw.randrange(3) for _ in points]
    hot = container([[float(k == c) for k in range(3)] for c in classes])
    found = []
    for targets in (classes, hot):
        model = nn.MLP(2, [4, 3], activation="tanh", rng=random.Random(1))
        optimizer = nn.SGD(model.parameters(), 0.1)
        call = {"loss": CROSS_ENTROPY, "optimizer": optimizer, "epochs": 4, "compiled": compiled}
        found.append(nn.fit(model, points, targets, **call).losses)
    assert found[1] == pytest.approx(found[0], rel=1e-13)
    hot[5][0] += 0.5
    with pytest.raises(ValueError, match=r"have the sum 1, not 1.5|from 0 to 1, not 1.5"):
        nn.fit(model, points, hot, **call)


# Binary cross-entropy of probabilities


@given(st.lists(st.tuples(st.floats(1e-9, 1 - 1e-9), st.floats(0, 1)), min_size=1, max_size=4))
def test_binary_cross_entropy_is_its_formula(pairs):
    terms = [t * mpmath.log(p) + (1 - t) * mpmath.log1p(-p) for p, t in pairs]
    predictions, targets = map(list, zip(*pairs, strict=True))
    loss = nn.binary_cross_entropy([Value(p) for p in predictions], targets)
    expected = float(-mpmath.fsum(terms) / len(terms))
    assert loss.data == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("target", [0, 0.25, 1])
def test_binary_cross_entropy_is_that_of_the_logits(target):
    logit = Value(0.7)
    loss = nn.binary_cross_entropy(autograd.sigmoid(logit), target)
    assert loss.data == pytest.approx(nn.binary_cross_entropy_with_logits(0.7, target), rel=1e-14)
    assert gradcheck(lambda p: nn.binary_cross_entropy(p, target), 0.3)


@pytest.mark.parametrize("compiled", [False, True])
def test_probabilities_at_their_bounds(compiled):
    at = autograd.value_and_grad(lambda pair: nn.binary_cross_entropy(*pair))
    if compiled:
        at = autograd.compile(lambda pair: nn.binary_cross_entropy(*pair)).value_and_grad
    for pair, loss, slope in (
        ([1.0, 1.0], 0.0, -1.0),
        ([0.0, 0.0], 0.0, 1.0),
        ([0.0, 1.0], math.inf, -math.inf),
        ([1.0, 0.0], math.inf, math.inf),
    ):
        found, slopes = at(pair)
        assert (found, slopes[0]) == (loss, slope)


@pytest.mark.parametrize("wrong", [1.5, -0.5, math.nan, math.inf, Fraction(3, 2)])
def test_predictions_that_are_no_probabilities_are_refused(wrong):
    with pytest.raises(ValueError, match=r"a prediction of binary.*from 0 to 1.*with_logits\(\)"):
        nn.binary_cross_entropy(Value(wrong), 1.0)
    with pytest.raises(ValueError, match="a prediction of binary_cross_entropy"):
        nn.binary_cross_entropy(Value(np.array([0.5, float(wrong)])), 1.0)
    assert math.isnan(autograd.compile(nn.binary_cross_entropy)(float(wrong), 1.0))


# Targets whose numbers are not known while a program is recorded

WRONG = [
    *((nn.hinge, 0.5, label, 1.0) for label in (0.0, 0.5, 2.0, -2.0, math.inf, math.nan)),
    *(
        (loss, 0.5, target, 1.0)
        for loss in (nn.binary_cross_entropy_with_logits, nn.binary_cross_entropy)
        for target in (-1.0, 2.0, 1.0000001, -1e-9, math.inf, math.nan)
    ),
    *((loss, 0.5, math.nan, 1.0) for loss in (nn.mean_squared_error, nn.half_squared_error)),
    *((CROSS_ENTROPY, LOGITS, i, 2.0) for i in (3.0, -1.0, 0.5, math.nan, math.inf, -math.inf)),
]


@cache
def program_of(loss, how):
    if how == "jax":
        return pytest.importorskip("jax", reason="JAX is not installed").jit(loss)
    return autograd.compile(loss, backend=how)


@pytest.mark.parametrize("how", ["native", "python", "jax"])
@pytest.mark.parametrize(("loss", "prediction", "wrong", "right"), WRONG)
def test_a_wrong_target_of_a_program_makes_its_loss_nan(loss, prediction, wrong, right, how):
    fast = program_of(loss, how)
    # JAX computes in single precision, where a target a little too large may be right.
    assert math.isnan(fast(prediction, wrong)) or (how == "jax" and abs(wrong) < 1.001)
    expected = loss(prediction, right)
    assert float(fast(prediction, right)) == pytest.approx(expected, rel=1e-6)
    if how != "jax":
        lanes = [np.full(2, x) for x in np.ravel(prediction)]
        many = lanes if loss is CROSS_ENTROPY else lanes[0]
        assert np.isnan(fast(many, np.array([right, wrong]))).tolist() == [False, True]
