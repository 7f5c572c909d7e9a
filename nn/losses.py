"""Losses: each is a Value that is 0, or smallest, when the prediction is right.

Lists may be nested, with one row for each sample. The target of a single prediction may be in a
list of one, as in a column of targets. The outputs of a model for an array of points, a list with
the lanes of each output, are compared with an array of targets that has a row for each point.

Targets that make no sense for a loss raise ValueError: nan, a class that does not exist, or a label
that the loss does not know. While `autograd.compile` records a function, targets among its
arguments have no numbers yet: there, a target that makes no sense makes the loss nan. `fit` raises,
compiled or not.
"""

import math
from functools import reduce
from typing import Any

import autograd
from autograd import (
    Value,
    exp,
    expm1,
    log,
    log1p,
    maximum,
    mean,
    no_grad,
    relu,
    select,
    softplus,
    where,
)
from autograd.slips import answers_slips
from nn.checks import as_python
from nn.data import by_position, features
from nn.targets import (
    NUMBER,
    SIGN,
    WHOLE,
    Rule,
    checked,
    checked_target,
    class_of,
    number_of,
    probability,
)


@answers_slips
def half_squared_error(predictions: Any, targets: Any) -> Value:
    """The sum of (prediction - target)^2 / 2, whose derivative is prediction - target.

    Args:
        predictions: a number or Value, or a list of them.
        targets: a number for each prediction.

    Raises ValueError for a different number of targets, and for a target that is nan.

    >>> half_squared_error(Value(0.163), 1.0).data
    0.3502845
    """
    return autograd.sum([(p - t) ** 2 / 2 for p, t in _pairs(predictions, targets, NUMBER)])  # type: ignore[no-any-return]


@answers_slips
def mean_squared_error(predictions: Any, targets: Any) -> Value:
    """The mean of (prediction - target)^2.

    Arguments and errors are those of `half_squared_error`.

    >>> mean_squared_error([Value(1.0), Value(4.0)], [0.0, 2.0]).data
    2.5
    """
    return mean([(p - t) ** 2 for p, t in _pairs(predictions, targets, NUMBER)])  # type: ignore[no-any-return]


@answers_slips
def hinge(scores: Any, labels: Any) -> Value:
    """The mean of max(0, 1 - label * score), the max-margin loss.

    Args:
        scores: a number or Value, or a list of them.
        labels: a number for each score, -1 or 1.

    Raises ValueError for a different number of labels, and for any other label.

    >>> hinge([Value(0.5), Value(-3.0)], [1, -1]).data
    0.25
    """
    pairs = _pairs(scores, labels, SIGN)
    return mean([relu(1 - label * score) for score, label in pairs])  # type: ignore[no-any-return]


@answers_slips
def binary_cross_entropy_with_logits(logits: Any, targets: Any) -> Value:
    """The mean of -target * log(p) - (1 - target) * log(1 - p), with p = sigmoid(logit).

    It is computed as target * softplus(-logit) + (1 - target) * softplus(logit), which neither
    overflows nor loses digits.

    Args:
        logits: a number or Value, or a list of them.
        targets: a probability for each logit, from 0 to 1.

    Raises ValueError for a different number of targets, and for one that is not a probability.

    >>> binary_cross_entropy_with_logits(Value(0.0), 1.0).data
    0.6931471805599453
    """
    rule = probability("a target of binary_cross_entropy_with_logits()", _AS_PROBABILITY)
    pairs = _pairs(logits, targets, rule)
    return mean([t * softplus(-x) + (1 - t) * softplus(x) for x, t in pairs])  # type: ignore[no-any-return]


@answers_slips
def binary_cross_entropy(probabilities: Any, targets: Any) -> Value:
    """The mean of -target * log(p) - (1 - target) * log(1 - p).

    If p is a sigmoid, `binary_cross_entropy_with_logits` keeps more digits. If p is 0 for a target
    of 1, or 1 for a target of 0, the loss is infinite.

    Args:
        probabilities: a number or Value from 0 to 1, or a list of them.
        targets: a probability for each of them.

    Raises ValueError for a different number of targets, and for numbers that are not probabilities.

    >>> binary_cross_entropy(Value(0.5), 1.0).data
    0.6931471805599453
    """
    rule = probability("a target of binary_cross_entropy()", _AS_PROBABILITY)
    pairs = _pairs(probabilities, targets, rule)
    of_prediction = probability("a prediction of binary_cross_entropy()", _AS_LOGIT)
    pairs = [(checked(p, of_prediction), t) for p, t in pairs]
    losses = [0.0 - _times_log(t, p, log) - _times_log(1 - t, -p, log1p) for p, t in pairs]
    return mean(losses)  # type: ignore[no-any-return]


