"""Reads a formula as people write it; none of its text is run as code.

`latex` rewrites LaTeX in the signs used on paper. `tokens` finds numbers, signs, and the words of
`vocabulary`, and `sums` writes out sums over an index. `grammar` turns the tokens into `steps`,
which `formulas` evaluates in any kind of number.
"""
