"""Losses: each a Value that is 0, or as low as it gets, where the prediction is right."""

from functools import reduce
from typing import Any

import autograd
from autograd import Value, exp, log, maximum, mean, no_grad, relu, select, softplus


def half_squared_error(predictions: Any, targets: Any) -> Value:
    """The sum of (prediction - target)^2 / 2.

    Args:
        predictions: a number or Value, or a list of them.
        targets: as many numbers.

    Raises ValueError where they are not as many.

    >>> half_squared_error(Value(0.163), 1.0).data
    0.3502845
    """
    return autograd.sum([(p - t) ** 2 / 2 for p, t in _pairs(predictions, targets)])  # type: ignore[no-any-return]


def mean_squared_error(predictions: Any, targets: Any) -> Value:
    """The mean of (prediction - target)^2. Arguments as those of `half_squared_error`.

    >>> mean_squared_error([Value(1.0), Value(4.0)], [0.0, 2.0]).data
    2.5
    """
    return mean([(p - t) ** 2 for p, t in _pairs(predictions, targets)])  # type: ignore[no-any-return]


def hinge(scores: Any, labels: Any) -> Value:
    """The mean of max(0, 1 - label * score), the max-margin loss.

    Args:
        scores: a number or Value, or a list of them.
        labels: as many numbers, each -1 or 1.

    >>> hinge([Value(0.5), Value(-3.0)], [1, -1]).data
    0.25
    """
    return mean([relu(1 - label * score) for score, label in _pairs(scores, labels)])  # type: ignore[no-any-return]


def binary_cross_entropy_with_logits(logits: Any, targets: Any) -> Value:
    """The mean of -target * log(p) - (1 - target) * log(1 - p), with p = sigmoid(logit).

    Computed as target * softplus(-logit) + (1 - target) * softplus(logit), which neither
    overflows nor loses digits.

    Args:
        logits: a number or Value, or a list of them.
        targets: as many probabilities, from 0 to 1.

    >>> binary_cross_entropy_with_logits(Value(0.0), 1.0).data
    0.6931471805599453
    """
    pairs = _pairs(logits, targets)
    return mean([t * softplus(-x) + (1 - t) * softplus(x) for x, t in pairs])  # type: ignore[no-any-return]


def softmax_cross_entropy(logits: Any, target: int) -> Value:
    """-log of the probability that softmax gives to the right class.

    Args:
        logits: a list of numbers or Values, one for each class.
        target: the index of the right class.

    >>> softmax_cross_entropy([Value(0.0), Value(0.0)], 1).data
    0.6931471805599453
    """
    # The largest logit is taken off first, for exp would overflow. It cancels out,
    # so no gradient goes through it.
    logits = list(logits)
    with no_grad():
        largest = reduce(maximum, logits)
    total = autograd.sum([exp(logit - largest) for logit in logits])
    return log(total) + largest - select(target, logits)  # type: ignore[no-any-return]


def _pairs(predictions: Any, targets: Any) -> list[tuple[Any, Any]]:
    if not _is_list(predictions):
        return [(predictions, targets)]
    predictions, targets = list(predictions), list(targets) if _is_list(targets) else [targets]
    if len(predictions) != len(targets):
        raise ValueError(
            f"each prediction needs a target: {len(predictions)} predictions "
            f"and {len(targets)} targets were given"
        )
    return list(zip(predictions, targets, strict=True))


def _is_list(numbers: Any) -> bool:
    return hasattr(numbers, "__iter__")
