"""Functions recorded once and run as programs."""

from autograd.compiling.compile import Compiled, compile

__all__ = ["Compiled", "compile"]
