"""Ctrl-C at a chosen instruction, as it may come at any."""

import contextvars
import sys
from pathlib import Path

import autograd
from autograd import modes

# The folder of the project: an interrupt comes in the code of a folder.
HOUSE = str(Path(autograd.__file__).parents[1])


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
            modes.open_modes[:] = open_modes
        return None
