"""Losses: each is a Value that is 0, or smallest, if the prediction is right.

Lists may be nested, with one row for each sample. The target of a single prediction may be in a
list of one, as in a column of targets. The outputs of a model for an array of points, a list with
the lanes of each output, are compared with an array of targets that has a row for each point.

Targets that make no sense for a loss raise ValueError: nan, a class that does not exist, or a label
of another kind. While `autograd.compile` records a function, targets among its arguments have no
numbers yet and are not checked: then a class that does not exist makes the loss nan, and other
wrong targets make it wrong. `fit` checks its targets, compiled or not.
"""

import math
from functools import reduce
from typing import Any

import autograd
from autograd import (
    Value,
    exp,
    expm1,
    log1p,
    maximum,
    mean,
    no_grad,
    relu,
    select,
    softplus,
    where,
)
from nn.checks import NUMBER, PROBABILITY, SIGN, Rule, as_python, checked_target, class_of
from nn.data import by_position, features


def half_squared_error(predictions: Any, targets: Any) -> Value:
    """The sum of (prediction - target)^2 / 2, whose derivative is prediction - target.

    Args:
        predictions: a number or Value, or a list of them.
        targets: a number for each prediction.

    Raises ValueError for another number of targets, and for a target that is nan.

    >>> half_squared_error(Value(0.163), 1.0).data
    0.3502845
    """
    return autograd.sum([(p - t) ** 2 / 2 for p, t in _pairs(predictions, targets, NUMBER)])  # type: ignore[no-any-return]


def mean_squared_error(predictions: Any, targets: Any) -> Value:
    """The mean of (prediction - target)^2.

    Arguments and errors are those of `half_squared_error`.

    >>> mean_squared_error([Value(1.0), Value(4.0)], [0.0, 2.0]).data
    2.5
    """
    return mean([(p - t) ** 2 for p, t in _pairs(predictions, targets, NUMBER)])  # type: ignore[no-any-return]


def hinge(scores: Any, labels: Any) -> Value:
    """The mean of max(0, 1 - label * score), the max-margin loss.

    Args:
        scores: a number or Value, or a list of them.
        labels: a number for each score, -1 or 1.

    Raises ValueError for another number of labels, and for any other label.

    >>> hinge([Value(0.5), Value(-3.0)], [1, -1]).data
    0.25
    """
    pairs = _pairs(scores, labels, SIGN)
    return mean([relu(1 - label * score) for score, label in pairs])  # type: ignore[no-any-return]


def binary_cross_entropy_with_logits(logits: Any, targets: Any) -> Value:
    """The mean of -target * log(p) - (1 - target) * log(1 - p), with p = sigmoid(logit).

    It is computed as target * softplus(-logit) + (1 - target) * softplus(logit), which neither
    overflows nor loses digits.

    Args:
        logits: a number or Value, or a list of them.
        targets: a probability for each logit, from 0 to 1.

    Raises ValueError for another number of targets, and for a target that is no probability.

    >>> binary_cross_entropy_with_logits(Value(0.0), 1.0).data
    0.6931471805599453
    """
    pairs = _pairs(logits, targets, PROBABILITY)
    return mean([t * softplus(-x) + (1 - t) * softplus(x) for x, t in pairs])  # type: ignore[no-any-return]


def softmax_cross_entropy(logits: Any, target: int) -> Value:
    """-log of the probability that softmax gives to the right class: log(sum(exp(x - x_target))).

    Args:
        logits: a list of numbers or Values, one for each class.
        target: the index of the right class.

    Raises ValueError for logits that are no list or an empty one, for several targets, and for an
    index that no class has.

    >>> softmax_cross_entropy([Value(0.0), Value(0.0)], 1).data
    0.6931471805599453
    """
    logits = features(logits) if _is_list(logits) else logits
    given, logits = logits, list(logits) if _is_list(logits) else []
    if not logits:
        raise ValueError(
            f"softmax_cross_entropy() takes a list of logits, one for each class, not {given!r}"
        )
    target = _target_of(logits[0], target)
    checked_target(target, class_of(len(logits)))
    # It is the logarithm of the sum of exp(logit - logit of the target). Of logits with a large
    # offset, a small loss would lose its digits, so differences are taken first; and the target's
    # own part of the sum, which is 1, is never added. The loss is infinite if its logit is -inf.
    own = select(target, logits)
    is_lost = own == -math.inf
    base = where(is_lost, 0.0, own)
    differences = [logit - base for logit in logits]
    # The largest is subtracted, since exp would overflow. It cancels out, so it needs no gradient.
    with no_grad():
        largest = reduce(maximum, differences)
        own_part = expm1(where(is_lost, -math.inf, 0.0) - largest)
    others = [exp(difference - largest) for difference in differences]
    parts = _replaced(others, target, own_part)
    return where(is_lost, -own, 0.0) + largest + log1p(autograd.sum(parts))  # type: ignore[no-any-return]


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
    raise ValueError(
        "the target of one prediction is one number (the index of the class, for a softmax), "
        f"not {target!r}"
    )


def _is_list(numbers: Any) -> bool:
    # The items of a dict are its keys, and those of a set have no order.
    if isinstance(numbers, (str, bytes, dict, set, frozenset)):
        return False
    return hasattr(numbers, "__iter__") and getattr(numbers, "shape", None) != ()