_AS_PROBABILITY = "write (target + 1) / 2 for a target of -1 or 1"
_AS_INDEX = "a class may also be given by its index"
_AS_LOGIT = "give logits to binary_cross_entropy_with_logits(), or their sigmoid"


def _times_log(share: Any, number: Any, logarithm: Any) -> Any:
    """share * logarithm(number), and 0 for a share of 0, where the logarithm may be infinite."""
    is_none = share == 0
    # The operand is replaced too, for the derivative of an infinite logarithm times 0 is nan.
    return where(is_none, 0.0, share * logarithm(where(is_none, 0.5, number)))


@answers_slips
def softmax_cross_entropy(logits: Any, target: Any) -> Value:
    """-log of the probability that softmax gives to the right class: log(sum(exp(x - x_target))).

    For a target that gives each class a probability, the mean of these with those weights.

    Args:
        logits: a list of numbers or Values, one for each class.
        target: the index of the right class, or a list with the probability of each class, such
            as [0, 1, 0]. They must sum to 1, within 1e-5 of rounding.

    Raises ValueError for logits that are not a list, or an empty one or one of lists, for several
    targets, for an index that no class has, and for numbers that are not probabilities or do not
    sum to 1.

    >>> softmax_cross_entropy([Value(0.0), Value(0.0)], 1).data
    0.6931471805599453
    >>> softmax_cross_entropy([Value(0.0), Value(0.0)], [0, 1]).data
    0.6931471805599453
    """
    logits = features(logits) if _is_list(logits) else logits
    given, logits = logits, list(logits) if _is_list(logits) else []
    if not logits:
        raise ValueError(
            "softmax_cross_entropy() takes a list of logits, one for each class, "
            f"not {given!r:.200}"
        )
    if any(isinstance(logit, (list, tuple)) for logit in logits):
        raise ValueError(
            "softmax_cross_entropy() takes the logits of one prediction: for rows of them write "
            "autograd.mean([nn.softmax_cross_entropy(row, t) for row, t in zip(rows, targets)]), "
            f"not {given!r:.200}"
        )
    # It is the logarithm of the sum of exp(logit - logit of the target). Of logits with a large
    # offset, a small loss would lose its digits, so differences are taken first; and the target's
    # own part of the sum, which is 1, is never added. The loss is infinite if its logit is -inf.
    shares = _shares(logits, target)
    if (
        shares
        and {int, float, bool}.issuperset(map(type, shares))
        and sorted(shares)[-2:] == [0, 1]
    ):
        # One-hot: a class.
        target, shares = shares.index(1), None
    if shares is None:
        target = checked_target(_target_of(logits[0], target), class_of(len(logits)))
        # A whole number, which may come as a float, and one of two classes as a bool.
        number = as_python(number_of(target))
        target = int(number) if isinstance(number, (bool, float)) else target
        own = select(target, logits)
    else:
        known = [t.detach() if isinstance(t, Value) else t for t in shares]
        pairs = zip(known, logits, strict=True)
        own = autograd.sum([where(t == 0, 0.0, t * logit) for t, logit in pairs])
    is_lost = own == -math.inf
    base = where(is_lost, 0.0, own)
    differences = [logit - base for logit in logits]
    # The largest is subtracted, since exp would overflow. It cancels out, so it needs no gradient.
    with no_grad():
        largest = reduce(maximum, differences)
        own_part = expm1(where(is_lost, -math.inf, 0.0) - largest)
    others = [exp(difference - largest) for difference in differences]
    if shares is None:
        parts = _replaced(others, target, own_part)
    else:
        # A class of probability t has the share t of that 1: a single one has all of it.
        parts = [
            where((t == 1) & (logit == own), own_part, part - t)
            for t, logit, part in zip(known, logits, others, strict=True)
        ]
    loss = where(is_lost, -own, 0.0) + largest + log1p(autograd.sum(parts))
    if shares is not None and any(isinstance(t, Value) for t in shares):
        # The steps above treat the probabilities as fixed. The derivative in each is -log(p).
        slopes = [loss + own - logit for logit in logits]
        loss = loss + autograd.sum(list(map(_zero, shares, slopes)))
    return loss  # type: ignore[no-any-return]


