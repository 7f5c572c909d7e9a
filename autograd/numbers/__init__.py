"""The kinds of number that rules run over, and their elementary functions.

`kinds.py` says what a kind is, and `families.py` has the formulas that several kinds share.
`python.py`, `arrays.py` and `libraries.py` each register their kinds when they are imported.
"""

from autograd.numbers import arrays, libraries, python

__all__ = ["arrays", "libraries", "python"]
