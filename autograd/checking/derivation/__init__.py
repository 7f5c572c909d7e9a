"""check_derivation: a person's own derivation, checked claim by claim.

From `check_derivation` the way leads down: `claims` says what is claimed about which figure, and
leaves formulas to `reading/`. `solution` computes what is right, and `points` compares the two, at
the numbers of the graph and at random ones. `rounding` finds what follows from a person's own
rounded figures, and `validity` where a formula holds that is right here. `diagnosis` tells which of
the `mistakes/` lead to a wrong claim, some of them seen by the `layers` of the graph. Each mistake
has words of its own, of which `report` makes sentences.
"""
