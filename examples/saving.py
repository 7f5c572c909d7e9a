"""Saves pictures: graphs as SVG, plots as PNG. Without the tools for it, says so and goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograd import Value, draw


def save_graph(value: Value, path: Path) -> Path:
    """Draws the graph of a Value; where nothing can render it, saves its DOT text.

    Args:
        value: the output of the graph.
        path: the picture, ending in .svg.

    Returns:
        The path of what was written: the picture, or the text, ending in .dot.
    """
    graph = draw(value)
    try:
        path.write_text(graph.pipe(format="svg", encoding="utf-8"), encoding="utf-8")
    except RuntimeError as error:
        path = path.with_suffix(".dot")
        path.write_text(graph.source, encoding="utf-8")
        print(f"No picture of the graph, but its DOT text in {path}: {error}")
    return path


def save_plot(plot: Callable[[Any], None], path: Path) -> list[Path]:
    """Saves what `plot` draws on the Matplotlib axes that it is given.

    Returns:
        The path in a list, which is empty where Matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        print(f'No {path.name}: it takes Matplotlib, pip install "scalar-autograd[pictures]"')
        return []
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    plot(figure.add_subplot())
    figure.savefig(path, dpi=150)
    return [path]
