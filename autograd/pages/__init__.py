"""Pages for the browser: a walk-through to step through, which computes everything by itself.

`walkthrough` writes the file from the `assets/`. `picture` draws the named Values in columns, and
`content` says what the page tells. In the browser, the recorded program gives all numbers
(`numbers.js`), and `meaning.js` says what they mean.
"""

from autograd.pages.walkthrough import walkthrough

__all__ = ["walkthrough"]
