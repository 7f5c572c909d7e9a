"""How a graph is read as people write it.

`sums.py` takes its sums of weights times inputs apart and tells which leaves are trained,
`naming.py` tells which Values get a line and a name.
"""
