"""Arrays whose elements are Values.

`points.py` says when an array is a vector. `attributes.py` has the attributes by which a Value is
taken apart, `vector.py` the class of vectors and NumPy's functions of Values. `packing.py` takes an
array apart as a vector, and puts results together as arrays.
"""
