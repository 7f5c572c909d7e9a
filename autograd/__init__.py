"""A scalar reverse-mode automatic differentiation engine.

>>> from autograd import Value
>>> x = Value(3.0)
>>> y = x * x + 2 * x
>>> y.backward()
>>> y.data, x.grad
(15.0, 8.0)
"""

import gc

from autograd.checking import GradientError, gradcheck
from autograd.functions import *  # noqa: F403
from autograd.functions import __all__ as _functions
from autograd.modes import detect_anomaly, no_grad
from autograd.primitive import primitive
from autograd.transforms import grad, gradients, hessian, jacobian, jvp, value_and_grad
from autograd.value import Value

__all__ = [
    "GradientError",
    "Value",
    "detect_anomaly",
    "grad",
    "gradcheck",
    "gradients",
    "hessian",
    "jacobian",
    "jvp",
    "no_grad",
    "primitive",
    "value_and_grad",
]
__all__ += _functions

# A graph is many small objects without a reference cycle among them. The collector,
# by default called every 700 of them, finds nothing and takes up to half of the time.
# It stays on, at longer intervals; `gc.set_threshold(700, 10, 10)` restores the default.
gc.set_threshold(*map(max, gc.get_threshold(), (500_000, 100, 100)))
