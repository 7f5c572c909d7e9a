"""check_derivation: a person's own derivation, checked claim by claim.

`claims` and `formulas` read what is claimed: `tokens` finds numbers, names and signs in a text,
with the words of `vocabulary`, and `grammar` says what is computed from what. `solution` computes
what is right, and `points` compares the two, at the numbers of the graph and at random ones;
`rounding` says what follows from rounded figures, `conditions` where a formula holds, and `proof`
asks SymPy. `diagnosis` tells which of the mistakes in `gradient_mistakes` and `value_mistakes` lead
to a wrong claim, and `messages` says it in words. `local_mistakes` are those in the derivative of
one step, made of what `textbook` has of it, and `paths` tells what they do to the whole gradient.
"""

from autograd.checking.derivation.check_derivation import check_derivation
from autograd.checking.derivation.report import ClaimVerdict, DerivationReport

__all__ = ["ClaimVerdict", "DerivationReport", "check_derivation"]
