"""Programs: what a function computed, recorded as instructions.

Rules run over tape numbers (`numbers`), each operation of which emits an instruction; `tape` keeps
the instructions, none of them twice. `recording` runs a function over such numbers, `chain_rule`
emits its gradient after that, each adjoint as one `dot`, and `program` drops what is not needed and
prints the rest. A function that is recorded again, and does the same again, keeps its program.
`graphs` records graphs that exist already, and runs programs as graphs; `javascript` writes
programs for a browser.
"""
