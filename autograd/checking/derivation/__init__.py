"""check_derivation: a person's own derivation, checked claim by claim.

`claims` reads what is claimed, and leaves formulas to `reading/`. `solution` computes what is
right, and `points` compares the two, at the numbers of the graph and at random ones. `rounding`
finds what follows from a person's own rounded figures, `conditions` says where a formula holds
that does not hold everywhere, and `proof` asks SymPy. `diagnosis` tells which of the `mistakes/`
lead to a wrong claim, and `messages` puts it into words.
"""

from autograd.checking.derivation.check_derivation import check_derivation
from autograd.checking.derivation.report import ClaimVerdict, DerivationReport

__all__ = ["ClaimVerdict", "DerivationReport", "check_derivation"]
