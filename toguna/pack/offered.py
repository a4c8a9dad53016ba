"""What a pack's indicators may be taken from, before any instance is made of it: its forms, entity lists and reference tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toguna.collect.api import ReferenceRow
from toguna.collect.core.schema import Column, ColumnType, Schema, declared_lists
from toguna.figures.core.catalogue import Offered, offered_form, sources_of
from toguna.figures.core.tables import GivenSources
from toguna.figures.feeds import ReferenceFeed
from toguna.figures.lake import form_tables, list_table
from toguna.pack.core.tables import PackTable
from toguna.registry.lists import saving_to


def offered_by(
    schemas: Sequence[Schema], references: Mapping[str, PackTable], registers: Mapping[str, frozenset[str]]
) -> GivenSources:
    """The tables, as the lake will hold them. `registers`: the codes of places and organisations."""
    forms = [offer for schema in schemas for offer in offered_form([schema], form_tables([schema]))]
    return sources_of([*forms, *_lists(schemas), *_references(references, registers)])


def _lists(schemas: Sequence[Schema]) -> Iterator[Offered]:
    for name in sorted(declared_lists(schemas)):
        columns: dict[str, list[Column]] = {}
        for schema in schemas:
            for column in saving_to(schema, name):
                columns.setdefault(column.saveto or "", []).append(column)
        properties: dict[str, ColumnType] = {saved: own[0].type for saved, own in columns.items()}
        choices = {
            saved: frozenset(
                choice.name for schema in schemas for choice in schema.choices.get(own[0].choice_list or "", ())
            )
            for saved, own in columns.items()
        }
        lists = {own[0].choice_list or "": choices[saved] for saved, own in columns.items()}
        yield Offered(name=name, kind="entities", table=list_table(name, schemas, properties), choices=lists)


def _references(references: Mapping[str, PackTable], registers: Mapping[str, frozenset[str]]) -> Iterator[Offered]:
    for name, table in references.items():
        key = table.columns[0]
        rows = tuple(ReferenceRow(key=row[key], values=dict(row.cells), seq_from=1, seq_to=None) for row in table.rows)
        yield from ReferenceFeed(table=name, rows=rows, registers=registers).offered()
