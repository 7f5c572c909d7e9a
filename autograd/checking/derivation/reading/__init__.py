"""A formula as people write it, read: none of its text is run as code.

`latex` rewrites it in the signs of paper, `tokens` finds numbers, `names` and signs in it, with the
words of `vocabulary`, `sums` writes sums over an index out, and `grammar`, with `derivatives`, says
what is computed from what, in `steps`, which `formulas` evaluates in any kind of number.
"""
