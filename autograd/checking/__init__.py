"""Checks of gradients. They know no derivative: they compare, measure and report."""

from autograd.checking.comparison import gradcheck
from autograd.checking.report import GradientError, Report, Verdict

__all__ = ["GradientError", "Report", "Verdict", "gradcheck"]
