"""Pages for the browser: a walk-through that is stepped through, and computes by itself."""

from autograd.pages.page import walkthrough

__all__ = ["walkthrough"]
