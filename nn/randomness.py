"""Random numbers of a model, such as those of dropout: drawn anew at each step of a training.

A program draws nothing: what was drawn while it was recorded would be the same in every run. So
a model asks for its numbers here, and whoever trains it says where they come from: from a
generator, or from a list, which may hold the arguments of a program.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from autograd.slips import answers_slips, whole_number
from nn.checks import as_python, generator

_source: ContextVar[Any] = ContextVar("source", default=None)


@answers_slips
def random_numbers(count: int, *, normal: bool = False) -> list[Any] | None:
    """Random numbers for a model in training; None for a model that is only used.

    `fit` draws them anew for each sample at each step, compiled or not, from its `rng`. In its
    validation, in `predict` and in a plain call of the model there are none.

    Args:
        count: how many.
        normal: whether they are normal, of mean 0 and standard deviation 1; otherwise they are
            uniform, at least 0 and below 1.

    Raises ValueError within `random_numbers_from(a_list)` if the list has no more numbers.

    >>> import random
    >>> from autograd import where
    >>> def dropout(xs, rate=0.5):
    ...     drawn = random_numbers(len(xs))
    ...     if drawn is None:
    ...         return xs
    ...     return [where(u < rate, 0, x / (1 - rate)) for x, u in zip(xs, drawn)]
    >>> dropout([1.0, 2.0, 3.0])
    [1.0, 2.0, 3.0]
    >>> with random_numbers_from(random.Random(1)):
    ...     dropout([1.0, 2.0, 3.0])
    [0, 4.0, 6.0]
    """
    source = _source.get()
    count = whole_number("the number of random numbers", count, 0)
    return None if source is None else source.take(count, normal)


@contextmanager
@answers_slips
def random_numbers_from(source: Any) -> Iterator[None]:
    """A context in which `random_numbers` returns numbers, for a training loop of your own.

    Args:
        source: a generator such as `random.Random(0)`, or a list of the numbers themselves, which
            are taken in order. With None there are no numbers, as outside of the context.

    A compiled function takes them as an argument, so that each call has others:

    >>> from autograd import compile
    >>> def noisy(x, numbers):
    ...     with random_numbers_from(numbers):
    ...         return x + random_numbers(1)[0]
    >>> fast = compile(noisy)
    >>> fast(1.0, [0.25]), fast(1.0, [0.5])
    (1.25, 1.5)
    """
    if hasattr(source, "__getitem__"):
        source = _Listed(source)
    elif source is not None and not hasattr(source, "take"):
        source = _Drawn(generator(source))
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


class RandomNumbers:
    """Notes which numbers a model asks for, so that the same can be drawn for it later.

    Attributes:
        are_normal: for each number that was asked for, whether it is normal.
    """

    def __init__(self) -> None:
        self.are_normal: list[bool] = []

    def take(self, count: int, normal: bool) -> list[float]:
        self.are_normal += [normal] * count
        return [0.5] * count

    def drawn(self, rng: Any) -> list[float]:
        """The numbers for one sample, in the order in which the model asks for them."""
        source = _Drawn(rng)
        draws = [source.normal if normal else source.uniform for normal in self.are_normal]
        return [draw(0.0, 1.0) for draw in draws]


class _Drawn:
    def __init__(self, rng: Any):
        self.uniform = rng.uniform
        # NumPy's generators call it by another name.
        self.normal = getattr(rng, "gauss", None) or rng.normal

    def take(self, count: int, normal: bool) -> list[float]:
        draw = self.normal if normal else self.uniform
        return [as_python(draw(0.0, 1.0)) for _ in range(count)]


class _Listed:
    def __init__(self, numbers: Sequence[Any]):
        self.numbers = numbers
        self.taken = 0

    def take(self, count: int, normal: bool) -> list[Any]:
        taken = list(self.numbers[self.taken : self.taken + count])
        self.taken += count
        if len(taken) < count:
            raise ValueError(
                f"the model asks for {self.taken} random numbers or more, and "
                f"random_numbers_from() was given {len(self.numbers)}"
            )
        return taken
