"""Names that people know from other packages.

For names that autograd does not have, `slips.py` says what to write instead. `methods.py` has those
names of micrograd, PyTorch and microgpt that do work on a Value.
"""

from autograd.slips.slips import (
    ABSENT,
    ATTRIBUTES,
    IMPORTS,
    MODULES,
    NAMES,
    WRITTEN,
    Absent,
    Elsewhere,
    answers_slips,
    meant,
    refusal,
    refused_import,
    with_call,
)

__all__ = [
    "ABSENT",
    "ATTRIBUTES",
    "IMPORTS",
    "MODULES",
    "NAMES",
    "WRITTEN",
    "Absent",
    "Elsewhere",
    "answers_slips",
    "meant",
    "refusal",
    "refused_import",
    "with_call",
]
