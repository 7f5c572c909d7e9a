"""Reads a formula as people write it; none of its text is run as code.

`tokens` finds numbers, signs, and the words of `vocabulary`, also in LaTeX. `formulas` writes out
sums over an index, and evaluates in any kind of number what `grammar` makes of the tokens.
"""
