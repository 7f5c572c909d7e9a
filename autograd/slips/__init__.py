"""Names that people know from elsewhere.

`slips.py` answers those that autograd does not have, in words: what to write instead. `methods.py`
has those of micrograd, PyTorch and microgpt that work on a Value.
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
