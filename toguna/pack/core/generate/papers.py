"""Spreadsheets that the plan writes out, and the source register as its owners publish it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby, product

from toguna.pack.core.generate.drawn import Delivery, Filled
from toguna.pack.core.generate.plan import Paper, Plan


def draw_papers(plan: Plan) -> Iterator[Delivery]:
    for paper in plan.papers:
        filled = _filled(paper)
        yield Delivery(
            received_at=paper.received,
            name=str(next(iter(filled[0].header.values()))),
            form=paper.form,
            filled=filled,
            how="xlsx",
            language=paper.language,
        )


def _filled(paper: Paper) -> tuple[Filled, ...]:
    rows = tuple(row for written in paper.rows for row in _each(written))
    if paper.repeat:
        return (Filled(form=paper.form, header=paper.header, rows={paper.repeat: rows}),)
    return tuple(Filled(form=paper.form, header={**paper.header, **row}) for row in rows)


def draw_sources(plan: Plan, rows: Sequence[Mapping[str, str]], form: str = "source_register") -> Iterator[Delivery]:
    """One file a day of publication, received the next morning; what is older than the instance comes with its first day."""
    for published, own in groupby(
        sorted(rows, key=lambda row: row["published_on"]), key=lambda row: row["published_on"]
    ):
        morning = datetime.combine(date.fromisoformat(published) + timedelta(days=1), time(9))
        filled = tuple(Filled(form=form, header={name: cell for name, cell in row.items() if cell}) for row in own)
        yield Delivery(
            received_at=max(morning, plan.forms_published + timedelta(hours=1)),
            name=f"sources-{published}",
            form=form,
            filled=filled,
            how="csv",
        )


def _each(row: Mapping[str, object]) -> Iterator[dict[str, object]]:
    lists = {name: value if isinstance(value, list) else [value] for name, value in row.items()}
    return (dict(zip(lists, chosen, strict=True)) for chosen in product(*lists.values()))
