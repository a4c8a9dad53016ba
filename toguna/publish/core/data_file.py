"""The public data file of an edition, ``figures.csv``: a plain header, a row of HXL tags, one line a figure.

It has value, unit, basis, as of and owner; no reference, no count of rows, no digest of a definition, no partner (design, What the public gets).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from toguna.kernel.api import Language
from toguna.kernel.core.spreadsheets import defused
from toguna.publish.core.figure_source import Fact
from toguna.publish.core.numerals import value_of
from toguna.publish.core.resolve import Resolution
from toguna.publish.core.resolved import Shown

#: Column and its HXL tag; `value` is empty where the figure is silent, and `status` says why.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("figure", "#indicator+name"),
    ("period_start", "#date+start"),
    ("period_end", "#date+end"),
    ("place", "#loc+name"),
    ("place_code", "#loc+code"),
    ("categories", "#indicator+category"),
    ("value", "#value"),
    ("unit", "#value+unit"),
    ("status", "#status"),
    ("provisional", "#status+provisional"),
    ("shown", "#value+text"),
    ("basis", "#meta+basis"),
    ("owner", "#org+source"),
    ("as_of", "#date+as_of"),
)


def write_figures(resolution: Resolution) -> str:
    """The file's text: each figure of the text and of its blocks once, in reading order; stated numbers at their place."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([name for name, _ in COLUMNS])
    writer.writerow([tag for _, tag in COLUMNS])
    seen: set[tuple[str, ...]] = set()
    for row in _rows(resolution):
        if row not in seen:
            seen.add(row)
            writer.writerow([defused(cell) for cell in row])
    return stream.getvalue()


def _rows(resolution: Resolution) -> Iterator[tuple[str, ...]]:
    language = resolution.front.language
    for number, shown in resolution.resolved.numbers():
        fact = resolution.facts.get(number.span)
        if fact is not None:
            yield _row(fact, shown, language)
    for line, cells in resolution.cells.items():
        printed = [row.shown for rows in resolution.resolved.blocks[line].rows.values() for row in rows]
        for (_, _, fact), shown in zip(cells.rows, printed, strict=True):
            yield _row(fact, shown, language)


def _row(fact: Fact, shown: Shown, language: Language) -> tuple[str, ...]:
    source = next(iter(fact.sources), None)
    printable = fact.status in {"value", "nil"} and fact.value is not None
    # Of a sensitive figure that the text rounds, the file says no more than the text.
    is_rounded = fact.is_sensitive and value_of(shown.text, language) != fact.value
    quoted = fact.basis in {"quoted", "estimated", "planned"}
    return (
        fact.label[language],
        fact.period.start.isoformat(),
        fact.period.end.isoformat(),
        fact.place_name.get(language, ""),
        fact.place or "",
        "; ".join(f"{key} {value}" for key, value in fact.categories.items() if key != "source"),
        f"{fact.value.normalize():f}" if printable and fact.value is not None and not is_rounded else "",
        fact.unit,
        fact.status,
        "yes" if fact.provisional else "",
        shown.text if printable else "",
        fact.basis,
        source.in_language(language).owner if source and quoted else "",
        source.as_of.isoformat() if source and source.as_of else "",
    )
