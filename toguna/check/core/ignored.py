"""Findings that somebody decided to leave: a small text file beside the document, one line each, with name and reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toguna.check import problems as fault
from toguna.check.core.finding import Finding
from toguna.kernel.api import Place, Refused

SUFFIX = ".toguna-ignore"
_HEAD = "# Findings of toguna check that were looked at and left: id | name | reason\n"


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """One finding that is to be left, by its id: who decided it, and why."""

    id: str
    name: str
    reason: str


def ignore_file(document: Path) -> Path:
    """Where the document's ignored findings stand: `update.docx.toguna-ignore` beside `update.docx`."""
    return document.with_name(document.name + SUFFIX)


def read_ignored(document: Path) -> tuple[Ignored, ...]:
    """The document's ignored findings; none without a file. Refuses (`Refused`) a line without id, name or reason."""
    path = ignore_file(document)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        reason = fault.reasons(error) if isinstance(error, OSError) else {"reason": "UTF-8", "reason_fr": "UTF-8"}
        raise Refused(fault.FILE_MISSING.at(Place(file=path.name), **reason)) from error
    found, wrong = [], []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            parts = [part.strip() for part in line.split("|", 2)]
            if len(parts) == 3 and all(parts):
                found.append(Ignored(id=parts[0], name=parts[1], reason=parts[2]))
            else:
                wrong.append(fault.IGNORE_LINE.at(Place(file=path.name, line=number)))
    if wrong:
        raise Refused(*wrong)
    return tuple(found)


def ignored_text(document: Path, added: Sequence[Ignored]) -> str:
    """The whole text of the document's file with these findings at its end, for writing. Refuses an empty name or reason, and a file that is
    broken already; an id that stands there already gets the new name and reason."""
    if any(not one.name.strip() or not one.reason.strip() for one in added):
        raise Refused(fault.IGNORE_UNSIGNED.at(Place(file=ignore_file(document).name)))
    named = {one.id for one in added}
    known = [one for one in read_ignored(document) if one.id not in named]
    return _HEAD + "".join(f"{one.id} | {_flat(one.name)} | {_flat(one.reason)}\n" for one in (*known, *added))


def _flat(words: str) -> str:
    return " ".join(words.replace("|", "/").split())


def without(findings: Iterable[Finding], ids: Iterable[str]) -> tuple[Finding, ...]:
    """The findings that are not among these ids."""
    known = frozenset(ids)
    return tuple(finding for finding in findings if finding.id not in known)


def ids_of_run(path: Path) -> frozenset[str]:
    """The ids that an earlier run printed (`--format json`). Refuses (`Refused`) every other file."""
    here = Place(file=path.name)
    try:
        rows: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused(fault.FILE_MISSING.at(here, **fault.reasons(error))) from error
    except (ValueError, RecursionError) as error:
        raise Refused(fault.NOT_A_RUN.at(here)) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows):
        raise Refused(fault.NOT_A_RUN.at(here))
    return frozenset(row["id"] for row in rows)
