"""Notes: one number for one fact in reading order, and the page that groups them by source, so that 109 numbers take one page.

An entry is one source: of what is counted or reported a place and a period, of what is quoted an owner and a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from toguna.kernel.api import Language
from toguna.publish.core.resolved import Basis, NoteParts, Shown
from toguna.publish.pages.words import WORDS

#: Characters of a number in the notes; a list of names is cut.
_LONGEST = 17


@dataclass
class Notes:
    """The notes of one text, numbered as they are met. What is met twice has the number of the first time."""

    language: Language
    by_words: dict[str, int] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    #: The part of the text that is being laid out: a title and an anchor.
    section: tuple[str, str] = ("", "")
    #: Notes that begin in the paragraph that is being laid out.
    fresh: list[dict[str, Any]] = field(default_factory=list)
    #: Whether the note that was asked for last was met for the first time.
    is_new: bool = False

    def index(self, shown: Shown, text: str = "") -> int:
        """The number of a figure's note, from 1; 0 where it has none."""
        return self.add(shown.note, text or shown.text, shown.basis, shown.parts, shown.provisional)

    def add(self, note: str, text: str, basis: Basis, parts: NoteParts | None, provisional: bool = False) -> int:
        """The same of a note in words."""
        if not note:
            return 0
        # What the office states has no source of its own to tell it by: each number is one.
        key = f"{note}\x1f{text}" if basis == "stated" else note
        self.is_new = key not in self.by_words
        if self.is_new:
            self.by_words[key] = len(self.by_words) + 1
            short = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip(" ,") + "…"
            row = {
                "index": self.by_words[key],
                "key": key,
                "text": short,
                "note": note,
                "basis": basis,
                "parts": parts,
                "provisional": provisional,
                "section": self.section,
            }
            self.rows.append(row)
            self.fresh.append(row)
        return self.by_words[key]

    def owners(self) -> list[str]:
        """Whose the quoted values are, each once."""
        return list(dict.fromkeys(row["parts"].owner for row in self.rows if row["parts"] and row["parts"].owner))

    def margin(self) -> dict[str, Any]:
        """What stands in the margin of a paragraph: the numbers of the notes that begin in it, and how they are known."""
        fresh, self.fresh = self.fresh, []
        if not fresh:
            return {}
        bases = list(dict.fromkeys(row["basis"] for row in fresh if row["basis"] != "text"))
        return {"numbers": ranges([row["index"] for row in fresh]), "bases": bases, "first": fresh[0]["index"]}


def ranges(numbers: Sequence[int]) -> str:
    """``28–34``; ``47…60`` where others stand between."""
    if len(numbers) == 1:
        return str(numbers[0])
    joined = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    return f"{numbers[0]}{'–' if joined else '…'}{numbers[-1]}"


def grouped(notes: Notes) -> list[dict[str, Any]]:
    """The notes page: sections in reading order, each with its entries; an entry's numbers share one source.

    One figure of several places is one entry too, which names the places.
    """
    sections: dict[tuple[str, str], list[Entry]] = {}
    for row in notes.rows:
        entries = sections.setdefault(row["section"], [])
        source = source_words(row, notes.language)
        entry = next((each for each in entries if (each.basis, each.source) == (row["basis"], source)), None)
        if entry is None and entries and entries[-1].is_elsewhere(row):
            entry = entries[-1]
            entry.by_place = True
        if entry is None:
            entry = Entry(basis=row["basis"], source=source)
            entries.append(entry)
        entry.rows.append(row)
    return [
        {
            "title": title,
            "first": min(row["index"] for entry in entries for row in entry.rows),
            "last": max(row["index"] for entry in entries for row in entry.rows),
            "entries": [entry.laid(notes.language) for entry in entries],
        }
        for (title, _), entries in sections.items()
    ]


@dataclass
class Entry:
    """Numbers that share a source, or one figure of several places."""

    basis: Basis
    source: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    by_place: bool = False

    def is_elsewhere(self, row: dict[str, Any]) -> bool:
        """Whether the row is this entry's figure at another place."""
        last, other = self.rows[-1]["parts"], row["parts"]
        if last is None or other is None or row["basis"] != self.basis or not (self.by_place or len(self.rows) == 1):
            return False
        return bool(
            (last.label, last.when, last.categories, last.source)
            == (other.label, other.when, other.categories, other.source)
        )

    def laid(self, language: Language) -> dict[str, Any]:
        source = source_words(self.rows[0], language, place=not self.by_place)
        return {
            "basis": self.basis,
            "numbers": ranges([row["index"] for row in self.rows]),
            "items": _items(self.rows, by_place=self.by_place),
            "source": source,
        }


def source_words(row: dict[str, Any], language: Language, *, place: bool = True) -> str:
    """Where an entry's numbers come from, so that those which share it stand together."""
    parts: NoteParts | None = row["parts"]
    words = WORDS[language]
    if parts is None:
        return str(row["note"]) if row["basis"] == "stated" else ""
    if row["basis"] in {"quoted", "estimated"} and (parts.source or parts.method):
        told = ", ".join(filter(None, (parts.source, parts.when_short)))
        return ". ".join(filter(None, (told, parts.method))) + "."
    provisional = f" ({words['provisional']})" if row["provisional"] else ""
    told = ", ".join(filter(None, (parts.source, parts.where if place else "", parts.when_short)))
    return f"{told}{provisional}."


def _items(rows: list[dict[str, Any]], *, by_place: bool) -> list[dict[str, Any]]:
    """Each number with its short label; a label that stands already is not said again where something else tells the numbers apart."""
    found, before = [], ""
    for row in rows:
        parts: NoteParts | None = row["parts"]
        label = parts.short if parts else ""
        apart = ", ".join((*parts.categories, *([parts.where] if by_place else []))) if parts else ""
        told = apart if apart and label == before else ", ".join(filter(None, (label, apart)))
        before = label
        found.append({"index": row["index"], "text": row["text"], "label": told})
    return found
