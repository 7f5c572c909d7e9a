"""Pictures of training: what is on the axes, and the gradients that `fit` records for them."""

import math
import random
import re
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from autograd import Value

pytest.importorskip("matplotlib")

from matplotlib import pyplot
from matplotlib.figure import Figure

losses = st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=20)


@pytest.fixture(autouse=True)
def no_figure_is_left():
    yield
    pyplot.close("all")


def new_axes():
    """Axes of a figure that pyplot does not know of."""
    return Figure().add_subplot()


def drawn_lines(axes):
    return {line.get_label(): line.get_ydata().tolist() for line in axes.lines}


# Lines


@given(losses)
def test_losses_are_those_of_the_history(found):
    axes = nn.plot_losses(nn.History(losses=found), axes=new_axes())
    (line,) = axes.lines
    assert line.get_xdata().tolist() == list(range(1, len(found) + 1)), "epoch 1 is the first"
    assert line.get_ydata().tolist() == found


@given(st.dictionaries(st.text("abc", min_size=1), losses, min_size=1, max_size=8))
def test_several_losses_have_a_line_and_a_name_each(found):
    axes = nn.plot_losses(found, axes=new_axes())
    assert drawn_lines(axes) == found
    assert [text.get_text() for text in axes.get_legend().get_texts()] == list(found)
    styles = {(line.get_color(), line.get_linestyle()) for line in axes.lines}
    assert len(styles) == len(found), "two lines look alike"


@pytest.mark.parametrize(("logarithmic", "scale"), [(False, "linear"), (True, "log")])
def test_the_scale_of_the_loss(logarithmic, scale):
    axes = nn.plot_losses([1.0, 0.1, 0.0], logarithmic=logarithmic, axes=new_axes())
    assert axes.get_yscale() == scale


@given(st.dictionaries(st.sampled_from([0.01, 0.5, 1.0, 2.0]), losses, min_size=1))
def test_learning_rates_have_a_line_each(found):
    histories = {rate: nn.History(losses=line) for rate, line in found.items()}
    axes = nn.plot_learning_rates(histories, axes=new_axes())
    assert drawn_lines(axes) == {f"{rate:g}": line for rate, line in found.items()}
    assert axes.get_legend().get_title().get_text() == "learning rate"


@given(st.dictionaries(st.sampled_from(["layers.0", "layers.1", "output"]), losses, min_size=1))
def test_gradients_are_those_of_the_history(found):
    axes = nn.plot_gradients(nn.History(gradients=found), axes=new_axes())
    assert drawn_lines(axes) == found
    assert axes.get_yscale() == "log"


def test_a_history_without_gradients_is_refused():
    with pytest.raises(ValueError, match="no gradients"):
        nn.plot_gradients(nn.History(losses=[1.0]), axes=new_axes())


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("numbers", "label"),
    [
        ([1.0, 0.5], "w"),
        ([1.0, 0.5, 0.0, 0.0], "w, 0 from epoch 3 on"),
        ([0.0, 1.0, 0.0, 0.0], "w, 0 in 3 of 4 epochs"),
        ([1.0, math.nan, 0.0], "w, 0 from epoch 3 on"),
    ],
)
def test_where_a_line_ends_the_legend_says_so(numbers, label):
    axes = nn.plot_gradients(nn.History(gradients={"w": numbers}), axes=new_axes())
    assert [text.get_text() for text in axes.get_legend().get_texts()] == [label]
    axes = nn.plot_losses({"w": numbers}, axes=new_axes())
    assert [line.get_label() for line in axes.lines] == ["w"], "a linear scale shows all"


@pytest.mark.filterwarnings("error")
def test_gradients_that_are_all_0_are_shown_on_a_linear_scale():
    axes = nn.plot_gradients(nn.History(gradients={"w": [0.0, 0.0]}), axes=new_axes())
    assert axes.get_yscale() == "linear"
    assert drawn_lines(axes) == {"w": [0.0, 0.0]}


@pytest.mark.parametrize(
    ("histories", "message"),
    [
        ([[1.0, 0.5]], "takes a dict with the history"),
        (nn.History([1.0, 0.5]), "takes a dict with the history"),
        (None, "takes a dict with the history"),
        ({}, "takes a dict with the history"),
        ({"sgd": [1.0, 0.5]}, "a learning rate is a number, not 'sgd'"),
        ({(0.1, 0.2): [1.0]}, "a learning rate is a number"),
        ({0.1: 3}, "a list, not 3"),
        ({0.1: ["a"]}, "a loss is a number, not 'a'"),
    ],
    ids=repr,
)
def test_what_is_no_history_for_each_learning_rate_is_refused(histories, message):
    with pytest.raises(TypeError, match=re.escape(message)):
        nn.plot_learning_rates(histories, axes=new_axes())


