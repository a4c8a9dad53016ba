"""Notes: one number for one fact in reading order, and the page that groups them by source, so that 109 numbers take one page.

An entry is one source: of what is counted or reported a place and a period, of what is quoted an owner and a document. What a drawing shows of the
figure of an entry, by month or by region, stands in that entry too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from toguna.kernel.api import Language
from toguna.kernel.core.messages import translatable, translated
from toguna.publish.core.resolved import Basis, NoteParts, Shown
from toguna.publish.pages.setting import unbroken
from toguna.publish.pages.words import WORDS

#: Characters of a number in the notes; of a longer list of names the count stands there.
_LONGEST = 17
#: Characters of the numbers that stand before an entry; of longer ones, the first and the last number.
_LONGEST_RANGES = 7
_SOURCE = re.compile(r"[?&]source=([^&]+)")
_PAGE, _PAGES = translatable("p. {pages}"), translatable("pp. {pages}")


@dataclass
class Notes:
    """The notes of one text, numbered as they are met. What is met twice has the number of the first time."""

    language: Language
    #: The place of the whole text, which no source names again.
    home: str = ""
    by_words: dict[str, int] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    #: The part of the text that is being laid out: a title and an anchor.
    section: tuple[str, str] = ("", "")
    #: Notes that begin in the paragraph that is being laid out.
    fresh: list[dict[str, Any]] = field(default_factory=list)
    #: Whether the note that was asked for last was met for the first time.
    is_new: bool = False

    def index(self, shown: Shown, beside: str = "") -> int:
        """The number of a figure's note, from 1; 0 where it has none. `beside`: what the office's own count is of, in the text's words."""
        text = shown.text
        if len(text) > _LONGEST and shown.value is not None and shown.value == int(shown.value):
            text = str(int(shown.value))
        return self.add(shown.note, text, shown.basis, shown.parts, shown.provisional, beside=beside)

    def add(
        self,
        note: str,
        text: str,
        basis: Basis,
        parts: NoteParts | None,
        provisional: bool = False,
        *,
        beside: str = "",
        drawn: bool = False,
    ) -> int:
        """The same of a note in words. `drawn`: the note of all values of a drawing."""
        if not note:
            return 0
        # What the office states has no source of its own to tell it by: each number is one.
        key = f"{note}\x1f{text}\x1f{beside}" if basis == "stated" else note
        self.is_new = key not in self.by_words
        if self.is_new:
            self.by_words[key] = len(self.by_words) + 1
            row = {
                "index": self.by_words[key],
                "key": key,
                "text": text if len(text) <= _LONGEST or drawn else text[: _LONGEST - 1].rstrip(" ,") + "…",
                "note": note,
                "basis": basis,
                "parts": parts,
                "provisional": provisional,
                "section": self.section,
                "beside": beside,
                "drawn": drawn,
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
    """``28–34``; ``7–8, 26``; ``47…60`` where others stand between in many places."""
    groups: list[list[int]] = [[numbers[0]]]
    for earlier, later in pairwise(numbers):
        if later == earlier + 1:
            groups[-1].append(later)
        else:
            groups.append([later])
    told = ", ".join(str(group[0]) if len(group) == 1 else f"{group[0]}–{group[-1]}" for group in groups)
    return told if len(told) <= _LONGEST_RANGES else f"{numbers[0]}…{numbers[-1]}"


def grouped(notes: Notes) -> list[dict[str, Any]]:
    """The notes page: sections in reading order, each with its entries; an entry's numbers share one source.

    One figure of several places is one entry too, which names the places.
    """
    sections: dict[tuple[str, str], list[Entry]] = {}
    for row in notes.rows:
        entries = sections.setdefault(row["section"], [])
        source = source_words(row, notes)
        if row["drawn"]:
            entry = next((each for each in entries if each.takes_drawing(row)), None)
        else:
            entry = next((each for each in entries if (each.basis, each.source) == (row["basis"], source)), None)
            if entry is None and entries and entries[-1].is_elsewhere(row):
                entry = entries[-1]
                entry.by_place = True
            if entry is not None:
                entry.rows.append(row)
        if entry is None:
            entries.append(Entry(basis=row["basis"], source=source, rows=[row]))
    return [
        {
            "title": title,
            "first": min(row["index"] for entry in entries for row in entry.rows),
            "last": max(row["index"] for entry in entries for row in entry.rows),
            "entries": [entry.laid(notes) for entry in entries],
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
        if (
            self.rows[-1]["drawn"]
            or last is None
            or other is None
            or row["basis"] != self.basis
            or not (self.by_place or len(self.rows) == 1)
        ):
            return False
        return bool(
            (last.label, last.when, last.categories, last.source)
            == (other.label, other.when, other.categories, other.source)
        )

    def takes_drawing(self, row: dict[str, Any]) -> bool:
        """Put the note of a drawing after the figure of this entry that it draws; False where there is none."""
        of = row["parts"]
        at = [
            at
            for at, each in enumerate(self.rows)
            if each["parts"] is not None
            and each["provisional"] == row["provisional"]
            and each["parts"].label == of.label
            and of.where in {"", each["parts"].where}
        ]
        if row["basis"] != self.basis or not at:
            return False
        self.rows.insert(at[-1] + 1, row)
        return True

    def laid(self, notes: Notes) -> dict[str, Any]:
        pages = sorted({row["parts"].page for row in self.rows if row["parts"] and row["parts"].page}, key=_page_order)
        source = source_words(self.rows[0], notes, place=not self.by_place, pages=pages)
        return {
            "basis": self.basis,
            "numbers": ranges(sorted(row["index"] for row in self.rows)),
            "items": _items(self.rows, by_place=self.by_place),
            "source": unbroken(source),
            "ask": asked(self.rows),
            "misfit": "; ".join(misfits(self.rows)),
        }


def asked(rows: Sequence[dict[str, Any]]) -> str:
    """What to ask the figures for, short: the source that the quoted values share (``cmp-2016-10``), else their first indicator.

    What else tells the figures apart stands in their labels; the line sheet has each reference in full.
    """
    references = [row["parts"].ask for row in rows if row["parts"] and row["parts"].ask and row["parts"].source]
    sources = {match[1] if (match := _SOURCE.search(one)) else "" for one in references}
    if len(sources) == 1 and (source := next(iter(sources))):
        return source
    names = list(dict.fromkeys(one.partition("?")[0] for one in references))
    return f"{names[0]} …" if len(names) > 1 else "".join(names)


def misfits(rows: Sequence[dict[str, Any]]) -> list[str]:
    """What does not fit in the documents of an entry, each once."""
    return list(dict.fromkeys(row["parts"].misfit for row in rows if row["parts"] and row["parts"].misfit))


def source_words(row: dict[str, Any], notes: Notes, *, place: bool = True, pages: Sequence[str] = ()) -> str:
    """Where an entry's numbers come from, so that those which share it stand together; `pages` are the pages of the document."""
    parts: NoteParts | None = row["parts"]
    language, words = notes.language, WORDS[notes.language]
    if parts is None:
        return str(row["note"]) if row["basis"] == "stated" else ""
    if row["basis"] in {"quoted", "estimated"} and (parts.source or parts.method):
        told = ", ".join(filter(None, (parts.source, _pages(pages, language), parts.when_short)))
        return ". ".join(filter(None, (told, parts.method))) + "."
    provisional = f" ({words['provisional']})" if row["provisional"] else ""
    where = parts.where if place and parts.where != notes.home else ""
    told = ", ".join(filter(None, (parts.source, where, parts.when_short)))
    return f"{told}{provisional}."


def _pages(pages: Sequence[str], language: Language) -> str:
    if not pages:
        return ""
    whole = [int(page) for page in pages if page.isdigit()]
    text = ranges(whole) if len(whole) == len(pages) else ", ".join(pages)
    return translated(_PAGE if len(pages) == 1 else _PAGES, language).format(pages=text)


def _page_order(page: str) -> tuple[int, str]:
    return (int(page) if page.isdigit() else 0, page)


def _items(rows: list[dict[str, Any]], *, by_place: bool) -> list[dict[str, Any]]:
    """Each number with its short label; a label that stands already is not said again where something else tells the numbers apart."""
    found, before = [], ""
    when = rows[0]["parts"].when_short if rows[0]["parts"] else ""
    for row in rows:
        parts: NoteParts | None = row["parts"]
        if row["drawn"] and row is not rows[0] and parts is not None:
            # How the figure beside it is drawn: of which period, where that is another.
            label = parts.when_short if parts.when_short != when else ""
            found.append({"index": row["index"], "text": row["text"], "label": unbroken(label)})
            continue
        label = parts.short if parts else row["beside"]
        apart = ", ".join((*parts.categories, *([parts.where] if by_place else []))) if parts else ""
        told = apart if apart and label == before else ", ".join(filter(None, (label, apart)))
        before = label
        found.append({"index": row["index"], "text": row["text"], "label": unbroken(told)})
    return found
