"""Losses against their formulas, optimizers against their definitions."""

import math
import random
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
import nn
from autograd import Value, gradcheck

numbers = st.floats(-20, 20)
LOSSES = [
    nn.half_squared_error,
    nn.mean_squared_error,
    nn.hinge,
    nn.binary_cross_entropy_with_logits,
]


@given(st.lists(st.tuples(numbers, st.sampled_from([-1, 1])), min_size=1, max_size=5))
def test_losses_are_their_formulas(pairs):
    predictions, targets = map(list, zip(*pairs, strict=True))
    count = len(pairs)
    squares = sum((p - t) ** 2 for p, t in pairs)
    margins = sum(max(0.0, 1 - p * t) for p, t in pairs)
    classes = [(t + 1) // 2 for t in targets]
    # log p of the class t: -log(1 + e^-x) for 1, -log(1 + e^x) for 0.
    entropy = sum(math.log1p(math.exp(-p * t)) for p, t in pairs)
    values = [Value(p) for p in predictions]
    close = {"rel": 1e-12, "abs": 1e-12}
    assert nn.half_squared_error(values, targets).data == pytest.approx(squares / 2, **close)
    assert nn.mean_squared_error(values, targets).data == pytest.approx(squares / count, **close)
    assert nn.hinge(values, targets).data == pytest.approx(margins / count, **close)
    loss = nn.binary_cross_entropy_with_logits(values, classes).data
    assert loss == pytest.approx(entropy / count, **close)


@given(st.lists(numbers, min_size=1, max_size=6), st.data())
def test_softmax_cross_entropy_is_its_formula(logits, data):
    target = data.draw(st.integers(0, len(logits) - 1))
    largest = max(logits)
    total = sum(math.exp(x - largest) for x in logits)
    expected = math.log(total) + largest - logits[target]
    values = [Value(x) for x in logits]
    loss = nn.softmax_cross_entropy(values, target)
    loss.backward()
    assert loss.data == pytest.approx(expected, rel=1e-12, abs=1e-12)
    # The gradient by hand: probability, less 1 for the right class.
    by_hand = [math.exp(x - largest) / total - (i == target) for i, x in enumerate(logits)]
    assert [v.grad for v in values] == pytest.approx(by_hand, rel=1e-12, abs=1e-12)


SPREAD = [-800.0, -30.0, -0.5, 0.0, 1e-9, 0.25, 40.0, 700.0]


def precise_softmax_cross_entropy(logits, target):
    """The loss and its gradient to 60 digits, of losses down to exp(-800)."""
    with mpmath.workdps(420):
        total = mpmath.fsum(mpmath.exp(mpmath.mpf(x) - logits[target]) for x in logits)
        slopes = [mpmath.exp(mpmath.mpf(x) - logits[target]) / total for x in logits]
        others = [slope for i, slope in enumerate(slopes) if i != target]
        slopes[target] = -mpmath.fsum(others)
        return [mpmath.log(total), *slopes]


@pytest.mark.parametrize("offset", [0.0, 1e8, -1e8, 1e16])
@pytest.mark.parametrize("mode", ["eager", "native", "python"])
def test_softmax_cross_entropy_keeps_its_digits(mode, offset):
    """At an offset, where a small loss is left, and for a class that is known only at run time."""
    draw = random.Random(5)
    rows = [[draw.choice(SPREAD) + offset for _ in range(3)] for _ in range(20)]
    rows += [[offset] * 3, [offset + 40, offset, offset]]
    if mode != "eager":
        fast = autograd.compile(nn.softmax_cross_entropy, backend=mode)
    for row in rows:
        for target in range(3):
            if mode == "eager":
                values = [Value(x) for x in row]
                loss = nn.softmax_cross_entropy(values, target)
                loss.backward()
                found = [loss.data, *[value.grad for value in values]]
            else:
                loss, (slopes, _) = fast.value_and_grad(row, target)
                found = [loss, *slopes]
            for number, right in zip(
                found, precise_softmax_cross_entropy(row, target), strict=True
            ):
                # Differences of logits that are 800 at most are a rounding of 800 off at most,
                # which changes their exponential by as much of itself; then a few roundings.
                budget = 800 * 2.0**-52 * abs(right) + 2.0**-1022
                assert abs(number - right) <= budget, f"{row}, {target}: {number} for {right}"


@pytest.mark.parametrize("compiled", [False, True])
def test_softmax_cross_entropy_of_classes_that_are_left_out(compiled):
    """A logit of -inf: a class of probability 0, and if it is the right one an infinite loss."""
    function = autograd.value_and_grad(lambda logits: nn.softmax_cross_entropy(logits, 0))
    if compiled:
        function = autograd.compile(
            lambda logits: nn.softmax_cross_entropy(logits, 0)
        ).value_and_grad
    half = [-0.5, 0.0, 0.5]
    loss, slopes = function([0.0, -math.inf, 0.0])
    assert (loss, slopes) == (pytest.approx(math.log(2), rel=1e-15), half)
    loss, slopes = function([-math.inf, 0.0, 0.0])
    assert (loss, slopes) == (math.inf, [-1.0, 0.5, 0.5])


# Two numbers that each loss takes as targets.
PAIRS = dict.fromkeys(LOSSES, (0, 1)) | {nn.hinge: (-1, 1)}


@pytest.mark.parametrize("loss", LOSSES)
def test_gradients_of_losses(loss):
    assert gradcheck(lambda x, y: loss([x, y], PAIRS[loss]), 0.3, -0.4)


def test_cross_entropies_do_not_overflow():
    assert nn.binary_cross_entropy_with_logits(Value(1e308), 0).data == 1e308
    assert nn.softmax_cross_entropy([Value(1e308), Value(-1e308)], 0).data == 0.0


@pytest.mark.parametrize("loss", LOSSES)
def test_predictions_and_targets_must_pair(loss):
    with pytest.raises(ValueError, match="1 predictions and 2 targets"):
        loss([Value(1.0)], [1.0, 2.0])


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8), st.floats(0, 0.9), st.floats(0, 0.1))
def test_sgd_is_its_definition(gradients, momentum, decay):
    parameter, by_hand, velocity = Value(0.5), 0.5, 0.0
    optimizer = nn.SGD([parameter], 0.1, momentum=momentum, weight_decay=decay)
    for gradient in gradients:
        parameter.grad = gradient
        optimizer.step()
        velocity = momentum * velocity + gradient + decay * by_hand
        by_hand = by_hand - 0.1 * velocity
    assert parameter.data == pytest.approx(by_hand, rel=1e-12)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8))
