"""The type of a survey row: what it asks, and what column its answers make.

The question types and their aliases are pyxform's own table; ours says only which column a bind type makes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from pyxform.aliases import _type_alias_map as _ALIASES
from pyxform.aliases import control as _CONTROLS
from pyxform.aliases import select as _SELECTS
from pyxform.aliases import settings_header as _SETTINGS
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from toguna.collect.core.schema import ColumnType

_COLUMNS: dict[str, ColumnType] = {
    "string": "text", "barcode": "text", "int": "integer", "decimal": "decimal", "date": "date", "time": "time",
    "dateTime": "datetime", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape",
    "binary": "attachment", "odk:rank": "select_multiple", "boolean": "boolean",
}  # fmt: skip
_NO_VALUE = frozenset(("note", "q note", "add note prompt", "xml-external", "csv-external"))
#: Types that show a person nothing, so need no label.
SILENT = frozenset(
    [
        "calculate",
        "hidden",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "email",
        "phonenumber",
        "subscriberid",
        "simserial",
        "imei",
        "audit",
        "xml-external",
        "csv-external",
        "start-geopoint",
        "background-audio",
        "background-geopoint",
    ]
)
#: What a fault suggests: the types of the XLSForm reference, not their old aliases.
COMMON = (
    "text",
    "integer",
    "decimal",
    "range",
    "date",
    "time",
    "dateTime",
    "select_one",
    "select_multiple",
    "select_one_from_file",
    "select_multiple_from_file",
    "rank",
    "note",
    "acknowledge",
    "calculate",
    "hidden",
    "geopoint",
    "geotrace",
    "geoshape",
    "image",
    "audio",
    "video",
    "file",
    "barcode",
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "email",
    "phonenumber",
    "audit",
    "background-audio",
    "csv-external",
    "xml-external",
    "begin_group",
    "end_group",
    "begin_repeat",
    "end_repeat",
)
_SELECT = re.compile(
    r"(" + "|".join(sorted(map(re.escape, _SELECTS), key=len, reverse=True)) + r") (\S+)"
    r"( (?:or specify other|or_other|or other))?"
)
_CONTROL = re.compile(r"(begin|end)[\s_](" + "|".join(map(re.escape, _CONTROLS)) + r")(?: (?:over )?(\S+))?")

Kind = Literal["question", "group", "repeat", "loop", "end", "setting"]


@dataclass(frozen=True, kw_only=True)
class Type:
    """A type cell, understood."""

    kind: Kind
    #: The column type; none where no value is held.
    column: ColumnType | None = None
    #: Of a select: its list, or the file that holds it. Of a loop: the list over whose choices it goes.
    list_name: str | None = None
    #: A select's list is a file, ``places.csv``.
    from_file: bool = False
    #: A select's list is on the external_choices sheet.
    external: bool = False
    or_other: bool = False
    #: What an ``end`` closes, and the plain name of a question's type.
    name: str = ""


def parse_type(text: str) -> Type | None:
    """What the cell says; none where XLSForm has no such type."""
    text = " ".join(text.split())
    if match := _CONTROL.fullmatch(text):
        kind = "loop" if _CONTROLS[match[2]] == "loop" else cast(Kind, _CONTROLS[match[2]])
        over = match[3] if kind == "loop" and match[1] == "begin" else None
        return Type(kind="end" if match[1] == "end" else kind, name=kind, list_name=over)
    if match := _SELECT.fullmatch(text):
        return _select(match[1], match[2], bool(match[3]))
    name = _ALIASES.get(text, text)
    if name in _SETTINGS:
        return Type(kind="setting", name=name)
    if name.startswith("osm "):
        return Type(kind="question", column="attachment", name="osm")
    if name not in QUESTION_TYPE_DICT:
        return None
    bound = QUESTION_TYPE_DICT[name].get("bind", {}).get("type", "string")
    return Type(kind="question", column=None if name in _NO_VALUE else _COLUMNS[bound], name=name)


def needs_label(kind: Type) -> bool:
    """Whether a question of this type is shown to a person and has no text of its own."""
    if kind.list_name and kind.name in _SELECTS:
        return True
    own = QUESTION_TYPE_DICT.get(kind.name, {})
    return kind.name == "osm" or ("control" in own and "label" not in own and "hint" not in own)


def column_of_bind(bound: str) -> ColumnType | None:
    """The column that ``bind::type`` makes of a calculation."""
    return _COLUMNS.get(bound)


def _select(command: str, list_name: str, or_other: bool) -> Type:
    meant = _SELECTS[command]
    return Type(
        kind="question",
        column="select_one" if meant.startswith("select one") else "select_multiple",
        list_name=list_name,
        from_file="file" in command,
        external=meant == "select one external",
        or_other=or_other,
        name=command,
    )
