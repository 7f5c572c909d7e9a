"""Saves pictures: graphs as SVG, plots as PNG. If a tool is missing, it says so and goes on."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autograd import Picture, Value, draw


def save_graph(value: Value, path: Path) -> Path:
    """Draws the graph of a Value, and saves it as `save_picture` does."""
    return save_picture(draw(value), path)


def save_picture(picture: Picture, path: Path) -> Path:
    """Saves a picture, or its DOT text if nothing can render it.

    Args:
        picture: a picture from `draw` or `nn.draw_network`.
        path: the file to write, ending in .svg.

    Returns:
        The path of the file that was written: the picture, or the text, ending in .dot.
    """
    try:
        path.write_text(picture.pipe(format="svg", encoding="utf-8"), encoding="utf-8")
    except RuntimeError as error:
        path = path.with_suffix(".dot")
        path.write_text(picture.source, encoding="utf-8")
        print(f"No picture of the graph, but its DOT text in {path}: {error}")
    return path


def save_sequence(pictures: Sequence[Picture], path: Path) -> list[Path]:
    """Saves pictures that belong together, numbered from 1: t2.svg becomes t2_1.svg and so on."""
    return [
        save_picture(picture, path.with_stem(f"{path.stem}_{number}"))
        for number, picture in enumerate(pictures, 1)
    ]


def save_plot(plot: Callable[[Any], object], path: Path) -> list[Path]:
    """Saves what `plot` draws on Matplotlib axes.

    Args:
        plot: is called with the axes to draw on.
        path: the file to write.

    Returns:
        A list with the path; empty if Matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError:
        print(f'No {path.name}: it takes Matplotlib, pip install "scalar-autograd[pictures]"')
        return []
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    plot(figure.add_subplot())
    figure.savefig(path, dpi=150, bbox_inches="tight")
    return [path]
