"""What all engines of the GPT start from: parameters, and names of seven letters."""

import itertools
import random

from benchmarks.gpt import BOUNDARY, GPT

LETTERS = 7


def names():
    """1,024 invented names of three syllables and a consonant, over and over."""
    draw = random.Random(0)
    syllables = [consonant + vowel for consonant in "bdklmnrstv" for vowel in "aeiou"]
    return itertools.cycle(
        ["".join(draw.choices(syllables, k=3)) + draw.choice("klmnrst") for _ in range(1024)]
    )


def tokens(name: str) -> list[int]:
    return [BOUNDARY, *(ord(letter) - ord("a") for letter in name), BOUNDARY]


def batches(size: int):
    """Arrays of tokens of shape (size, 9), over and over."""
    import numpy as np

    upcoming = map(tokens, names())
    count = 1024 // size
    return itertools.cycle([np.array(list(itertools.islice(upcoming, size))) for _ in range(count)])


def initial_parameters() -> list[float]:
    return GPT(float).parameters
