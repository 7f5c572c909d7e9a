"""Names that people know from other packages.

For names that autograd does not have, `slips.py` says what to write instead: it stands in the
tables of `names.py`. `methods.py` has those names of micrograd, PyTorch and microgpt that do work
on a Value.
"""

from autograd.slips.names import ABSENT, ATTRIBUTES, IMPORTS, MODULES, NAMES, WRITTEN
from autograd.slips.slips import (
    Absent,
    Elsewhere,
    answers_slips,
    meant,
    refusal,
    refused_import,
    whole_number,
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
    "whole_number",
    "with_call",
]
