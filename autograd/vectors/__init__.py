"""Arrays whose elements are Values.

`points.py` says when an array is a vector, and `vector.py` has its class, and NumPy's functions of
Values.
"""
