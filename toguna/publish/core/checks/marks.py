"""Marks that `update next` and `update import` leave in a source for somebody to settle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft
from toguna.publish.core.checks.findings import Finding

_MARK = re.compile(r"<!--\s*((?:moved|same|no data|event of last month|typed over|comment)\b.*?)\s*-->")


def draft_marks(draft: Draft) -> Iterator[Finding]:
    for number, line in enumerate(draft.update.source.split("\n"), start=1):
        for match in _MARK.finditer(line):
            yield Finding(problem=fault.DRAFT_MARK.at(draft.at(number), quote=match[1][:80]), quote=match[1])
