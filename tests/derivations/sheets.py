"""Faultless sheets: every figure is worked out from the rounded figures before it.

A value comes from the rounded values before it. A gradient is a sum over the nodes that a node
leads to, of their rounded gradients times the derivatives at the rounded values. A new weight comes
from its rounded gradient, and the second forward pass starts from the new weights.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import mpmath

from .graphs import PROGRAMS, RATES
from .right_numbers import decimals, digits
from .witness import DIGITS, STEP, computed, leaves_of

# What is worked out; nobody asks for the gradient of an input or a target.
SHEETS = {
    "t1": "w1 w2 w3 w4 w5 w6",
    "t2": "w1 w2 w3 w4 v1 v2",
    "t3": "w1 w2 w3 w4 w5 w6 w7 w8",
    "t4": "w1 w2 w3 w4 w5 w6 w7 w8",
    "xor": "w11 w21 b1 w12 w22 b2 v1 v2 c",
    "sigmoid_neuron": "w b",
    "net_221": "w11 w12 w21 w22 v1 v2",
    "net_232": "w11 w12 b1 w21 w22 b2 w31 w32 b3 v11 v12 v13 c1 v21 v22 v23 c2",
    "net_342": "w11 w12 w13 b1 w21 w22 w23 b2 w31 w32 w33 b3 w41 w42 w43 b4 "
    "v11 v12 v13 v14 c1 v21 v22 v23 v24 c2",
    "net_321": "w11 w12 w13 b1 w21 w22 w23 b2 v1 v2 c",
    "three_layers": "w1 w2 w3",
    "softmax_layer": "w11 w12 w21 w22",
    "bce_soft": "w b",
    "mean_square": "w b",
    "logistic_batch": "w b",
    "recurrent": "w u",
    "recurrent_each": "w u v",
    "attention": "q k1 k2 v1 v2",
}

# Here, the gradient of a weight is also written as one product, with nothing rounded in between.
IN_ONE_GO = ("t1", "t3", "t4", "xor", "net_221", "net_232", "recurrent", "mean_square")

ROUNDINGS: dict[str, Callable[[Any], str]] = {
    f"{count} {name}": lambda x, count=count, rounded=rounded: rounded(x, count)
    for name, rounded in (("digits", digits), ("decimals", decimals))
    for count in (2, 3, 4, 5)
}


# The right figures of published tutorials, each of which follows from those before it.
PUBLISHED = {
    "t2": [
        ("value", {"x1": "1.0", "x2": "1.0", "a1": "0.731", "a2": "0.731", "yk": "0.731"}),
        ("gradient", {"yk": "0.231", "v1": "0.168861", "x1": "0.0227", "w1": "0.0227"}),
        ("new value", dict.fromkeys(("w1", "w2", "w3", "w4"), "0.499773")),
        ("new value", {"v1": "0.49831139", "v2": "0.49831139", "yk": "0.7285"}),
    ],
    "t4": [
        (
            "value",
            {
                "net_h1": "0.3775", "out_h1": "0.593269992", "out_h2": "0.596884378",
                "net_o1": "1.105905967", "out_o1": "0.75136507", "out_o2": "0.772928465",
                "E_o1": "0.274811083", "E_o2": "0.023560026", "E_total": "0.298371109",
            },
        ),
        ("gradient", {"out_o1": "0.74136507", "w5": "0.082167041", "w1": "0.000438568"}),
        (
            "new value",
            {
                "w5": "0.35891648", "w6": "0.408666186", "w7": "0.511301270", "w8": "0.561370121",
                "w1": "0.149780716", "w2": "0.19956143", "w3": "0.24975114", "w4": "0.29950229",
            },
        ),
    ],
}  # fmt: skip


class Sheet(NamedTuple):
    """A faultless sheet: batches of claims of one quantity, in order."""

    program: str
    rounding: str
    batches: list[tuple[str, dict[str, str]]]


def sheets(every: int = 1) -> Iterator[Sheet]:
    """The published sheets, and each network in each rounding; of the latter, one in `every`."""
    for program, batches in PUBLISHED.items():
        yield Sheet(program, "as published", batches)
    chosen = [(program, rounding, False) for program in SHEETS for rounding in ROUNDINGS]
    chosen += [(program, rounding, True) for program in IN_ONE_GO for rounding in ROUNDINGS]
    for program, rounding, in_one_go in chosen[::every]:
        trained, rounded = SHEETS[program].split(), ROUNDINGS[rounding]
        batches = worked_out(program, trained, rounded, in_one_go)
        yield Sheet(program, f"{rounding}, in one go" if in_one_go else rounding, batches)


def worked_out(
    program: str, trained: list[str], rounded: Callable[[Any], str], in_one_go: bool
) -> list[tuple[str, dict[str, str]]]:
    """The batches of a sheet: values, gradients, and new values after the update."""
    given = leaves_of(program)
    values = _forward(program, {}, rounded)
    numbers = {label: mpmath.mpf(text) for label, text in values.items()}
    numbers = {**{label: mpmath.mpf(repr(number)) for label, number in given.items()}, **numbers}
    gradients = _backward(program, numbers, rounded, in_one_go)
    rate = RATES[program]
    new = {
        leaf: rounded(
            mpmath.mpf(repr(given[leaf])) - mpmath.mpf(repr(rate)) * mpmath.mpf(gradients[leaf])
        )
        for leaf in trained
    }
    between = [] if in_one_go else [label for label in reversed(values) if label in gradients]
    return [
        ("value", values),
        ("gradient", {label: gradients[label] for label in (*between, *trained)}),
        ("new value", {**new, **_forward(program, new, rounded)}),
    ]


def _forward(program: str, leaves: dict[str, str], rounded: Callable[[Any], str]) -> dict[str, str]:
    """The results, each computed from the rounded ones before it."""
    found: dict[str, str] = {}

    def name(label: str, number: Any) -> Any:
        if isinstance(number, int | float):
            # The number as it is written, such as 0.35, and not the nearest double.
            return mpmath.mpf(leaves.get(label, repr(number)))
        found[label] = rounded(number)
        return mpmath.mpf(found[label])

    with mpmath.workdps(DIGITS):
        PROGRAMS[program](name)
    return found


def _backward(
    program: str, numbers: dict[str, Any], rounded: Callable[[Any], str], in_one_go: bool
) -> dict[str, str]:
    """The gradients at these numbers, each from those after it, rounded unless `in_one_go`."""
    *before, error = computed(program)
    gradients = {error: mpmath.mpf(1)}
    texts: dict[str, str] = {}
    here = computed(program, fixed=numbers)
    with mpmath.workdps(DIGITS):
        for label in reversed(before):
            sides = [
                computed(program, fixed={**numbers, label: numbers[label] + step})
                for step in (STEP, -STEP)
            ]
            total = mpmath.mpf(0)
            for later in gradients:
                slope = (sides[0][later] - sides[1][later]) / (2 * STEP)
                total += gradients[later] * _by_hand(slope, here[later], numbers[later])
            texts[label] = rounded(total)
            gradients[label] = total if in_one_go else mpmath.mpf(texts[label])
    return texts


def _by_hand(slope: Any, result: Any, rounded: Any) -> Any:
    """A derivative as computed by hand: for sigmoid, tanh and exp, from the rounded result."""
    for derivative in (lambda y: y * (1 - y), lambda y: 1 - y * y, lambda y: y):
        if abs(slope - derivative(result)) < 1e-25:
            return derivative(rounded)
    return slope
