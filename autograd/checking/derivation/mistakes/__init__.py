"""The mistakes that people make, each as the number that it leads to.

`mistake` lists their kinds. `gradient_mistakes` collects the mistakes in a derivative:
`path_mistakes` are made on the paths from a node to the error, which `paths` finds,
`local_mistakes` in the derivative of one step, as `textbook` has it, and `error_mistakes` at the
error itself. `value_mistakes` are those in a forward pass, and `layers` finds the matrices that
may be transposed.
"""
