"""Checks of gradients. They know no derivative: they compare, measure and report.

`gradcheck` makes the function callable at numbers (`target`), takes numeric derivatives
(`differences`, `slopes`), compares (`judging`), looks for the operation at fault (`blame`), and
reports (`report`). `check_derivation` checks what a person derived: see `derivation`.
"""

from autograd.checking.derivation.check_derivation import check_derivation
from autograd.checking.derivation.report import ClaimVerdict, DerivationReport
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