def test_adam_is_that_of_the_paper(gradients):
    parameter, by_hand, mean, square = Value(0.5), 0.5, 0.0, 0.0
    optimizer = nn.Adam([parameter], learning_rate=0.1)
    for step, gradient in enumerate(gradients, start=1):
        parameter.grad = gradient
        optimizer.step()
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        corrected = mean / (1 - 0.9**step), square / (1 - 0.999**step)
        by_hand -= 0.1 * corrected[0] / (math.sqrt(corrected[1]) + 1e-8)
    assert parameter.data == pytest.approx(by_hand, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (lambda p: nn.SGD(p, 0.1, momentum=0.9, weight_decay=0.01), "SGD"),
        (lambda p: nn.Adam(p, learning_rate=0.1, weight_decay=0.01), "Adam"),
    ],
)
def test_optimizers_step_as_those_of_pytorch(ours, theirs):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    options = {"lr": 0.1, "weight_decay": 0.01} | ({"momentum": 0.9} if theirs == "SGD" else {})
    parameter, tensor = Value(1.5), torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
    optimizer, reference = ours([parameter]), getattr(torch.optim, theirs)([tensor], **options)
    for _ in range(10):
        optimizer.zero_grad()
        (parameter**2).sin().backward()
        optimizer.step()
        reference.zero_grad()
        (tensor**2).sin().backward()
        reference.step()
    assert parameter.data == pytest.approx(tensor.item(), rel=1e-12)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: nn.SGD([], 0.1), ValueError, "empty"),
        (lambda: nn.SGD(nn.Neuron(1), 0.1), TypeError, r"model.parameters\(\), not Neuron"),
        (lambda: nn.SGD(nn.Neuron(1).parameters, 0.1), TypeError, r"model.parameters\(\), not"),
        (lambda: nn.SGD(Value(1.0), 0.1), TypeError, r"model.parameters\(\), not Value"),
        (lambda: nn.SGD([1.0], 0.1), TypeError, "a parameter is a Value"),
        (lambda: nn.SGD([Value(1.0) * 2], 0.1), ValueError, "is a leaf"),
        (lambda: nn.Adam([Value(1.0)], betas=0.9), TypeError, "a pair of numbers, .*, not 0.9"),
        (lambda: nn.Adam([Value(1.0)], betas=(0.9,)), TypeError, "a pair of numbers"),
        (lambda: nn.Adam([Value(1.0)], betas=(0.9, "a")), TypeError, "each of betas .*, not 'a'"),
        (lambda: nn.Adam([Value(1.0)], betas=(-0.9, 0.9)), ValueError, "each of betas .*, not -"),
        (lambda: nn.Adam([Value(1.0)], betas=(0.9, 1.0)), ValueError, "is below 1, not 1.0"),
    ],
)
def test_wrong_optimizers_are_refused(make, error, words):
    with pytest.raises(error, match=words):
        make()


