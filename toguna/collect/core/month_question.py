"""For how long the answer to a question for a day stands: a constraint that takes the first of a month alone asks for a month."""

from __future__ import annotations

import re

from toguna.collect.core.schema import Column
from toguna.kernel.core.periods import Grain

_FIRST_OF_A_MONTH = re.compile(r"""format-date\(\s*\.\s*,\s*(["'])%[de]\1\s*\)\s*=\s*(["']?)0?1\2(?![0-9])""")
#: With these the first of a month is one possibility among others.
_OTHERWISE = re.compile(r"\bor\b|\bnot\s*\(|\bif\s*\(")


def grain_of(column: Column) -> Grain:
    """``month`` where the constraint takes nothing but the first day of a month, else ``day``."""
    constraint = column.constraint or ""
    if column.type != "date" or _OTHERWISE.search(constraint):
        return "day"
    return "month" if _FIRST_OF_A_MONTH.search(constraint) else "day"
