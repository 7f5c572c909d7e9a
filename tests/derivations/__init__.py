"""What people write when they derive by hand: the claims that check_derivation is measured by.

`graphs` are what is claimed about. `right_formulas` and `right_numbers` are right, `wrong` has one
known mistake each, `sheets` are faultless and rounded at every step, and `explanations` are what
`explain` prints. `judging` is what check_derivation says to all this.

That the corpus itself is right is tested in `tests/test_derivations_corpus.py`: `witness` computes
every figure without a rule, `translation` reads formulas, and `reading` calculations.
"""
