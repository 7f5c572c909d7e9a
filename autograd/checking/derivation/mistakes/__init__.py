"""The mistakes that people make, each as the number that it leads to.

None of them is a formula: each changes one thing in the graph. To add one, write a function that
says what is changed, and give it a place in a table of `diagnosis`.

`mistake` lists their kinds, and has those that may be made in any number. `value_mistakes` are
those in a forward pass. Those in a derivative are made in the derivative of one step
(`local_mistakes`, as `textbook` has it), on the way to the error (`path_mistakes`),
or in the gradient as a whole, the error's targets and the update (`gradient_mistakes`).
"""
