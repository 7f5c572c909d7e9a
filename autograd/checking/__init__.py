"""Checks of gradients. They know no derivative: they compare, measure and report."""

from autograd.checking.derivation import ClaimVerdict, DerivationReport, check_derivation
from autograd.checking.gradcheck import gradcheck
from autograd.checking.report import Edge, GradientError, Report, Verdict

__all__ = [
    "ClaimVerdict",
    "DerivationReport",
    "Edge",
    "GradientError",
    "Report",
    "Verdict",
    "check_derivation",
    "gradcheck",
]
