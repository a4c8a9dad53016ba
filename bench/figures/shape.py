"""The records that are measured: twelve forms, 36 months, 720 places, one row in twenty superseded; always the same for a size.

Written into the lake as a sync would write them: a file a form and month, sorted by date and place.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toguna.collect.core.schema import Choice, Column, Schema, Table
from toguna.figures.lake import Lake, LakeTable, form_tables
from toguna.figures.lake import table as tables

FORMS = tuple(f"form_{n:02}" for n in range(12))
MONTHS = tuple(f"{2014 + n // 12}-{n % 12 + 1:02}" for n in range(36))
REGIONS = tuple(f"ML{n:02}" for n in range(1, 13))
SITES = tuple(f"{region}{n:02}" for region in REGIONS for n in range(60))
TOPICS = tuple(f"topic_{n:02}" for n in range(20))
STATUSES = ("planned", "ongoing", "done", "delayed", "stopped")
PARTNERS = tuple(f"partner_{n:02}" for n in range(30))
GROUPS = ("women", "men", "girls", "boys")
SUPERSEDED = 0.05
#: The acts run evenly through the months: this many a row.
SECRET = b"b" * 32


def schema(form: str) -> Schema:
    def column(name: str, kind: str, reference: str | None = None, choices: str | None = None) -> Column:
        return Column(
            name=name,
            type=kind,  # type: ignore[arg-type]
            path=(name,),
            sensitivity="internal",
            reference=reference,
            choice_list=choices,
        )

    columns = (
        column("on", "date"),
        column("site", "select_one", "places"),
        column("partner", "select_one", "organisations"),
        column("topic", "select_one", choices="topic"),
        column("status", "select_one", choices="status"),
        *(column(group, "integer") for group in GROUPS),
        column("amount", "integer"),
        column("person", "select_one", "person"),
    )
    lists = {"topic": TOPICS, "status": STATUSES}
    return Schema(
        form_id=form,
        version="1",
        title={"en": form},
        languages=("en",),
        default_language="en",
        tables=(Table(name="", columns=columns),),
        choices={name: tuple(Choice(name=choice) for choice in choices) for name, choices in lists.items()},
        date_column="on",
        place_columns=(("", "site"),),
        sensitivity="internal",
    )


def table_of(form: str) -> LakeTable:
    return form_tables([schema(form)])[0]


def make_lake(folder: Path, rows: int) -> tuple[Lake, int]:
    """The lake of this many rows, and the act that it reaches. A folder that holds it already is taken as it is."""
    lake = Lake(folder, SECRET)
    done = folder / f"made-{rows}"
    last = rows + int(rows * SUPERSEDED) + 1
    if done.exists():
        return lake, last
    for number, form in enumerate(FORMS):
        shape = table_of(form)
        target = folder / form
        tables.create(target, shape)
        adds = [
            tables.write_file(target, month, part, shape) for month, part in _months(number, rows // len(FORMS), last)
        ]
        tables.commit(target, shape, adds, [], last)
    lake._write_state(dict.fromkeys(FORMS, last))
    done.touch()
    return lake, last


def _months(form: int, rows: int, last: int) -> Iterator[tuple[str, pa.Table]]:
    each = rows // len(MONTHS)
    for index, month in enumerate(MONTHS):
        count = each + (rows - each * len(MONTHS) if index == len(MONTHS) - 1 else 0)
        yield month, _rows(np.random.default_rng([form, index]), form, index, count, rows, last)


def _rows(draw: np.random.Generator, form: int, month: int, count: int, of_form: int, last: int) -> pa.Table:
    first = date(2014 + month // 12, month % 12 + 1, 1)
    days = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    on = np.datetime64(first) + draw.integers(0, days, count).astype("timedelta64[D]")
    begins = (draw.random(count) * last / len(MONTHS) + month * last / len(MONTHS)).astype(np.int64) + 1
    ends = np.minimum(begins + draw.integers(1, max(2, last // 12), count), last)
    gone = (draw.random(count) < SUPERSEDED) & (ends > begins)
    number = np.arange(count) + month * (of_form // len(MONTHS))
    names = pc.binary_join_element_wise(f"u{form}-", pc.cast(pa.array(number), pa.string()), "")
    shape = table_of(FORMS[form])
    people = max(1, of_form // 4)
    received = datetime.combine(first, datetime.min.time(), UTC) + timedelta(days=days)
    values: dict[str, pa.Array] = {
        "_lineage": names,
        "_row": pa.array([""] * count, pa.string()),
        "_parent_row": pa.nulls(count, pa.string()),
        "_happened": pa.array(on),
        "_seq_from": pa.array(begins),
        "_seq_to": pa.array(ends, mask=~gone),
        "_instance_id": names,
        "_version": pa.array(np.ones(count, np.int32)),
        "_form_version": pa.array(["1"] * count, pa.string()),
        "_received_at": pa.array([received] * count, pa.timestamp("us", tz="UTC")),
        "_state": pa.array(["received"] * count, pa.string()),
        "on": pa.array(on),
        "site": pa.array(SITES).take(pa.array(draw.integers(0, len(SITES), count))),
        "partner": pa.array(PARTNERS).take(pa.array(draw.integers(0, len(PARTNERS), count))),
        "topic": pa.array(TOPICS).take(pa.array(draw.integers(0, len(TOPICS), count))),
        "status": pa.array(STATUSES).take(pa.array(draw.integers(0, len(STATUSES), count))),
        **{group: pa.array(draw.integers(0, 12, count)) for group in GROUPS},
        "amount": pa.array(draw.integers(0, 200_000, count)),
        "person": pc.binary_join_element_wise("p", pc.cast(pa.array(draw.integers(0, people, count)), pa.string()), ""),
    }
    return pa.table([values[field.name].cast(field.type) for field in shape.arrow], schema=shape.arrow)
