"""Data to try a network on."""

import math
import random

from nn.requirements import as_python, generator, whole_number


def two_moons(
    count: int, noise: float = 0.1, rng: random.Random | None = None
) -> tuple[list[list[float]], list[int]]:
    """Points on two interleaved half circles, and the half circle of each.

    Args:
        count: how many points; they alternate between the moons.
        noise: the standard deviation of what is added to each coordinate.
        rng: draws the points; the `random` module by default.

    Returns:
        The points, each [x, y], and the labels, -1 for the upper moon and 1 for the lower.

    Raises:
        ValueError: for a count that is no whole number, or below 0.
        TypeError: for an rng that draws nothing, such as a seed.

    >>> points, labels = two_moons(4, noise=0, rng=random.Random(0))
    >>> labels
    [-1, 1, -1, 1]
    """
    draw, noise = generator(rng), as_python(noise)
    points, labels = [], []
    for number in range(whole_number("count", count, 0)):
        angle = draw.uniform(0, math.pi)
        label = 1 if number % 2 else -1
        x, y = math.cos(angle), math.sin(angle)
        if label == 1:
            x, y = 1 - x, 0.5 - y
        points.append([x + draw.gauss(0, noise), y + draw.gauss(0, noise)])
        labels.append(label)
    return points, labels
