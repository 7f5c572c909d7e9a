"""The mistakes that people make, each as the number that it leads to.

`mistake` has their kinds. `gradient_mistakes` puts together those in a derivative: `path_mistakes`
on the ways from a node to the error, which `paths` knows, and `local_mistakes` in the derivative of
one step, made of what `textbook` has of it. `value_mistakes` are those in a forward pass, and
`layers` finds the matrices that may be transposed.
"""
