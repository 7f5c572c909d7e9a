"""check_derivation: a person's own derivation, checked claim by claim.

`claims` and `formulas` read what is claimed: `latex` rewrites it in the signs of paper, `tokens`
finds numbers, `names` and signs in it, with the words of `vocabulary`, and `grammar` says what is
computed from what, in `steps`. `solution` computes what is right, and `points` compares the two, at
the numbers of the graph and at random ones; `rounding` finds what follows from a person's own
rounded figures, `conditions` where a formula is right that is not right everywhere, and `proof` asks
SymPy. `diagnosis` tells which of the mistakes in `gradient_mistakes` and `value_mistakes` lead to a
wrong claim, and `messages` says it in words. `path_mistakes` are those on the ways from a node to
the error, which `paths` knows, and `local_mistakes` those in the derivative of one step, made of
what `textbook` has of it.
"""

from autograd.checking.derivation.check_derivation import check_derivation
from autograd.checking.derivation.report import ClaimVerdict, DerivationReport

__all__ = ["ClaimVerdict", "DerivationReport", "check_derivation"]