OPTIONS = {
    "learning_rate": lambda number: nn.SGD([Value(1.0)], number),
    "momentum": lambda number: nn.SGD([Value(1.0)], 0.1, momentum=number),
    "weight_decay": lambda number: nn.SGD([Value(1.0)], 0.1, weight_decay=number),
    "epsilon": lambda number: nn.Adam([Value(1.0)], epsilon=number),
}


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize(
    ("number", "error", "given"),
    [
        (-0.1, ValueError, "-0.1"),
        (math.nan, ValueError, "nan"),
        ("x", TypeError, "'x'"),
        (None, TypeError, "None"),
        ([0.1], TypeError, r"\[0.1\]"),
        (Value(0.1), TypeError, "Value"),
    ],
    ids=["negative", "nan", "a string", "None", "a list", "a Value"],
)
def test_wrong_options_of_optimizers_are_refused(option, number, error, given):
    with pytest.raises(error, match=f"^{option} is a plain number of at least 0, not {given}"):
        OPTIONS[option](number)


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("number", [0, 0.5, Fraction(1, 2), math.inf])
def test_options_of_optimizers_may_be_any_number(option, number):
    if option != "epsilon" or number:
        OPTIONS[option](number)


@pytest.mark.parametrize("epsilon", [0, 0.0, Fraction(0), np.float32(0), mpmath.mpf("1e-400")])
def test_an_epsilon_of_0_is_refused(epsilon):
    """It would make 0 / 0 of a parameter without influence."""
    with pytest.raises(ValueError, match=r"^epsilon is above 0.*: write 1e-8, or"):
        nn.Adam([Value(1.0)], epsilon=epsilon)
    optimizer = nn.Adam([Value(1.0)])
    with pytest.raises(ValueError, match=r"^epsilon is above 0.*: write 1e-8, or"):
        optimizer.epsilon = epsilon


SCALARS = [np.float16(0.1), np.float32(0.1), np.float64(0.1), np.uint8(0), np.array(0.1, "f4")]


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("number", [*SCALARS, True], ids=repr)
def test_options_are_numbers_of_pythons_own(option, number):
    """At the start, and where a schedule sets them; a coarse one would make parameters coarse."""
    if option == "epsilon" and not number:
        return
    optimizer = OPTIONS[option](number)
    set_later = OPTIONS[option](0.5)
    setattr(set_later, option, number)
    for found in (getattr(optimizer, option), getattr(set_later, option)):
        assert type(found) in (float, int)
        assert found == number
    for changed in (optimizer, set_later):
        changed.parameters[0].grad = 0.3
        changed.step()
        assert type(changed.parameters[0].data) is float


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize(
    ("number", "error"),
    [(-0.1, ValueError), (math.nan, ValueError), ("x", TypeError), (None, TypeError),
     (np.array([0.1]), TypeError), (Value(0.1), TypeError), (Decimal("0.1"), TypeError)],
    ids=repr,
)  # fmt: skip
def test_wrong_options_are_refused_where_they_are_set(option, number, error):
    optimizer = OPTIONS[option](0.5)
    with pytest.raises(error, match=f"^{option} is a plain number of at least 0, not "):
        setattr(optimizer, option, number)
    assert getattr(optimizer, option) == 0.5


