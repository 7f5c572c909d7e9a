"""check_derivation: a person's own derivation, checked claim by claim."""

from autograd.checking.derivation.check import check_derivation
from autograd.checking.derivation.report import ClaimVerdict, DerivationReport

__all__ = ["ClaimVerdict", "DerivationReport", "check_derivation"]