@pytest.mark.parametrize(
    ("losses", "message"),
    [
        ([Value(1.0)], "append loss.data"),
        ([None], "a loss is a number, not None"),
        ([[1.0, 0.5]], "a loss is a number"),
        ({0.1: [1.0]}, "plot_learning_rates() takes numbers"),
    ],
    ids=repr,
)
def test_what_are_no_losses_is_refused(losses, message):
    with pytest.raises(TypeError, match=re.escape(message)):
        nn.plot_losses(losses, axes=new_axes())


@pytest.mark.parametrize(
    ("points", "labels", "options", "message"),
    [
        (None, [0], {}, "points are pairs of numbers, not None"),
        ([[0, 1]], 3, {}, "labels are a list, not 3"),
        ([[0, 1]], [[1, 0]], {}, "labels are the classes of the points"),
        ([[0, 1]], [0], {"threshold": "a"}, "threshold is the score at the boundary"),
        ([[0, 1]], [0], {"axes": (1, 2)}, "figure, axes = plt.subplots()"),
    ],
    ids=["points", "label", "one hot", "threshold", "axes"],
)
def test_what_has_no_decision_boundary_is_refused(points, labels, options, message):
    with pytest.raises(TypeError, match=re.escape(message)):
        nn.plot_decision_boundary(
            lambda x: x[0] - x[1], points, labels, **{"axes": new_axes(), **options}
        )


@pytest.mark.parametrize("point", ["ab", [0, "a"], [None, 1], [1, 2, 3], 1], ids=repr)
def test_points_that_are_no_pairs_are_counted(point):
    with pytest.raises(ValueError, match="2 points, 1 of them pairs, and 2 labels"):
        nn.plot_decision_boundary(lambda x: x[0], [[0, 1], point], [0, 1], axes=new_axes())


# Axes


def plots():
    model = nn.Neuron(2, activation=None, rng=random.Random(0))
    return {
        "plot_losses": lambda axes: nn.plot_losses([1.0], axes=axes),
        "plot_learning_rates": lambda axes: nn.plot_learning_rates({0.1: [1.0]}, axes=axes),
        "plot_gradients": lambda axes: nn.plot_gradients(
            nn.History(gradients={"w": [1.0]}), axes=axes
        ),
        "plot_decision_boundary": lambda axes: nn.plot_decision_boundary(
            model, [[0.0, 1.0], [1.0, 0.0]], [0, 1], axes=axes
        ),
    }


@pytest.mark.parametrize("name", plots())
def test_given_axes_are_drawn_on_and_returned(name):
    axes = new_axes()
    assert plots()[name](axes) is axes
    assert axes.has_data()
    assert not pyplot.get_fignums(), "a figure was opened that nobody asked for"


@pytest.mark.parametrize("name", plots())
def test_without_axes_a_figure_is_opened_for_the_notebook(name):
    axes = plots()[name](None)
    assert [axes.figure.number] == pyplot.get_fignums()


@pytest.mark.parametrize("name", plots())
def test_every_picture_can_be_rendered(name, tmp_path):
    axes = new_axes()
    plots()[name](axes)
    for format in ("png", "svg", "pdf"):
        axes.figure.savefig(tmp_path / f"picture.{format}")


@pytest.mark.parametrize("name", plots())
def test_axes_are_named(name):
    axes = plots()[name](new_axes())
    assert axes.get_xlabel()
    assert axes.get_ylabel()
    assert axes.get_title()


def test_without_matplotlib_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"scalar-autograd\[pictures\]"):
        nn.plot_losses([1.0])


# The decision boundary


def line_model(slope=2.0, offset=0.5):
    """Its score is 0 where y = slope * x + offset."""
    neuron = nn.Neuron(2, activation=None)
    neuron.w[0].data, neuron.w[1].data, neuron.b.data = -slope, 1.0, -offset
    return neuron


def boundary_of(axes):
    """The points of the line of the boundary."""
    (contour,) = [c for c in axes.collections if len(getattr(c, "levels", ())) == 1]
    return [point for path in contour.get_paths() for point in path.vertices.tolist()]


@pytest.mark.parametrize("threshold", [0.0, 0.75])
def test_the_boundary_is_where_the_score_is_the_threshold(threshold):
    points, labels = [[-1.0, 1.0], [1.0, -1.0], [0.0, 0.3]], [1, 0, 0]
    axes = nn.plot_decision_boundary(
        line_model(), points, labels, threshold=threshold, axes=new_axes()
    )
    vertices = boundary_of(axes)
    assert len(vertices) > 10
    # Between points of the grid a linear score is linear: a few roundings of numbers below 10.
    off = [y - (2.0 * x + 0.5) - threshold for x, y in vertices]
    assert max(map(abs, off)) < 1e-13


