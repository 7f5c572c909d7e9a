"""Sums of weights times inputs are read off a graph, however they are written."""

import pytest

import autograd
from autograd import Value, primitive
from autograd.notation import is_made_by, products_and_addends, terms, trained_leaves
from autograd.primitive import PRIMITIVES


def leaves():
    return [Value(0.5, label) for label in ("w1", "x1", "w2", "x2", "b")]


SPELLINGS = {
    "dot": lambda w1, x1, w2, x2, b: autograd.dot([w1, w2], [x1, x2], b),
    "sum": lambda w1, x1, w2, x2, b: autograd.sum([w1 * x1, w2 * x2, b]),
    "operators": lambda w1, x1, w2, x2, b: w1 * x1 + w2 * x2 + b,
    "from the right": lambda w1, x1, w2, x2, b: w1 * x1 + (w2 * x2 + b),
    "a dot that starts with a product": lambda w1, x1, w2, x2, b: (
        autograd.dot([w2], [x2], w1 * x1) + b
    ),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_terms_are_those_of_any_spelling(spelling):
    total = SPELLINGS[spelling](*leaves())
    found = terms(total, lambda addend: addend.label is None)
    labels = {(x.label, None if y is None else y.label) for x, y in found}
    assert labels == {("w1", "x1"), ("w2", "x2"), ("b", None)}
    assert len(found) == 3


def test_a_product_that_is_no_part_is_a_term_of_its_own():
    w1, x1, *_, b = leaves()
    h = w1 * x1
    (first, _), (second, _) = terms(h + b, lambda addend: False)
    assert first is h
    assert second is b


def test_a_users_rule_of_the_same_name_is_no_product():
    @primitive
    def mul(x, y):
        return x * y, (y, x)

    product = mul(*leaves()[:2])
    assert products_and_addends(product) == ([], ())
    assert not is_made_by(product, "mul"), "a user's own mul is taken for the one of autograd"


WITH_CONSTANTS = [
    (name, constants)
    for name, rule in PRIMITIVES.items()
    for constants in ({}, dict.fromkeys(rule.constant_names, 2))
    if rule.is_unary and (constants or name != "constant_power")
]


@pytest.mark.parametrize(("name", "constants"), WITH_CONSTANTS)
def test_a_node_is_made_by_its_rule_with_any_constants(name, constants):
    node = PRIMITIVES[name](Value(0.5), **constants)
    others = [other for other in PRIMITIVES if other not in (name, "pow")]
    expected = "pow" if name == "constant_power" else name
    assert is_made_by(node, expected), f"{node.op} is not known as {expected}"
    assert not is_made_by(node, *others), f"{node.op} is taken for another rule"


@pytest.mark.parametrize(
    ("label", "is_trained"),
    [
        *[(label, True) for label in ("w", "w1", "W_j1k", "w'", "w[3]", "weight", "weights.0")],
        *[(label, True) for label in ("b", "b_2", "bias", "biases.1", "output.b", "a.b.W2")],
        *[(label, True) for label in ("wx", "w_x", "Wxh", "wij2", "wα", "bh", "by", "cell.Whh")],
        *[(label, False) for label in ("width", "world", "bit", "best", "beta")],
        *[(label, False) for label in ("x", "t1", "y_i1", "hidden.width", "", None)],
    ],
)
def test_weights_and_biases_are_known_by_their_labels(label, is_trained):
    assert bool(trained_leaves([Value(0.5, label)])) == is_trained


def test_what_was_computed_is_not_trained():
    w = Value(0.5, "w1") * 2
    w.label = "w2"
    assert trained_leaves([w]) == []