def test_betas_are_a_pair_of_numbers_of_pythons_own():
    optimizer = nn.Adam([Value(1.0)], betas=[np.float32(0.5), np.float16(0.25)])
    assert optimizer.betas == (0.5, 0.25)
    optimizer.betas = (np.float32(0.75), 0.5)
    assert list(map(type, optimizer.betas)) == [float, float]
    for wrong, error in ((0.9, TypeError), ((0.9, 1.0), ValueError), ((-0.1, 0.9), ValueError)):
        with pytest.raises(error, match="betas is"):
            optimizer.betas = wrong
    assert optimizer.betas == (0.75, 0.5)


def test_a_term_of_0_is_left_out_as_in_pytorch():
    """Of an infinite number it would be nan."""
    parameter = Value(1.0)
    optimizer = nn.SGD([parameter], 0.1)
    for gradient in (math.inf, 1.0):
        parameter.grad = gradient
        optimizer.step()
        assert parameter.data == -math.inf


def test_a_step_of_fractions_is_exact():
    parameter = Value(Fraction(1, 3))
    parameter.grad = Fraction(2, 3)
    nn.SGD([parameter], Fraction(1, 8)).step()
    assert parameter.data == Fraction(1, 4)


# Gradients that were set

GRADIENTS = [np.uint8(200), np.int8(-100), np.float16(0.1), np.float32(0.1), np.float64(3), True, 7]


@pytest.mark.parametrize("gradient", GRADIENTS, ids=repr)
def test_gradients_of_any_number_are_added_to_and_stepped_by(gradient):
    """Python's own are: of NumPy's whole numbers the sum would overflow, of coarse ones lose."""
    number = float(gradient)
    for whole in (100, 100.0):
        eager, compiled, stepped = Value(1), Value(1), Value(1.0)
        for parameter in (eager, compiled, stepped):
            parameter.grad = gradient
        (eager * whole).backward()
        autograd.compile(lambda x, w=compiled: w * x, parameters=[compiled]).backward(whole)
        nn.SGD([stepped], 1.0).step()
        assert (eager.grad, compiled.grad) == (number + 100, number + 100)
        assert {type(eager.grad), type(compiled.grad)} <= {float, int}
        assert stepped.data == 1.0 - number
        assert type(stepped.data) is float


def test_a_gradient_of_none_is_added_to_as_0():
    """PyTorch clears gradients so."""
    eager, compiled, stepped = Value(2.0), Value(2.0), Value(2.0)
    eager.grad = compiled.grad = stepped.grad = None
    nn.SGD([stepped], 0.1, weight_decay=0.5).step()
    assert stepped.data == 1.9
    (eager * 3.0).backward()
    autograd.compile(lambda x: compiled * x, parameters=[compiled]).backward(3.0)
    assert eager.grad == compiled.grad == 3.0


@pytest.mark.parametrize("gradient", ["x", [1.0], {}, Value(1.0), object], ids=repr)
def test_gradients_that_are_no_numbers_are_refused(gradient):
    parameter = Value(2.0)
    parameter.grad = gradient
    for make in (lambda p: nn.SGD(p, 0.1), nn.Adam):
        with pytest.raises(TypeError, match=r"the grad of a parameter is .*: set it to 0"):
            make([parameter]).step()
    compiled = autograd.compile(lambda x: parameter * x, parameters=[parameter])
    for add in (lambda: (parameter * 3.0).backward(), lambda: compiled.backward(3.0)):
        with pytest.raises(TypeError, match=r"the grad of a Value was set to .*: write"):
            add()
    assert parameter.data == 2.0
    assert parameter.grad is gradient


