"""Arrays whose elements are Values.

`points.py` says when an array is a vector. `attributes.py` has the attributes of arrays, which a
Value answers by an error; `vector.py` has the class of vectors, and NumPy's functions for Values.
`packing.py` unpacks an array into a vector, and packs results into arrays.
"""
