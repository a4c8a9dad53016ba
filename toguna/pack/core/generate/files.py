"""A delivery as the file somebody would send: the form's spreadsheet, a CSV of it, or OpenRosa XML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from lxml import etree

from toguna.collect.core.schema import Column, Schema, Table, text_in
from toguna.pack.core.generate.drawn import Delivery, Filled, Row, Value

_OPENROSA = "http://openrosa.org/xforms"
_ENTITIES = "http://www.opendatakit.org/xforms/entities"


def written(delivery: Delivery, schema: Schema) -> Iterator[tuple[str, bytes]]:
    """Each file's name and bytes."""
    if delivery.how == "xml":
        for at, filled in enumerate(delivery.filled):
            yield f"{delivery.name}{f'-{at + 1}' if at else ''}.xml", _xml(filled, schema)
    elif delivery.how == "csv":
        yield f"{delivery.name}.csv", _csv(delivery, schema)
    else:
        yield f"{delivery.name}.xlsx", _xlsx(delivery, schema)


def _text(value: Value) -> str:
    return str(value)


def _xml(filled: Filled, schema: Schema) -> bytes:
    root = etree.Element("data", nsmap={"orx": _OPENROSA, "entities": _ENTITIES})
    root.set("id", schema.form_id)
    root.set("version", schema.version)
    for column in schema.table().columns:
        if column.name in filled.header:
            _node(root, column.path).text = _text(filled.header[column.name])
    for table in schema.tables[1:]:
        for row in filled.rows.get(table.name, ()):
            _row(root, table, row)
    meta = etree.SubElement(root, f"{{{_OPENROSA}}}meta")
    etree.SubElement(meta, f"{{{_OPENROSA}}}instanceID").text = filled.instance_id
    if filled.entity is not None:
        entity = etree.SubElement(meta, f"{{{_ENTITIES}}}entity")
        entity.set("dataset", filled.entity.list_name)
        entity.set("id", filled.entity.entity_id)
        if filled.entity.base_version is None:
            entity.set("create", "1")
        else:
            entity.set("update", "1")
            entity.set("baseVersion", str(filled.entity.base_version))
        etree.SubElement(entity, f"{{{_ENTITIES}}}label").text = filled.entity.label
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _row(root: Any, table: Table, row: Row) -> None:
    """One instance of a repeat that stands in the form itself."""
    above = _node(root, table.path[:-1]) if len(table.path) > 1 else root
    own = etree.SubElement(above, table.path[-1])
    for column in table.columns:
        if column.name in row:
            _node(own, column.path[len(table.path) :]).text = _text(row[column.name])


def _node(above: Any, path: Sequence[str]) -> Any:
    """The node at the path, made where it is not there."""
    for step in path:
        found = above.find(step)
        above = etree.SubElement(above, step) if found is None else found
    return above


def _csv(delivery: Delivery, schema: Schema) -> bytes:
    names = [
        column.name for column in schema.table().columns if any(column.name in one.header for one in delivery.filled)
    ]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_text(one.header.get(name, "")) for name in names] for one in delivery.filled)
    return stream.getvalue().encode()


def _xlsx(delivery: Delivery, schema: Schema) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"created": datetime(2016, 1, 1)})
        _sheet(book, schema, schema.table(), [one.header for one in delivery.filled], delivery.language)
        for table in schema.tables[1:]:
            rows = [row for one in delivery.filled for row in one.rows.get(table.name, ())]
            if rows:
                _sheet(book, schema, table, rows, delivery.language)
        hidden = book.add_worksheet("_toguna")
        for at, pair in enumerate((("form_id", schema.form_id), ("version", schema.version))):
            hidden.write_row(at, 0, pair)
        hidden.hide()
    return stream.getvalue()


def _sheet(book: Any, schema: Schema, table: Table, rows: Sequence[Row], language: str) -> None:
    """The columns that anybody filled, under their labels; choices as their labels, as a drop-down gives them."""
    sheet = book.add_worksheet(table.name[:31] or schema.form_id[:31])
    columns = [column for column in table.columns if any(column.name in row for row in rows)]
    labels = {column.name: _choices(schema, column, language) for column in columns}
    sheet.write_row(0, 0, [text_in(column.label, language, column.name) for column in columns])
    for at, row in enumerate(rows, 1):
        for place, column in enumerate(columns):
            if column.name in row:
                value = row[column.name]
                sheet.write(at, place, labels[column.name].get(_text(value), value))


def _choices(schema: Schema, column: Column, language: str) -> Mapping[str, str]:
    choices = schema.choices.get(column.choice_list or "", ())
    return {choice.name: text_in(choice.label, language, choice.name) for choice in choices}
