"""Plots of training, on Matplotlib axes: losses, gradients, learning rates, boundaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from numbers import Real
from typing import Any

from autograd import Value, no_grad
from autograd.slips import answers_slips
from nn.data import by_position
from nn.training import History

# A Matplotlib Axes. Matplotlib is imported only when a plot is made.
Axes = Any
Losses = History | Sequence[float]

_BLUE, _ORANGE = "#1f5fa8", "#c05f00"
# Lines differ in their dashes too, for greyscale and for the colour-blind.
_COLORS = (_BLUE, _ORANGE, "#2a7f62", "#8e3b8a", "#6b7785", "#a38a00")
_DASHES = ("-", "--", "-.", ":")
_MARKERS = ("o", "^", "s", "D", "v", "P")


@answers_slips
def plot_losses(
    losses: Losses | Mapping[str, Losses], *, logarithmic: bool = False, axes: Axes = None
) -> Axes:
    """The loss in each epoch, as a line, and that of the validation samples as another.

    Args:
        losses: a history that `fit` returned, or a list of losses; or a dict of these, with
            the name of each line.
        logarithmic: whether the scale is logarithmic. It leaves out losses of 0 or less, and the
            legend says where.
        axes: the Matplotlib axes to draw on; by default those of a new figure.

    Returns:
        The axes.

    >>> axes = plot_losses([1.0, 0.5, 0.25])
    >>> [line.get_ydata().tolist() for line in axes.lines], axes.get_ylabel()
    ([[1.0, 0.5, 0.25]], 'loss')
    >>> axes = plot_losses(History([1.0, 0.5], validation_losses=[1.25, 0.75]))
    >>> [line.get_label() for line in axes.lines]
    ['training', 'validation']
    """
    named = losses if isinstance(losses, Mapping) else {"": losses}
    lines: dict[str, Sequence[float]] = {}
    for name, line in named.items():
        if not isinstance(name, str):
            raise TypeError(
                f"the name of a line is a text, not {name!r:.200}: plot_learning_rates() takes "
                "numbers"
            )
        validation = line.validation_losses if isinstance(line, History) else []
        lines[name or ("training" if validation else "")] = _listed(line)
        if validation:
            lines[f"{name}, validation" if name else "validation"] = validation
    axes = _plot_lines(lines, logarithmic, axes)
    axes.set(xlabel="epoch", ylabel="loss", title="Loss")
    return axes


@answers_slips
def plot_learning_rates(
    histories: Mapping[float, Losses], *, logarithmic: bool = False, axes: Axes = None
) -> Axes:
    """The losses of trainings with different learning rates, as a line for each.

    Args:
        histories: the history, or a list of losses, for each learning rate.
        logarithmic, axes: as for `plot_losses`.

    Returns:
        The axes.

    >>> axes = plot_learning_rates({0.1: [1.0, 0.5], 1.0: [1.0, 4.0]})
    >>> [line.get_label() for line in axes.lines]
    ['0.1', '1']
    """
    if not isinstance(histories, Mapping) or not histories:
        raise TypeError(
            "plot_learning_rates() takes a dict with the history, or the list of losses, of each "
            f"learning rate, such as {{0.1: history}}, not {histories!r:.200}"
        )
    for rate in histories:
        if not isinstance(rate, Real):
            raise TypeError(
                f"a learning rate is a number, not {rate!r:.200}: plot_losses() takes names"
            )
    lines = {f"{rate:g}": losses for rate, losses in histories.items()}
    axes = plot_losses(lines, logarithmic=logarithmic, axes=axes)
    axes.set_title("Loss for each learning rate")
    axes.legend(title="learning rate")
    return axes


@answers_slips
def plot_gradients(history: History, *, axes: Axes = None) -> Axes:
    """The length of the gradient of each layer over time, on a logarithmic scale.

    Lines that lie orders of magnitude apart mean that gradients vanish or explode on their way
    through the layers. A line ends where gradients are 0, and the legend says so.

    Args:
        history: what `fit` returned for a Module.
        axes: as for `plot_losses`.

    Returns:
        The axes.

    Raises:
        ValueError: if the history has no gradients, because the model was not a Module.

    >>> axes = plot_gradients(History([1.0, 0.5], {"layers.0": [0.1, 0.2]}))
    >>> [line.get_label() for line in axes.lines], axes.get_yscale()
    (['layers.0'], 'log')
    """
    if not isinstance(history, History):
        raise TypeError(f"plot_gradients() takes the history of a fit(), not {history!r:.200}")
    if not history.gradients:
        raise ValueError("this history has no gradients: fit() records those of a Module")
    axes = _plot_lines(history.gradients, logarithmic=True, axes=axes)
    axes.set(xlabel="epoch", ylabel="length of the gradient", title="Gradient of each layer")
    return axes


@answers_slips
def plot_decision_boundary(
    model: Callable[[Any], Any],
    points: Sequence[Sequence[float]],
    labels: Sequence[Any],
    *,
    threshold: float = 0.0,
    axes: Axes = None,
) -> Axes:
    """The score of a model over the plane, its decision boundary, and the points.

    The model runs once, on arrays that hold the coordinates of all points of a grid.

    Args:
        model: takes a list of two numbers, and returns one.
        points: pairs of numbers.
        labels: the class of each point, in a list, an array or a column.
        threshold: the score at the boundary, such as 0.5 for labels of 0 and 1.
        axes: as for `plot_losses`.

    Returns:
        The axes.

    Raises:
        TypeError: for points or labels that are not a list, or a threshold that is not a number.
        ValueError: for points that are not pairs of finite numbers, a different number of labels,
            or a model that does not return one score for each point of the grid.

    >>> axes = plot_decision_boundary(lambda x: x[0] - Value(0.5), [[0, 0], [1, 0]], [-1, 1])
    >>> axes.get_title()
    'Decision boundary'
    """
    if not callable(model):
        raise TypeError(f"model is a function of a point, such as an nn.MLP, not {model!r:.200}")
    if not isinstance(threshold, Real):
        raise TypeError(f"threshold is the score at the boundary, a number, not {threshold!r:.200}")
    points, column = by_position(points), by_position(labels)
    for name, given in (("points are pairs of numbers", points), ("labels are a list", column)):
        if not hasattr(given, "__len__"):
            raise TypeError(f"{name}, not {given!r:.200}")
    # Targets may come as a table of one column.
    column = column[:, 0] if getattr(column, "shape", ())[1:] == (1,) else column
    labels = [label.data if isinstance(label, Value) else label for label in column]
    pairs = list(filter(_is_pair, points))
    if not pairs or not len(pairs) == len(points) == len(labels):
        raise ValueError(
            "a decision boundary takes points of two coordinates, and as many labels: "
            f"{len(points)} points, {len(pairs)} of them pairs, and {len(labels)} labels were given"
        )
    axes = _axes(axes)
    # NumPy is installed with Matplotlib, which was imported just now.
    import numpy as np

    limits = [_limits([float(point[side]) for point in points]) for side in range(2)]
    if not np.isfinite(limits).all():
        raise ValueError(
            "a decision boundary takes coordinates that are finite, and far from the largest float"
        )
    xs, ys = np.meshgrid(*[np.linspace(*ends, 200) for ends in limits])
    with np.errstate(all="ignore"):
        scores = _scores(model, xs, ys) - threshold
        # Scores far away are large; the shades are for scores near the boundary.
        sizes = np.abs(scores[np.isfinite(scores)])
        reach = np.quantile(sizes, 0.75) if sizes.size else 0.0
        scores = np.clip(scores / (reach or 1.0), -2, 2)
    levels = np.linspace(-1, 1, 21)
    axes.contourf(xs, ys, scores, levels, colors=_shades(22), extend="both", antialiased=False)
    if (scores < 0).any() and (scores > 0).any():
        axes.contour(xs, ys, scores, [0], colors="#1f2933", linewidths=1.5)
    _scatter(axes, points, labels)
    axes.set(xlabel="x1", ylabel="x2", title="Decision boundary", aspect="equal")
    return axes


def _is_pair(point: Any) -> bool:
    """Whether a point has two coordinates, which are numbers."""
    coordinates = list(point) if hasattr(point, "__len__") else []
    return len(coordinates) == 2 and all(hasattr(x, "__float__") for x in coordinates)


def _scores(model: Callable[[Any], Any], xs: Any, ys: Any) -> Any:
    try:
        with no_grad():
            scores = model([xs, ys])
    except (TypeError, ValueError) as error:
        # If it fails for a single point too, that error says what is wrong.
        model([float(xs[0, 0]), float(ys[0, 0])])
        raise ValueError(
            "the model is called once, with arrays that hold the coordinates of all points, and "
            f"this one takes numbers alone ({error}): write conditions with autograd.where, and "
            "use functions of autograd"
        ) from None
    scores = scores.data if isinstance(scores, Value) else scores
    if getattr(scores, "shape", None) != xs.shape:
        raise ValueError(
            "the model must give one Value, with a number for each point of the grid: one score, "
            "computed by functions of autograd alone"
        )
    return scores


def _limits(numbers: Sequence[float]) -> tuple[float, float]:
    margin = 0.15 * (max(numbers) - min(numbers)) or 1.0
    return min(numbers) - margin, max(numbers) + margin


def _shades(count: int) -> list[Any]:
    """Colours from orange (low) through white to blue, light enough to draw points on."""
    from matplotlib.colors import LinearSegmentedColormap

    colors = LinearSegmentedColormap.from_list("scores", ["#f3b36b", "#fdf9f4", "#8db6e3"])
    return [colors((index + 0.5) / count) for index in range(count)]


def _scatter(axes: Axes, points: Sequence[Sequence[float]], labels: Sequence[Any]) -> None:
    # The colours of the scores: orange for low ones, blue for high ones.
    colors = (_ORANGE, _BLUE, *_COLORS[2:])
    try:
        classes = sorted(set(labels))
    except TypeError:
        raise TypeError(
            "labels are the classes of the points, numbers or names, such as 0 and 1, and not "
            f"{labels[0]!r:.200}"
        ) from None
    for label, color, marker in zip(classes, cycle(colors), cycle(_MARKERS), strict=False):
        chosen = [point for point, of in zip(points, labels, strict=True) if of == label]
        axes.scatter(
            *zip(*chosen, strict=True),
            color=color,
            marker=marker,
            edgecolor="white",
            s=40,
            label=f"{label}",
        )
    axes.legend(title="label", loc="upper left", bbox_to_anchor=(1.02, 1))


def _plot_lines(lines: Mapping[str, Sequence[float]], logarithmic: bool, axes: Axes) -> Axes:
    axes = _axes(axes)
    # A logarithmic scale without any number would be a warning.
    logarithmic = logarithmic and any(number > 0 for line in lines.values() for number in line)
    styles = zip(cycle(_COLORS), cycle(_DASHES), strict=False)
    for (name, numbers), (color, dashes) in zip(lines.items(), styles, strict=False):
        epochs = range(1, len(numbers) + 1)
        label = ", ".join(filter(None, [name, _left_out(numbers) if logarithmic else ""]))
        axes.plot(epochs, list(numbers), dashes, color=color, linewidth=2, label=label)
    axes.grid(alpha=0.3)
    # Matplotlib gives a line without a name one that begins with "_".
    if any(not line.get_label().startswith("_") for line in axes.lines):
        axes.legend()
    if logarithmic:
        axes.set_yscale("log", nonpositive="mask")
    return axes


def _left_out(numbers: Sequence[float]) -> str:
    """Which numbers a logarithmic scale leaves out.

    >>> _left_out([1.0, 0.5]), _left_out([1.0, 0.5, 0.0, 0.0]), _left_out([1.0, -1.0, 0.5])
    ('', '0 from epoch 3 on', '0 or less in 1 of 3 epochs')
    """
    left_out = [number for number in numbers if number <= 0]
    if not left_out:
        return ""
    what = "0 or less" if min(left_out) < 0 else "0"
    shown = max((epoch for epoch, number in enumerate(numbers, 1) if not number <= 0), default=0)
    if len(numbers) - shown == len(left_out):
        return f"{what} from epoch {shown + 1} on"
    return f"{what} in {len(left_out)} of {len(numbers)} epochs"


def _listed(losses: Losses) -> Sequence[float]:
    line = losses.losses if isinstance(losses, History) else losses
    if not hasattr(line, "__len__") or isinstance(line, str):
        raise TypeError(
            f"losses are the history that fit() returned, or a list, not {losses!r:.200}"
        )
    for loss in line:
        if not isinstance(loss, Real) and getattr(loss, "shape", None) != ():
            hint = ": append loss.data" if isinstance(loss, Value) else ""
            raise TypeError(f"a loss is a number, not {loss!r:.200}{hint}")
    return line


def _axes(axes: Axes) -> Axes:
    if axes is not None:
        if not hasattr(axes, "plot"):
            raise TypeError(
                "axes are those of Matplotlib, as in figure, axes = plt.subplots(), not "
                f"{axes!r:.200}"
            )
        return axes
    try:
        # With pyplot, a notebook shows the figure by itself.
        from matplotlib import pyplot
    except ImportError:
        raise ImportError(
            'plots need Matplotlib: pip install "scalar-autograd[pictures]"'
        ) from None
    return pyplot.figure(figsize=(7, 4.5), layout="constrained").add_subplot()
