"""Faults that a person can mend: a stable id, a place, what is wrong, what to do.

A room declares its faults once, in ``problems.py``, as `Fault`s of a `Catalogue`; it reports them as `Problem`s.
A function that can find many returns them all beside its result; it raises `Refused` only when there is no result.
Sentences are English in the code and translated by gettext when they are printed; ids are never reused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from toguna.kernel.core.languages import ByLanguage
from toguna.kernel.core.messages import Counted, formatted

#: A code of ISO 639. Texts and labels may be in any language; what Toguna itself says is complete in these two.
Language = str
LANGUAGES: tuple[Language, ...] = ("en", "fr")
Severity = Literal["error", "warning"]

#: How each part of a place is named, per language, in the order in which a place is printed.
_PLACE_WORDS: dict[Language, dict[str, str]] = ByLanguage(
    {
        "en": {"sheet": "sheet", "page": "page", "line": "line", "row": "row", "column": "column"},
        "fr": {"sheet": "feuille", "page": "page", "line": "ligne", "row": "ligne", "column": "colonne"},
    }
)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a fault stands. Lines, rows and pages count from 1, as an editor or a spreadsheet shows them."""

    file: str | None = None
    sheet: str | None = None
    page: int | None = None
    line: int | None = None
    row: int | None = None
    column: str | None = None

    def written(self, language: Language = "en") -> str:
        """``returns.xlsx, sheet rows, row 14, column women``; empty when nothing is known."""
        words = _PLACE_WORDS[language]
        parts = [f"{word} {value}" for name, word in words.items() if (value := getattr(self, name)) is not None]
        return ", ".join(([self.file] if self.file else []) + parts)

    def as_json(self) -> dict[str, Any]:
        names = ("file", "sheet", "page", "line", "row", "column")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One entry of a catalogue. Sentences are `str.format` templates over the problem's details; one that counts has two forms."""

    id: str
    severity: Severity
    what: str | Counted
    cure: str
    #: The gettext domain of both.
    domain: str = "toguna"

    def at(self, place: Place | None = None, **details: object) -> Problem:
        """This fault, found at a place. Refuses (`KeyError`) details that its sentences need and do not get."""
        problem = Problem(fault=self, place=place or Place(), details=details)
        problem.what(), problem.cure()
        return problem


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A fault found in somebody's input."""

    fault: Fault
    place: Place = field(default_factory=Place)
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.fault.id

    @property
    def is_error(self) -> bool:
        return self.fault.severity == "error"

    def what(self, language: Language = "en") -> str:
        return self._said(self.fault.what, language)

    def cure(self, language: Language = "en") -> str:
        return self._said(self.fault.cure, language)

    def _said(self, sentence: str | Counted, language: Language) -> str:
        """`x_fr` among the details is what stands for `x` in French."""
        ending = f"_{language}"
        own = {name.removesuffix(ending): value for name, value in self.details.items() if name.endswith(ending)}
        return formatted(sentence, {**self.details, **own}, language, self.fault.domain)

    def written(self, language: Language = "en") -> str:
        """One line for a person: place, what is wrong, what to do, and the id in brackets."""
        place = self.place.written(language)
        return f"{place + ': ' if place else ''}{self.what(language)} {self.cure(language)} [{self.id}]"

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        return {
            "id": self.id,
            "severity": self.fault.severity,
            "place": self.place.as_json(),
            "message": self.what(language),
            "cure": self.cure(language),
        }


class Catalogue(Mapping[str, Fault]):
    """The faults of one room, by name. ``faults.error("choice_unknown", what, cure)``: two English sentences."""

    def __init__(self, room: str, *, domain: str = "toguna") -> None:
        self.room = room
        self.domain = domain
        self._faults: dict[str, Fault] = {}

    def error(self, name: str, what: str | Counted, cure: str) -> Fault:
        """Declare a fault that stops the work on what it concerns."""
        return self._declare(name, "error", what, cure)

    def warning(self, name: str, what: str | Counted, cure: str) -> Fault:
        """Declare a fault that is reported and does not stop the work."""
        return self._declare(name, "warning", what, cure)

    def _declare(self, name: str, severity: Severity, what: str | Counted, cure: str) -> Fault:
        if name in self._faults:
            raise ValueError(f"{self.room}.{name} is declared twice")
        fault = Fault(id=f"{self.room}.{name}", severity=severity, what=what, cure=cure, domain=self.domain)
        self._faults[name] = fault
        return fault

    def __getitem__(self, name: str) -> Fault:
        return self._faults[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._faults)

    def __len__(self) -> int:
        return len(self._faults)


class Refused(Exception):
    """There is no result; `problems` say why. The only exception a room lets out on account of its input."""

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a refusal needs at least one problem")
        super().__init__("\n".join(problem.written() for problem in problems))
        self.problems = problems


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop the work."""
    return [problem for problem in problems if problem.is_error]
