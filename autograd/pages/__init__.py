"""Pages for the browser: a walk-through that is stepped through, and computes by itself."""

from autograd.pages.walkthrough import walkthrough

__all__ = ["walkthrough"]
