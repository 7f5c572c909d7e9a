"""The kinds of number that rules run over, and their elementary functions.

`elementary` has the functions that rules call. Each is a method of the kind of its operands:
`kinds` says what a kind is, and `families` has the formulas that several kinds share. `python`,
`arrays` and `libraries` are kinds, and make themselves known as they are imported; `ieee` has what
Python's floats raise errors for, `special` the functions that only SciPy and its like have.

Values, tape numbers and formulas are kinds as well: they stand in `autograd/value.py`,
`autograd/tape/numbers.py` and `autograd/explaining/formulas.py`.

`data` says what a Value may hold, and `domains` where a rule is defined. `text` prints numbers, and
`nested` takes them out of lists, dicts and dataclasses.
"""

from autograd.numbers import arrays, libraries, python

__all__ = ["arrays", "libraries", "python"]
