"""A filled form as OpenRosa XML: bytes to text by table and column. Knows no database.

Names are matched without their namespace, because clients differ in prefixes. Source: ODK XForms specification, "Secondary instances"
and "Metadata"; ODK Entities 2025.1; `facts/ecosystem.md` 2.2 and 2.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from toguna.collect import problems
from toguna.collect.core.schema import Schema, Table
from toguna.collect.core.submissions.lookup import near
from toguna.kernel.api import Place, Problem, Refused, digest, drawn_id
from toguna.kernel.core.sniff import is_spreadsheet_2003, is_web_page

#: A filled form holds text; photos and films come beside it.
LARGEST = 10_000_000
#: libxml2's own limit.
DEEPEST = 256

#: Children of `meta` that hold no answer.
_META = frozenset({"instanceID", "deprecatedID", "instanceName", "audit", "entity", "userID", "deviceID", "edited"})


@dataclass(frozen=True, kw_only=True)
class EntityNode:
    """`meta/entity` as written."""

    table: str
    row: str
    attributes: Mapping[str, str]
    label: str | None


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A filled form, its values still text."""

    name: str
    raw: bytes
    sha256: str
    schema: Schema
    instance_id: str
    deprecated_id: str | None
    #: By table: `_row`, `_parent_row`, and the text of each answered column.
    rows: Mapping[str, Sequence[Mapping[str, str]]]
    entities: tuple[EntityNode, ...]
    #: Warnings: what of the file is kept with the raw bytes alone.
    problems: tuple[Problem, ...]
    #: Questions that were asked and left blank, as (table, row, column): an update of an entity empties what they save to.
    blanks: frozenset[tuple[str, str, str]] = frozenset()


def parse_xml(raw: bytes, forms: Mapping[str, Sequence[Schema]], name: str = "") -> Filled:
    """The filled form in these bytes, by the published version it names.

    Refuses a web page or a workbook that is XML, an encrypted submission, broken XML, a DOCTYPE, what is too large or too deep, and a form or version that is not published. Without an instanceID it
    gets one drawn from its bytes, so that the same file is the same submission.
    """
    place = Place(file=name or None)
    if is_web_page(raw):
        raise Refused(problems.WEB_PAGE.at(place))
    if is_spreadsheet_2003(raw):
        raise Refused(problems.SPREADSHEET_2003.at(place))
    root = _root(raw, place)
    if root.get("encrypted") in ("yes", "true") or root.find("{*}base64EncryptedKey") is not None:
        raise Refused(problems.XML_ENCRYPTED.at(place))
    schema = _schema_for(root, forms, place)
    walk = _Walk(place=place)
    layout = _layout(schema)
    walk.rows[""].append({"_row": "", "_parent_row": ""})
    walk.children(root, layout, walk.rows[""][0], "", "")
    sha256 = digest(raw)
    return Filled(
        name=name,
        raw=raw,
        sha256=sha256,
        schema=schema,
        instance_id=walk.meta.get("instanceID") or root.get("instanceID") or f"uuid:{drawn_id(schema.form_id, sha256)}",
        deprecated_id=walk.meta.get("deprecatedID"),
        rows=walk.rows,
        entities=tuple(walk.entities),
        problems=tuple(walk.problems),
        blanks=frozenset(walk.blanks),
    )


def _root(raw: bytes, place: Place) -> Any:
    if len(raw) > LARGEST:
        raise Refused(problems.XML_TOO_LARGE.at(place, size=len(raw), most=LARGEST))
    if b"<!DOCTYPE" in raw:
        raise Refused(problems.XML_DOCTYPE.at(place))
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        if "depth" in str(error.msg):
            raise Refused(problems.XML_TOO_DEEP.at(place, most=DEEPEST)) from error
        raise Refused(problems.XML_BROKEN.at(place, reason=error.msg)) from error
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding where the bytes above look different
        raise Refused(problems.XML_DOCTYPE.at(place))
    return root


def _schema_for(root: Any, forms: Mapping[str, Sequence[Schema]], place: Place) -> Schema:
    form_id = root.get("id") or _local(root.tag)
    versions = forms.get(form_id)
    if not versions:
        raise Refused(problems.FORM_UNKNOWN.at(place, form=form_id, near=near(form_id, forms)))
    version = root.get("version") or root.get("{http://openrosa.org/javarosa}version")
    if version is None and len(versions) == 1:
        return versions[0]
    for schema in versions:
        if schema.version == (version or ""):
            return schema
    raise Refused(problems.FORM_VERSION_UNKNOWN.at(place, form=form_id, version=version or ""))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


