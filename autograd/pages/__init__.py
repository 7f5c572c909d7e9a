"""Pages for the browser: a walk-through to step through, which computes everything by itself.

`walkthrough` writes the file from the assets. `named_values` says what the picture shows, and
`svg` draws it; `content` has what the page says. In the browser, the recorded program gives all
numbers (`numbers.js`), and `meaning.js` says what they mean.
"""

from autograd.pages.walkthrough import walkthrough

__all__ = ["walkthrough"]
