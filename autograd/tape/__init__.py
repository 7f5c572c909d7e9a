"""Programs: what a function computed, recorded as instructions.

Rules run over `numbers`, a kind of number that emits an instruction for each of the `operations`;
`tape` keeps them, none twice. `recording` runs a function over such numbers, `chain_rule` emits its
gradient after them, each adjoint as one `dot`, and `program` drops what is not needed, and prints
the rest. A function that is recorded anew and does the same again keeps its program. `graphs`
records graphs that exist already, and runs programs as graphs; `javascript` writes programs for a
browser, with the functions that browsers lack in `functions.js`.
"""