#: What stands at a path: a column's name, or a group's or repeat's own layout.
@dataclass(frozen=True, kw_only=True)
class _Layout:
    table: str
    #: Steps below: (kind, column name or layout).
    steps: dict[str, str | _Layout] = field(default_factory=dict)
    is_repeat: bool = False


_layouts: dict[str, _Layout] = {}


def _layout(schema: Schema) -> _Layout:
    """The form as a tree of steps, made once for a schema."""
    if schema.digest not in _layouts:
        root = _Layout(table="")
        for table in schema.tables:
            if table.path:
                above = _group(root, table.path[:-1])
                above.steps[table.path[-1]] = _Layout(table=table.name, is_repeat=True)
            _place_columns(root, table)
        _layouts[schema.digest] = root
    return _layouts[schema.digest]


def _place_columns(root: _Layout, table: Table) -> None:
    for column in table.columns:
        _group(root, column.path[:-1]).steps[column.path[-1]] = column.name


def _group(layout: _Layout, path: Iterable[str]) -> _Layout:
    for step in path:
        below = layout.steps.setdefault(step, _Layout(table=layout.table))
        if isinstance(below, str):
            raise ValueError(f"{step} is both a question and a group")
        layout = below
    return layout


@dataclass(kw_only=True)
class _Walk:
    """What one walk over the tree has found."""

    place: Place
    rows: dict[str, list[dict[str, str]]] = field(default_factory=lambda: {"": []})
    meta: dict[str, str] = field(default_factory=dict)
    entities: list[EntityNode] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    blanks: set[tuple[str, str, str]] = field(default_factory=set)

    def children(self, element: Any, layout: _Layout, row: dict[str, str], table: str, written: str) -> None:
        for child in element:
            if not isinstance(child.tag, str):
                continue
            step = child.tag.rpartition("}")[2]
            below = layout.steps.get(step)
            if step == "meta" and (below is None or isinstance(below, _Layout)):
                self._meta(child, below, row, table, f"{written}/meta")
            elif below is None:
                self._unknown(child, f"{written}/{step}")
            elif isinstance(below, str):
                if child.text:
                    row[below] = child.text
                else:
                    self.blanks.add((table, row["_row"], below))
            elif below.is_repeat:
                self._repeat(child, below, row, f"{written}/{step}")
            else:
                self.children(child, below, row, table, f"{written}/{step}")

    def _repeat(self, child: Any, layout: _Layout, above: dict[str, str], written: str) -> None:
        if any(_local(name) == "template" for name in child.attrib):
            return
        rows = self.rows.setdefault(layout.table, [])
        parent = above["_row"]
        number = sum(row["_parent_row"] == parent for row in rows) if parent else len(rows)
        row = {"_row": f"{parent}.{number}" if parent else str(number), "_parent_row": parent}
        rows.append(row)
        self.children(child, layout, row, layout.table, written)
        if len(row) == 2 and rows[-1] is row and not any(below.text or len(below) for below in child):
            rows.pop()  # the empty instance that a form begins with, which nobody added

    def _meta(self, meta: Any, layout: _Layout | None, row: dict[str, str], table: str, written: str) -> None:
        steps = layout.steps if layout else {}
        for child in meta:
            if not isinstance(child.tag, str):
                continue
            step = _local(child.tag)
            column = steps.get(step)
            if isinstance(column, str) and child.text:
                row[column] = child.text
            if step == "entity":
                label = next(
                    (below.text for below in child if isinstance(below.tag, str) and _local(below.tag) == "label"), None
                )
                attributes = {_local(name): value for name, value in child.attrib.items()}
                self.entities.append(EntityNode(table=table, row=row["_row"], attributes=attributes, label=label))
            elif step in _META:
                self.meta.setdefault(step, (child.text or "").strip())
            elif column is None:
                self._unknown(child, f"{written}/{step}")

    def _unknown(self, child: Any, written: str) -> None:
        """Notes and empty nodes say nothing; a value that no question holds is told, and stays in the raw bytes."""
        if any(text.strip() for text in child.itertext()):
            place = Place(file=self.place.file, line=child.sourceline)
            self.problems.append(problems.XML_NODE_UNKNOWN.at(place, node=written))
