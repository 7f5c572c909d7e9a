"""Derivatives of recorded Values, and functions that compute the derivatives of functions.

`transforms.py` has `grad` and its like: `tracing.py` runs a function until it is known what its
arrays are, `derivatives.py` differentiates what it returned, and `partials.py` gives partials as
graphs, for derivatives of derivatives.
"""

from autograd.transforms.transforms import (
    grad,
    gradients,
    hessian,
    jacobian,
    jvp,
    value_and_grad,
    vjp,
)

__all__ = ["grad", "gradients", "hessian", "jacobian", "jvp", "value_and_grad", "vjp"]
