"""Separation of duties: which acts for one text may not meet in one person, and whose act a clearance is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_PARAGRAPH = {"protection": "clear_protection", "security": "clear_security"}


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Two duties that one person has for one text."""

    first: str
    second: str
    person: str


def duty_of_clearance(kind: str, topic: str) -> str:
    """The duty that a clearance is: of a paragraph for its topic, of a section, of the whole."""
    return _PARAGRAPH.get(topic, "clear_section") if kind == "paragraph" else f"clear_{kind}"


def persons_of_clearance(means: str, cleared_by: str, recorded_by: str, letter: str) -> frozenset[str]:
    """Whose act it is. An e-mail whose digest is kept, and an own account, are the sender's alone; of what was said by telephone or in a
    meeting only the recorder can be held to it, so it is both's."""
    is_own = means == "account" or (means == "e-mail" and letter != "")
    return frozenset((cleared_by,)) if is_own else frozenset((cleared_by, recorded_by))


def meetings(apart: Sequence[tuple[str, str]], done: Iterable[tuple[str, Iterable[str]]]) -> list[Meeting]:
    """Every pair of duties to be kept apart that meets in one person; `done`: a duty and who has done it, as often as it was done."""
    persons: dict[str, set[str]] = {}
    for duty, names in done:
        persons.setdefault(duty, set()).update(map(_plain, names))
    return [
        Meeting(first=first, second=second, person=person)
        for first, second in apart
        for person in sorted(_of(persons, first) & _of(persons, second))
    ]


def _of(persons: Mapping[str, set[str]], duty: str) -> set[str]:
    return persons.get(duty, set())


def _plain(name: str) -> str:
    """A name is the same with other capitals or blanks."""
    return " ".join(name.casefold().split())
