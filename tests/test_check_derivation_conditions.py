"""check_derivation: formulas that are right under a condition, which is said, or by coincidence."""

import pytest

from autograd import Value, check_derivation, exp, leaky_relu, log, maximum


def leaves(**numbers):
    return [Value(number, label=label) for label, number in numbers.items()]


def labelled(label, node):
    node.label = label
    return node


def relu_pair():
    """Two units; the second is off."""
    x, w1, w2, v1, v2, t = leaves(x=1.1, w1=0.8, w2=-0.7, v1=0.65, v2=1.45, t=1.9)
    h1 = labelled("h1", labelled("z1", w1 * x).relu())
    h2 = labelled("h2", labelled("z2", w2 * x).relu())
    y = labelled("y", v1 * h1 + v2 * h2)
    return (y - t) ** 2


def unlabelled_kink():
    w, x = leaves(w=2.0, x=1.5)
    return (w * x).relu()


def off_and_leaky():
    w, x, t = leaves(w=-0.85, x=1.3, t=0.4)
    a = labelled("a", leaky_relu(labelled("z", w * x), slope=0.1))
    return (a - t) ** 2 / 2


def absolute_and_maximum():
    a, b, c = leaves(a=1.6, b=0.9, c=1.1)
    return maximum(labelled("p", a * b), c) + labelled("d", a - 2 * b).abs() * c


def on_the_kink():
    w, x = leaves(w=0.0, x=1.5)
    return (w * x).relu() + w * x


def equal_weights():
    """The unit is on, and two weights are equal."""
    w, x, v, u = leaves(w=0.7, x=1.2, v=0.4, u=0.4)
    return v * labelled("z", w * x).relu() + u * x


def softmax(*targets):
    z = leaves(z1=1.2, z2=-0.4, z3=0.7)
    parts = [exp(node) for node in z]
    p = [labelled(f"p{k}", part / sum(parts)) for k, part in enumerate(parts, 1)]
    t = [Value(target, label=f"t{k}") for k, target in enumerate(targets, 1)]
    return -sum(target * log(node) for target, node in zip(t, p, strict=True))


def soft_targets():
    return softmax(0.2, 0.5, 0.3)


def one_hot_targets():
    return softmax(0.0, 1.0, 0.0)


def targets_of_no_distribution():
    return softmax(0.2, 0.5, 0.5)


def weights_that_sum_to_1():
    """They are a layer, and no targets."""
    w1, w2, x1, x2 = leaves(w1=0.4, w2=0.6, x1=1.3, x2=0.7)
    return labelled("h", w1 * labelled("a", exp(x1)) + w2 * labelled("b", exp(x2)))


@pytest.mark.parametrize(
    ("program", "label", "formula", "words"),
    [
        (relu_pair, "w1", "2*(y - t)*v1*x", "while z1 > 0"),
        (relu_pair, "w2", "0 * x", "while z2 < 0"),
        (relu_pair, "x", "2*(y - t)*v1*w1", "while z1 > 0 and z2 < 0"),
        (unlabelled_kink, "w", "x", "while w * x > 0"),
        (off_and_leaky, "w", "(a - t) * 0.1 * x", "while z < 0"),
        (absolute_and_maximum, "a", "b - c", "while d < 0 and p > c"),
        (absolute_and_maximum, "b", "a + 2*c", "while d < 0 and p > c"),
        (soft_targets, "z1", "p1 - t1", "where t1, t2, t3 sum to 1"),
        (one_hot_targets, "z3", "p3 - t3", "where t1, t2, t3 sum to 1"),
        (
            one_hot_targets,
            "z3",
            "p3 - t3**2",
            "where one of t1, t2, t3 is 1 and the others are 0",
        ),
    ],
)
def test_the_condition_is_said(program, label, formula, words):
    found = check_derivation(program(), {label: formula})[label]
    assert (found.verdict, found.message) == ("right", f"right {words}")


@pytest.mark.parametrize(
    ("program", "label", "formula"),
    [
        (equal_weights, "w", "u * x"),
        (equal_weights, "z", "u"),
        (relu_pair, "w1", "2*(y - 1.9)*v1*x"),
        (relu_pair, "v1", "2*(y - t)*w1*1.1"),
        (soft_targets, "z1", "p1 - 0.2"),
        (one_hot_targets, "z1", "p1"),
        (one_hot_targets, "z2", "p2 - 1"),
        (weights_that_sum_to_1, "a", "1 - w2"),
    ],
)
def test_numbers_that_happen_to_be_equal_are_no_condition(program, label, formula):
    found = check_derivation(program(), {label: formula})[label]
    assert (found.verdict, found.kind) == ("wrong", "coincidence"), found.message


@pytest.mark.parametrize(
    ("program", "label", "formula"),
    [
        (relu_pair, "w1", "2*(y - t)*x"),
        (targets_of_no_distribution, "z1", "p1 - t1"),
        (on_the_kink, "w", "2*x"),
    ],
)
def test_what_is_wrong_here_has_no_condition(program, label, formula):
    found = check_derivation(program(), {label: formula})[label]
    assert found.verdict == "wrong", found.message


def product():
    """y = 0.7031 * 1.3, and the gradient of v is (y - t) * h."""
    h, v, t = leaves(w=0.3700527, v=1.3, t=0.5)
    h = labelled("h", h * 1.9)
    return (labelled("y", h * v) - t) ** 2 / 2


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        ("(y - t) * 0.70", "rounded"),
        ("0.414 * h", "rounded"),
        ("(0.9140 - t) * h", "rounded"),
        ("(y - t) * 0.72", "wrong"),
        ("(y - t) * 0.9 * h", "wrong"),
        ("0.95 * (y - t) * h", "wrong"),
        ("0.2 * h + 0.2 * h", "wrong"),
    ],
)
def test_numbers_that_are_put_in_are_right_here_as_far_as_they_were_rounded(formula, verdict):
    found = check_derivation(product(), {"v": formula})["v"]
    assert found.verdict == verdict, found.message
    assert (found.message == "right here, where numbers are put in") == bool(found)
