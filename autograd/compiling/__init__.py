"""Functions recorded once and run as programs."""

from autograd.compiling.compiled import Compiled, compile

__all__ = ["Compiled", "compile"]
