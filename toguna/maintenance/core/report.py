"""The doctor's report: what was looked at, what was found, in numbers and words of our own. Pure.

The report is meant to be mailed to a stranger. So a measured value is a number, or a word of a closed kind; a path, a name or
a sentence of an exception cannot be put in: `Examined` refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from toguna.kernel.api import Language, Problem

State = Literal["good", "warning", "fault", "unknown"]
#: Versions, engines, class names of exceptions, names of migrations, hours and dates: no blank, no slash, no at-sign.
_CODE = re.compile(r"[A-Za-z0-9_.:+~-]{0,60}")


@dataclass(frozen=True, kw_only=True)
class Examined:
    """One thing that was looked at. Refuses (`ValueError`) a measured value that is neither a number nor a code."""

    check: str
    state: State
    measured: Mapping[str, int | float | bool | str] = field(default_factory=dict)
    #: What is wrong and what to do; its details are numbers and codes too.
    problem: Problem | None = None

    def __post_init__(self) -> None:
        details = dict(self.problem.details) if self.problem else {}
        for name, value in {**self.measured, **details}.items():
            if not isinstance(value, int | float) and not (isinstance(value, str) and _CODE.fullmatch(value)):
                raise ValueError(f"{self.check}.{name} is neither a number nor a code")

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        """One row of the report."""
        row: dict[str, Any] = {"check": self.check, "state": self.state, "measured": dict(self.measured)}
        if self.problem is not None:
            told = self.problem
            row |= {"id": told.id, "message": told.what(language), "cure": told.cure(language)}
        return row


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that was looked at, in order."""

    examined: tuple[Examined, ...]

    @property
    def faults(self) -> int:
        return sum(one.state == "fault" for one in self.examined)

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        return {"report": "toguna doctor", "checks": [one.as_json(language) for one in self.examined]}