def test_the_scores_are_those_of_the_points():
    points, labels = nn.two_moons(20, rng=random.Random(1))
    model = nn.MLP(2, [8, 1], rng=random.Random(1))
    heights = []
    nn.plot_decision_boundary(
        lambda x: heights.append((x, model(x).data)) or model(x), points, labels, axes=new_axes()
    )
    (((xs, ys), scores),) = heights
    places = [(0, 0), (10, 20), (150, 3), (199, 199)]
    by_point = [model([float(xs[place]), float(ys[place])]).data for place in places]
    # Two layers of at most 9 terms below 10, added in any order: 20 roundings of 1e-15.
    assert [scores[place] for place in places] == pytest.approx(by_point, rel=0, abs=2e-14)


def test_the_points_are_on_it_by_their_labels():
    points, labels = [[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]], ["b", "a", "b"]
    axes = nn.plot_decision_boundary(line_model(), points, labels, axes=new_axes())
    found = {c.get_label(): c.get_offsets().tolist() for c in axes.collections[-2:]}
    assert found == {"a": [[1.0, 1.0]], "b": [[0.0, 0.0], [2.0, 0.0]]}
    assert axes.get_xlim()[0] < 0.0
    assert axes.get_xlim()[1] > 2.0


def test_labels_may_be_values():
    points, labels = [[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]], [Value(1), Value(-1), Value(1)]
    axes = nn.plot_decision_boundary(line_model(), points, labels, axes=new_axes())
    found = {c.get_label(): c.get_offsets().tolist() for c in axes.collections[-2:]}
    assert found == {"-1": [[1.0, 1.0]], "1": [[0.0, 0.0], [2.0, 0.0]]}


def test_labels_may_be_a_column_and_scores_plain_numbers():
    points, labels = [[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]], np.array([[1], [-1], [1]])
    model = line_model()
    axes = nn.plot_decision_boundary(lambda x: model(x).data, points, labels, axes=new_axes())
    found = {c.get_label(): c.get_offsets().tolist() for c in axes.collections[-2:]}
    assert found == {"-1": [[1.0, 1.0]], "1": [[0.0, 0.0], [2.0, 0.0]]}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "model",
    [
        lambda x: x[0] * 2 + 1,
        lambda x: (x[0] * 2 + 1) * 1e300,
        lambda x: (x[0] * 2 + 1) * 1e-320,
        lambda x: Value(x[0] + 1.5).log(),
    ],
    ids=["an array", "huge", "tiny", "undefined in places"],
)
def test_scores_of_any_size_have_their_boundary(model):
    axes = nn.plot_decision_boundary(model, [[-2.0, -2.0], [2.0, 2.0]], [0, 1], axes=new_axes())
    # A cell of the grid is 5.2 / 199 wide, and tiny scores have hardly any digits.
    assert boundary_of(axes)
    assert [x for x, _ in boundary_of(axes)] == pytest.approx([-0.5] * 200, abs=0.03)


@pytest.mark.parametrize("points", [[[1.0, 2.0]], [[1.0, 2.0], [1.0, 2.0]]], ids=["one", "equal"])
def test_points_in_one_place_are_plotted(points):
    axes = nn.plot_decision_boundary(line_model(), points, [0] * len(points), axes=new_axes())
    assert axes.get_xlim()[0] < 1.0 < axes.get_xlim()[1]


def test_a_model_without_a_boundary_is_plotted():
    model = line_model()
    model.w[0].data = model.w[1].data = 0.0
    axes = nn.plot_decision_boundary(model, [[0.0, 1.0]], [0], axes=new_axes())
    assert axes.has_data()


@pytest.mark.parametrize(
    ("model", "points", "labels", "words"),
    [
        (line_model(), [], [], "points of two coordinates"),
        (line_model(), [[1.0, 2.0]], [0, 1], "as many labels"),
        (line_model(), [[1.0, 2.0, 3.0]], [0], "points of two coordinates"),
        (nn.MLP(2, [2]), [[1.0, 2.0]], [0], "one score"),
        (lambda x: Value(1.0), [[1.0, 2.0]], [0], "one score"),
        (lambda x: x[0] if x[0] > 0 else x[1], [[1.0, 2.0]], [0], "conditions with autograd.where"),
        (lambda x: math.exp(x[0]), [[1.0, 2.0]], [0], "use functions of autograd"),
        (nn.MLP(3, [1]), [[1.0, 2.0]], [0], "takes 3 inputs, not 2"),
        (line_model(), [[1.0, math.nan]], [0], "coordinates that are finite"),
        (line_model(), [[1e308, 1.0], [-1e308, 1.0]], [0, 1], "far from the largest float"),
    ],
    ids=[
        *("no point", "more labels", "three coordinates", "two scores", "a constant"),
        *("a condition", "math", "three inputs", "nan", "almost infinite"),
    ],
)
def test_what_has_no_boundary_is_refused(model, points, labels, words):
    with pytest.raises(ValueError, match=words):
        nn.plot_decision_boundary(model, points, labels, axes=new_axes())