@pytest.mark.parametrize("number", SCALARS[:3], ids=repr)
def test_data_of_numpys_becomes_a_float_with_a_step(number):
    parameter = Value(1.0)
    parameter.data, parameter.grad = number, 0.3
    nn.SGD([parameter], 0.1).step()
    assert type(parameter.data) is float
    assert parameter.data == float(number) - 0.1 * 0.3


def test_moons_of_coarse_noise_are_floats():
    points, _ = nn.two_moons(3, noise=np.float32(0.5), rng=random.Random(0))
    assert points == nn.two_moons(3, noise=0.5, rng=random.Random(0))[0]
    assert {type(number) for point in points for number in point} == {float}


def test_two_moons_lie_on_their_half_circles():
    points, labels = nn.two_moons(50, noise=0.0, rng=random.Random(0))
    for (x, y), label in zip(points, labels, strict=True):
        center = (1.0, 0.5) if label == 1 else (0.0, 0.0)
        radius = math.hypot(x - center[0], y - center[1])
        assert radius == pytest.approx(1.0)
        assert (y <= 0.5) if label == 1 else (y >= 0)


@pytest.mark.parametrize(
    ("count", "rng", "error", "words"),
    [
        (-1, None, ValueError, "count is a whole number of at least 0, not -1"),
        (1.5, None, ValueError, "not 1.5"),
        (2, 0, TypeError, r"such as random.Random\(0\), not 0"),
    ],
)
def test_wrong_moons_are_refused(count, rng, error, words):
    with pytest.raises(error, match=words):
        nn.two_moons(count, rng=rng)


def test_losses_stay_exact_with_fractions():
    loss = nn.half_squared_error(Value(Fraction(1, 3)), 1)
    assert loss.data == Fraction(2, 9)
    assert autograd.gradients(loss, loss.parents[0].parents[0].parents[0]) == Fraction(-2, 3)


def test_binary_cross_entropy_keeps_its_digits_far_out():
    logit = Value(40.0)
    loss = nn.binary_cross_entropy_with_logits(logit, 1)
    loss.backward()
    # log(1 + e^-40) and its derivative -1 / (1 + e^40): both e^-40 to 17 digits.
    assert loss.data == pytest.approx(math.exp(-40), rel=1e-14)
    assert logit.grad == pytest.approx(-math.exp(-40), rel=1e-14)


@given(st.lists(st.tuples(numbers, st.sampled_from([0, 1])), min_size=1, max_size=5))
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("container", [list, np.array], ids=["list", "array"])
def test_columns_of_targets_are_their_numbers(loss, container, pairs):
    """Targets of shape (n, 1), as PyTorch has them, and predictions of either shape."""
    values = [Value(p) for p, _ in pairs]
    targets = [PAIRS[loss][t] for _, t in pairs]
    column = container([[t] for t in targets])
    expected = loss(values, targets).data
    assert loss(values, column).data == expected
    assert loss([[value] for value in values], column).data == expected
    assert loss([[value] for value in values], container(targets)).data == expected
    assert loss(values[0], column[0]).data == loss(values[0], targets[0]).data


@pytest.mark.parametrize("loss", LOSSES)
def test_rows_of_targets_are_all_their_numbers(loss):
    low, high = PAIRS[loss]
    values, rows = [Value(0.5), Value(-2.0), Value(3.0), Value(0.25)], [[high, low], [low, high]]
    flat = loss(values, [high, low, low, high])
    assert loss([values[:2], values[2:]], rows).data == flat.data
    assert loss([values[:2], values[2:]], np.array(rows)).data == flat.data


@pytest.mark.parametrize("target", [1, [1], np.array(1), np.array([1]), np.array([[1]])], ids=repr)
def test_the_index_of_a_class_may_stand_alone_in_a_list(target):
    logits = [Value(0.5), Value(-0.5)]
    expected = nn.softmax_cross_entropy(logits, 1).data
    assert nn.softmax_cross_entropy(logits, target).data == expected


