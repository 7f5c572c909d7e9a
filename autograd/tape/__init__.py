"""Programs: what a function computed, recorded as instructions.

Rules run over `numbers`, a kind of number that emits an instruction for each operation; `tape`
keeps them, none twice; `recording` emits the gradient behind them, each adjoint one `dot`; and
`program` drops what is not needed. `graphs` records graphs that are there already, and runs
programs as graphs; `printing` and `javascript` write programs down.
"""