# The gradients that fit records


def trained(model, epochs=5, **options):
    points, labels = nn.two_moons(12, rng=random.Random(1))
    optimizer = nn.SGD(model.parameters(), 0.1)
    return nn.fit(
        model, points, labels, loss=nn.hinge, optimizer=optimizer, epochs=epochs, **options
    )


def by_hand(parameters):
    return math.sqrt(sum(parameter.grad**2 for parameter in parameters))


@given(st.integers(1, 3), st.sampled_from([None, 5]))
def test_gradients_are_recorded_by_layer(epochs, batch_size):
    model = nn.MLP(2, [4, 3, 1], rng=random.Random(2))
    history = trained(model, epochs, batch_size=batch_size)
    assert list(history.gradients) == ["layers.0", "layers.1", "layers.2"]
    assert [len(lengths) for lengths in history.gradients.values()] == [epochs] * 3
    # The gradients of the last step are still in the parameters.
    last = [lengths[-1] for lengths in history.gradients.values()]
    expected = [by_hand(layer.parameters()) for layer in model.layers]
    assert last == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("batch_size", [None, 5])
def test_compiled_training_records_the_same(batch_size):
    histories = [
        trained(nn.MLP(2, [4, 1], rng=random.Random(2)), batch_size=batch_size, compiled=compiled)
        for compiled in (False, True)
    ]
    plain, compiled = (history.gradients for history in histories)
    assert list(plain) == list(compiled)
    for layer, lengths in plain.items():
        # Some hundred roundings of 1e-16 in five steps; a wrong layer is off in the first digit.
        assert compiled[layer] == pytest.approx(lengths, rel=1e-12)


class Shared(nn.Module):
    """Two neurons of the same bias, a list of numbers, and modules in a dict."""

    def __init__(self):
        self.first = nn.Neuron(2, rng=random.Random(0))
        self.others = {"a": nn.Neuron(1, rng=random.Random(1)), "b": nn.Neuron(1)}
        self.others["b"].b = self.first.b
        self.scales = [Value(1.5), Value(0.5)]

    def __call__(self, x):
        hidden = self.first(x)
        first, second = (neuron([hidden]) for neuron in self.others.values())
        return self.scales[0] * first + self.scales[1] * second


@pytest.mark.parametrize("compiled", [False, True])
def test_layers_of_other_modules(compiled):
    model = Shared()
    history = trained(model, compiled=compiled)
    layers = {
        "first": model.first.parameters(),
        "others.a": model.others["a"].parameters(),
        # Its bias is that of the first, where it counts.
        "others.b": model.others["b"].w,
        "scales": model.scales,
    }
    last = {layer: lengths[-1] for layer, lengths in history.gradients.items()}
    expected = {layer: by_hand(parameters) for layer, parameters in layers.items()}
    assert last == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("compiled", [False, True])
def test_parameters_that_are_not_trained_have_no_part(compiled):
    model = nn.MLP(2, [3, 1], rng=random.Random(0))
    points, labels = nn.two_moons(12, rng=random.Random(1))
    # In another order than the model has them, and without some of them.
    parameters = model.layers[1].parameters()[::-1]
    parameters = [parameters[1], parameters[0], *parameters[2:]]
    optimizer = nn.SGD(parameters, 0.1)
    history = nn.fit(
        model, points, labels, loss=nn.hinge, optimizer=optimizer, epochs=2, compiled=compiled
    )
    assert list(history.gradients) == ["layers.1"]
    expected = by_hand(parameters)
    assert history.gradients["layers.1"][-1] == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("compiled", [False, True])
def test_a_function_that_is_no_module_has_no_gradients(compiled):
    slope = Value(0.5)
    optimizer = nn.SGD([slope], 0.1)
    history = nn.fit(
        lambda x: slope * x,
        [1.0],
        [2.0],
        loss=nn.half_squared_error,
        optimizer=optimizer,
        epochs=2,
        compiled=compiled,
    )
    assert history.gradients == {}


def lanes(count):
    return pytest.importorskip("numpy").ones(count)


def symbol():
    return pytest.importorskip("sympy").Symbol("x")


@pytest.mark.parametrize("number", [lambda: lanes(1), lambda: lanes(3), symbol])
def test_gradients_of_other_kinds_have_no_length(number):
    model = nn.Neuron(1, activation=None, rng=random.Random(0))
    history = nn.fit(
        model,
        [[number()]],
        [number()],
        loss=lambda y, target: (y - target) ** 2,
        optimizer=nn.SGD(model.parameters(), 0.1),
        epochs=1,
        progress=False,
    )
    lengths = [lengths[0] for lengths in history.gradients.values()]
    assert len(lengths) == 2
    assert all(map(math.isnan, lengths))
