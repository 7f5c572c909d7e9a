"""A scalar reverse-mode automatic differentiation engine.

>>> from autograd import Value
>>> x = Value(3.0)
>>> y = x * x + 2 * x
>>> y.backward()
>>> y.data, x.grad
(15.0, 8.0)

`autograd.compile(function)` compiles a function of numbers, or of Values, to machine code.
`from autograd import *` leaves Python's own functions in place, so it brings no `compile`, `sum`,
`max` or `abs`: write `from autograd import compile`.
"""

import builtins
import gc
import importlib
from typing import TYPE_CHECKING, Any

from autograd.functions import *  # noqa: F403
from autograd.functions import __all__ as _functions
from autograd.modes import detect_anomaly, no_grad
from autograd.primitive import primitive
from autograd.slips import refused_import
from autograd.transforms.gradients import gradients
from autograd.transforms.transforms import grad, hessian, jacobian, jvp, value_and_grad, vjp
from autograd.value import Value

__version__ = "0.1.0"

if TYPE_CHECKING:
    from autograd.checking import GradientError, check_derivation
    from autograd.checking.gradcheck import gradcheck
    from autograd.compiling.compile import compile as compile
    from autograd.compiling.compiled import Compiled
    from autograd.drawing import Picture
    from autograd.drawing.draw import draw
    from autograd.drawing.network.draw_network import draw_network
    from autograd.drawing.network.draw_passes import draw_passes
    from autograd.explaining.explain import explain
    from autograd.pages.walkthrough import walkthrough

# Imported when they are first used, so that `import autograd` stays quick.
_LAZY = {
    "Compiled": "compiling",
    "GradientError": "checking",
    "Picture": "drawing",
    "check_derivation": "checking",
    "compile": "compiling",
    "draw": "drawing",
    "draw_network": "drawing.network",
    "draw_passes": "drawing.network",
    "explain": "explaining",
    "gradcheck": "checking",
    "walkthrough": "pages",
}

__all__ = [
    "Compiled",
    "GradientError",
    "Picture",
    "Value",
    "check_derivation",
    "detect_anomaly",
    "draw",
    "draw_network",
    "draw_passes",
    "explain",
    "grad",
    "gradcheck",
    "gradients",
    "hessian",
    "jacobian",
    "jvp",
    "no_grad",
    "primitive",
    "value_and_grad",
    "vjp",
    "walkthrough",
]
# `from autograd import *` leaves Python's own sum, abs and pow alone.
__all__ += [name for name in _functions if not hasattr(builtins, name)]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _LAZY:
            raise AttributeError(refused_import("autograd", name))
        module = importlib.import_module(f"autograd.{_LAZY[name]}")
        globals()[name] = public = getattr(module, name)
        return public


def __dir__() -> list[str]:
    return sorted({*__all__, *_LAZY, *_functions})


# A graph is many small objects without a reference cycle among them. By default the collector
# runs after every 700 new ones (2,000 since Python 3.13), finds nothing, and takes up to half of
# the time. It stays on, but runs less often.
gc.set_threshold(*map(builtins.max, gc.get_threshold(), (500_000, 100, 100)))
