"""Ctrl-C at a chosen instruction, as it may come at any."""

import contextvars
import sys
from pathlib import Path

import autograd
import nn
from autograd import modes
from autograd.compiling.exclusive import EXCLUSIVE

# An interrupt comes in the code of a folder, or of several: not in that of other packages.
NN = str(Path(nn.__file__).parent)
HOUSE = (str(Path(autograd.__file__).parent), NN)


class Interrupting:
    """Raises KeyboardInterrupt before one instruction of the code in a folder."""

    def __init__(self, folder, at):
        self.folder = folder
        self.at = at
        self.count = 0

    def __call__(self, frame, event, arg):
        if not frame.f_code.co_filename.startswith(self.folder):
            return None
        frame.f_trace_opcodes = True
        return self.instruction

    def instruction(self, frame, event, arg):
        if event == "opcode":
            self.count += 1
            if self.count == self.at:
                raise KeyboardInterrupt
        return self.instruction

    def run(self, function):
        """Runs a function; returns what ended it, or None."""
        tracing, open_modes = sys.gettrace(), list(modes.open_modes)
        sys.settrace(self)
        try:
            contextvars.copy_context().run(function)
        except KeyboardInterrupt as interrupt:
            return interrupt
        finally:
            sys.settrace(tracing)
            # Python itself never interrupts where a `with` is left, before its end is called.
            modes.open_modes[:] = open_modes
            while EXCLUSIVE._is_owned():
                EXCLUSIVE.release()
        return None
