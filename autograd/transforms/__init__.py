"""Derivatives of recorded Values, and functions that compute the derivatives of functions.

`gradients.py` has the former, and partials as graphs, for derivatives of derivatives.
`transforms.py` has the latter, such as `grad`. For these `tracing.py` runs the function until it is
known what its arrays are to it, and `derivatives.py` differentiates what it returned.
"""

from autograd.transforms.gradients import gradients
from autograd.transforms.transforms import grad, hessian, jacobian, jvp, value_and_grad, vjp

__all__ = ["grad", "gradients", "hessian", "jacobian", "jvp", "value_and_grad", "vjp"]
