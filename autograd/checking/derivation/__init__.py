"""check_derivation: a person's own derivation, checked claim by claim.

`claims` says what is claimed about which figure, and leaves formulas to `reading/`. `solution`
computes what is right, and `points` compares the two, at the numbers of the graph and at random
ones, within the rounding errors of `measured`. `rounding` finds what follows from a person's own
rounded figures, `conditions` says where a formula holds that does not hold everywhere, and `proof`
asks SymPy. `diagnosis` finds which of the `mistakes/` lead to a wrong claim, some of them by the
`layers` of the graph, and `report` puts it into words.
"""
