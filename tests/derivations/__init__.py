"""What people write when they derive by hand: the claims that check_derivation is measured by.

The claims are about the `graphs`. Those in `right_formulas` and `right_numbers` are right, those in
`wrong` contain one known mistake each, `sheets` are faultless and rounded at every step, and
`explanations` are what `explain` prints. `judging` collects what check_derivation says about them.

`networks` and `random_sheets` are not of this corpus: from them tests of check_derivation draw new
networks, and sheets on which people round each figure and may make a mistake.

`tests/test_derivations_corpus.py` tests that the corpus itself is right: `witness` computes
every figure without using rules, `translation` reads formulas, and `reading` calculations.
"""
