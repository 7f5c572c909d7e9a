"""Worked examples: `python -m examples` runs them all, `python -m examples --list` lists them."""