def test_a_column_beside_lanes_is_no_table():
    lanes = np.array([1.0, 3.0, -2.0])
    column = np.array([[0.0], [1.0], [2.0]])
    expected = nn.half_squared_error(Value(lanes), column[:, 0]).data.tolist()
    assert nn.half_squared_error(Value(lanes), column).data.tolist() == expected


@pytest.mark.parametrize(
    ("loss", "prediction", "target", "words"),
    [
        (nn.mean_squared_error, Value(1.0), [1.0, 2.0], r"is one number .*, not \[1.0, 2.0\]"),
        (nn.mean_squared_error, Value(1.0), np.array([1.0, 2.0]), "is one number .*, not array"),
        (nn.mean_squared_error, Value(1.0), [], r"is one number .*, not \[\]"),
        (nn.hinge, Value(np.ones(2)), np.ones((3, 1)), "is one number .*, not array"),
        (nn.hinge, [[Value(1.0), Value(2.0)]], [1], "2 predictions and 1 targets"),
        (nn.softmax_cross_entropy, [Value(1.0), Value(2.0)], [0, 1, 0], "the index of the class"),
        (nn.softmax_cross_entropy, Value(1.0), 0, "a list of logits, .*, not Value"),
        (nn.softmax_cross_entropy, [], 0, r"a list of logits, .*, not \[\]"),
    ],
)
def test_targets_that_are_no_match_are_refused(loss, prediction, target, words):
    with pytest.raises(ValueError, match=words):
        loss(prediction, target)


@pytest.mark.parametrize("target", ["1", None])
def test_what_is_no_target_is_refused(target):
    with pytest.raises(TypeError, match=f"is a number, not {target!r}: "):
        nn.mean_squared_error(Value(1.0), target)


def test_losses_take_arrays_of_targets_and_lanes():
    assert nn.mean_squared_error([Value(1.0), Value(2.0)], np.array([0.0, 0.0])).data == 2.5
    lanes = nn.half_squared_error(Value(np.array([1.0, 3.0])), np.array([0.0, 1.0]))
    assert lanes.data.tolist() == [0.5, 2.0]
    assert nn.softmax_cross_entropy(np.array([0.0, 0.0]), 0) == pytest.approx(math.log(2))


# Targets that a loss can't mean

WRONG_TARGETS = [
    *((loss, [0.5], math.nan) for loss in LOSSES),
    *((nn.hinge, [0.5], label) for label in (0, 0.5, 2, -2, math.inf, False, Fraction(1, 2), 1j)),
    *(
        (nn.binary_cross_entropy_with_logits, [0.5], target)
        for target in (-1, 2, 1.0000001, -1e-9, math.inf, Fraction(3, 2), 0.5j, mpmath.mpf(2))
    ),
    *(
        (nn.softmax_cross_entropy, [0.5, 1.0, -1.0], target)
        for target in (3, 5, -1, -3, 0.5, 1.5, math.nan, math.inf, -math.inf, 1j, Fraction(1, 2))
    ),
]


@pytest.mark.parametrize(("loss", "numbers", "target"), WRONG_TARGETS)
@pytest.mark.parametrize(
    "wrap", [lambda t: t, lambda t: [t], Value], ids=["plain", "list", "Value"]
)
def test_targets_that_mean_nothing_are_refused(loss, numbers, target, wrap):
    predictions = [Value(number) for number in numbers]
    if loss is not nn.softmax_cross_entropy:
        (predictions,) = predictions
    with pytest.raises(ValueError, match=r"target|label") as caught:
        loss(predictions, wrap(target))
    shown = target if not isinstance(target, bool) else wrap(target)
    assert f"not {getattr(shown, 'data', target)!r}" in str(caught.value)


