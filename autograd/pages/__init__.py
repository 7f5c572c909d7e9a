"""Pages for the browser: a walk-through that is stepped through, and computes by itself.

`walkthrough` writes the file from the assets. What the picture shows comes from `named_values`,
the picture from `svg`, and what the page tells from `content`, with the `conditions` under which
its formulas hold. In the browser the recorded program gives all numbers (`numbers.js`); what they
mean is in `meaning.js`.
"""

from autograd.pages.walkthrough import walkthrough

__all__ = ["walkthrough"]