@autograd.primitive
def _zero(x: Any, slope: Any) -> Any:
    """0, with this derivative in x."""
    return 0.0, (slope, 0.0)


def _shares(logits: list[Any], target: Any) -> list[Any] | None:
    """The probability of each class, or None for a target that is an index."""
    if not _is_list(target) or len(logits) == 1:
        return None
    target = by_position(target)
    has_lanes = any(map(_has_lanes, logits))
    shape = getattr(target, "shape", None)
    # In an array of one dimension each lane has an index, in one of two dimensions a row.
    if shape is not None and len(shape) != (2 if has_lanes else 1):
        return None
    shares = list(features(target))
    if len(shares) != len(logits) or (has_lanes and not any(map(_has_lanes, shares))):
        return None
    rule = probability("a number for each class in a target of softmax_cross_entropy()", _AS_INDEX)
    shares = [as_python(checked_target(share, rule)) for share in shares]
    total = autograd.sum(shares)
    checked = checked_target(total, WHOLE)
    if checked is not total:
        # In a program: nan if the sum is not 1.
        shares = [where(checked == checked, share, checked) for share in shares]
    return shares


def _has_lanes(number: Any) -> bool:
    return bool(getattr(number_of(number), "shape", ()))


def _replaced(items: list[Any], index: Any, item: Any) -> list[Any]:
    """The items, with the one at the index replaced; the index may differ from lane to lane."""
    index = (index.data if isinstance(index, Value) else index) % len(items)
    if isinstance(index, int):
        return [*items[:index], item, *items[index + 1 :]]
    return [where(index == i, item, known) for i, known in enumerate(items)]


def _pairs(predictions: Any, targets: Any, rule: Rule) -> list[tuple[Any, Any]]:
    """Each prediction with its target, checked against the rule."""
    if not _is_list(predictions):
        target = checked_target(_target_of(predictions, targets), rule)
        return [(as_python(predictions), as_python(target))]
    predictions, targets = list(by_position(predictions)), by_position(targets)
    if any(isinstance(p, Value) and getattr(p.data, "shape", ()) for p in predictions):
        # A row of an array of targets is a point, but each prediction here is of all points.
        targets = features(targets) if len(getattr(targets, "shape", ())) == 2 else targets
    targets = list(targets) if _is_list(targets) else [targets]
    if len(predictions) != len(targets):
        raise ValueError(
            f"each prediction needs a target: {len(predictions)} predictions "
            f"and {len(targets)} targets were given"
        )
    pairs = zip(predictions, targets, strict=True)
    try:
        return [pair for prediction, target in pairs for pair in _pairs(prediction, target, rule)]
    except RecursionError:
        raise ValueError(
            "lists of predictions are nested too deeply: does one hold itself?"
        ) from None


def _target_of(prediction: Any, target: Any) -> Any:
    """The target of one prediction, which may be in a list of one, or in a column."""
    if not _is_list(target):
        return target
    target = by_position(target)
    # A column of shape (n, 1) and n lanes would give an n by n table of differences.
    lanes = getattr(getattr(prediction, "data", prediction), "shape", ())
    shape = getattr(target, "shape", None)
    if lanes and shape in (lanes, (*lanes, 1)):
        return target if shape == lanes else target[..., 0]
    numbers = list(target)
    if len(numbers) == 1:
        return _target_of(prediction, numbers[0])
    # Numbers of a program that is being recorded have nothing to show.
    is_known = not any(isinstance(number, Value) for number in numbers)
    given = repr(target) if is_known else f"{len(numbers)} numbers"
    advice = ": targets of many points are an array, numpy.array(targets)" if lanes else ""
    raise ValueError(
        "the target of one prediction is one number (for a softmax the index of the class, or a "
        f"probability for each logit in a list), not {given}{advice}"
    )


def _is_list(numbers: Any) -> bool:
    # The items of a dict are its keys, and those of a set have no order.
    if isinstance(numbers, (str, bytes, dict, set, frozenset)):
        return False
    return hasattr(numbers, "__iter__") and getattr(numbers, "shape", None) != ()