@pytest.mark.parametrize(("loss", "numbers", "target"), WRONG_TARGETS)
def test_wrong_targets_are_refused_among_lanes(loss, numbers, target):
    if isinstance(target, (complex, mpmath.mpf)):
        pytest.skip("lanes are floats")
    lanes = np.array([1.0, float(target), 1.0])
    predictions = [Value(np.full(3, number)) for number in numbers]
    if loss is not nn.softmax_cross_entropy:
        (predictions,) = predictions
    with pytest.raises(ValueError, match=rf"not {float(target)}: "):
        loss(predictions, lanes)


@pytest.mark.parametrize(
    ("loss", "targets"),
    [
        (nn.mean_squared_error, [0, -1e300, math.inf, True, Fraction(1, 3), np.float32(2)]),
        (nn.hinge, [-1, 1, 1.0, -1.0, True, Fraction(-1), np.int8(-1), mpmath.mpf(1)]),
        (nn.binary_cross_entropy_with_logits, [0, 1, 0.5, True, False, np.True_, Fraction(1, 3)]),
    ],
)
def test_targets_of_any_kind_of_number_are_taken(loss, targets):
    for target in targets:
        expected = loss(Value(0.25), float(target)).data
        assert float(loss(Value(0.25), target).data) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("target", [1, True, np.True_, np.int64(1), np.uint8(1), Value(1)])
def test_a_class_may_be_any_integer(target):
    logits = [Value(0.5), Value(-0.5), Value(1.0)]
    expected = nn.softmax_cross_entropy(logits, 1).data
    assert nn.softmax_cross_entropy(logits, target).data == expected


def test_symbols_are_targets():
    sympy = pytest.importorskip("sympy")
    score, target = sympy.Symbol("s"), sympy.Symbol("t")
    assert nn.mean_squared_error(Value(score), target).data == (score - target) ** 2
    assert nn.hinge(Value(score), target).data.has(target)
    assert nn.binary_cross_entropy_with_logits(Value(score), target).data.has(target)


@pytest.mark.parametrize("wrong", [{0: 1.0}, {1.0}, b"1"], ids=["dict", "set", "bytes"])
def test_what_has_no_order_is_no_list_of_targets(wrong):
    with pytest.raises((TypeError, ValueError)):
        nn.mean_squared_error([Value(1.0)], wrong)
    with pytest.raises(ValueError, match="takes a list of logits"):
        nn.softmax_cross_entropy(wrong, 0)


def test_lists_that_hold_themselves_are_refused():
    predictions, targets = [Value(1.0)], [1.0]
    predictions.append(predictions)
    targets.append(targets)
    with pytest.raises(ValueError, match="hold itself"):
        nn.mean_squared_error(predictions, targets)


# Points in rows

rows_of_points = st.integers(1, 4).flatmap(
    lambda count: st.lists(
        st.lists(numbers, min_size=2, max_size=2), min_size=count, max_size=count
    )
)


@given(rows_of_points)
def test_losses_of_points_in_rows_are_those_of_the_points(rows):
    """Outputs of two neurons over points, square tables of two points included."""
    model = nn.MLP(2, [2], rng=random.Random(0))
    points, targets = np.array(rows), [[(x > 0) * 1.0, (y > 0) * 1.0] for x, y in rows]
    for loss in (nn.half_squared_error, nn.binary_cross_entropy_with_logits):
        together = loss(model(points), np.array(targets)).data
        alone = [loss(model(x), t).data for x, t in zip(rows, targets, strict=True)]
        assert together == pytest.approx(np.array(alone), rel=1e-12, abs=1e-12)
    classes = [int(x > y) for x, y in rows]
    together = nn.softmax_cross_entropy(points, np.array(classes))
    alone = [nn.softmax_cross_entropy(x, t) for x, t in zip(rows, classes, strict=True)]
    assert together == pytest.approx(np.array(alone), rel=1e-12, abs=1e-12)


def test_a_parameter_given_twice_is_refused():
    shared = Value(1.0)
    for make in (lambda p: nn.SGD(p, 0.1), nn.Adam):
        with pytest.raises(ValueError, match="a parameter is given twice"):
            make([shared, Value(1.0), shared])
        assert len(make([Value(1.0), Value(1.0)]).parameters) == 2, "equal ones are not the same"
