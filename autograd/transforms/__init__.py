"""Derivatives of recorded Values, and functions that compute the derivatives of functions.

`gradients.py` has the former. `transforms.py` has `grad` and its like: `tracing.py` runs a function
until it is known what its arrays are, and `derivatives.py` differentiates what it returned.
`partials.py` gives partials as graphs, for derivatives of derivatives.
"""

from autograd.transforms.gradients import gradients
from autograd.transforms.transforms import grad, hessian, jacobian, jvp, value_and_grad, vjp

__all__ = ["grad", "gradients", "hessian", "jacobian", "jvp", "value_and_grad", "vjp"]
