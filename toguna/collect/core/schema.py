"""What a form asks, typed: one value that serves loading, the lake and indicators.

A `Schema` has one `Table` for the form itself (named ``""``) and one for each repeat, in the order of the sheet. Notes, and what
else holds no value, are no columns. Expressions stand as the form writes them, in XPath: ``${name}`` is the column of that name in
this table, in a table above it, or, inside ``sum(...)`` and its kin, in a repeat below; ``.`` is the value itself. A yes or no of
the sheet is ``true()`` or absent. A group's ``relevant`` is joined to that of each question in it.
Pure: no file, no Django. The schema's canonical JSON is what is stored; its digest is its identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from toguna.kernel.api import as_slug, digest

ColumnType = Literal[
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "datetime",
    "select_one",
    "select_multiple",
    "boolean",
    "geopoint",
    "geotrace",
    "geoshape",
    "attachment",
]
Sensitivity = Literal["public", "internal", "confidential", "strictly_confidential"]
#: From the least to the most closely kept (design section 4).
SENSITIVITIES: tuple[Sensitivity, ...] = get_args(Sensitivity)
#: The key of a label in a form that names no language.
NO_LANGUAGE = "default"

#: Language code (``en``, ``fr``; as the sheet names it where it gives no code) to text.
Texts = Mapping[str, str]


def highest(*sensitivities: Sensitivity) -> Sensitivity:
    """The most closely kept of them; ``public`` of none."""
    return max(sensitivities, key=SENSITIVITIES.index, default="public")


def text_in(texts: Texts, language: str, otherwise: str = "") -> str:
    """The text in this language, else in the form's first language, else what is given."""
    return texts.get(language) or next((text for text in texts.values() if text), otherwise)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One line of a choice list."""

    name: str
    label: Texts = field(default_factory=dict)
    #: What the list's further columns say of it, for a question's `choice_filter`.
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One question that holds a value."""

    #: The question's own name where it is the only one in its table, else ``group__name``.
    name: str
    type: ColumnType
    #: XPath steps from the instance's root (which is not among them): ``("household", "head", "sex")``.
    path: tuple[str, ...]
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    #: The list of a `select_one` or `select_multiple` whose choices the form itself holds.
    choice_list: str | None = None
    #: The reference table or entity list of a `select_one_from_file`: ``places`` for ``places.csv``.
    reference: str | None = None
    choice_filter: str | None = None
    sensitivity: Sensitivity = "confidential"
    required: str | None = None
    required_message: Texts = field(default_factory=dict)
    relevant: str | None = None
    constraint: str | None = None
    constraint_message: Texts = field(default_factory=dict)
    calculate: str | None = None
    default: str | None = None
    readonly: str | None = None
    #: The property of the table's entity that this value is saved to.
    saveto: str | None = None
    #: The entity list that `saveto` belongs to.
    saveto_list: str | None = None
    #: ``bind::tg:lake = yes``: a text that may enter the lake.
    lake: bool = False
    #: ``bind::tg:birth = yes``: a date of birth, of which the lake keeps year and month.
    birth: bool = False
    #: Whether a person is asked: no for what the phone fills in by itself (start, deviceid, audit) and for hidden values.
    asked: bool = True
    #: Row of the survey sheet, as a spreadsheet counts.
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Table:
    """The form itself (named ``""``), or one of its repeats."""

    name: str
    #: XPath steps from the instance's root; empty for the form itself.
    path: tuple[str, ...] = ()
    #: The table in which this repeat stands; none for the form itself.
    parent: str | None = None
    columns: tuple[Column, ...] = ()
    label: Texts = field(default_factory=dict)
    repeat_count: str | None = None
    #: When the repeat is asked at all.
    relevant: str | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}


@dataclass(frozen=True, kw_only=True)
class EntityDeclaration:
    """A line of the entities sheet (ODK Entities 2022.1 to 2025.1): what each row of a table does to an entity list.

    The expressions are written as those of columns. Neither `create_if` nor `entity_id`: every row creates an entity.
    """

    list_name: str
    #: Which table's rows make or change it: ``""`` or a repeat.
    table: str = ""
    create_if: str | None = None
    update_if: str | None = None
    entity_id: str | None = None
    label: str | None = None


@dataclass(frozen=True, kw_only=True)
class Schema:
    """A form version's questions, typed."""

    form_id: str
    version: str
    title: Texts
    languages: tuple[str, ...]
    default_language: str
    #: The form itself first, then each repeat as it stands in the sheet: a parent before its children.
    tables: tuple[Table, ...]
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    #: Of the form itself: setting ``tg:date``, else its first question that asks a date; none means the day of receipt.
    date_column: str | None = None
    #: Columns with `reference` ``places``, as (table, column).
    place_columns: tuple[tuple[str, str], ...] = ()
    entities: tuple[EntityDeclaration, ...] = ()
    #: The highest of its columns'.
    sensitivity: Sensitivity = "confidential"
    #: Every other setting, as written.
    settings: Mapping[str, str] = field(default_factory=dict)

    def table(self, name: str = "") -> Table:
        """Refuses (`KeyError`) a name that is no table of the form."""
        return self._tables[name]

    def column(self, table: str, name: str) -> Column | None:
        """The column of this name in this table, if there is one."""
        return self._tables[table].by_name.get(name)

    def columns(self) -> Iterator[tuple[Table, Column]]:
        """Every column with its table, in the order of the sheet within each table."""
        return ((table, column) for table in self.tables for column in table.columns)

    @cached_property
    def _tables(self) -> Mapping[str, Table]:
        return {table.name: table for table in self.tables}

    @property
    def slug(self) -> str:
        """What names the form where a name must be plain: in the lake, in `from:`, in file names. The form_id itself, if it is plain."""
        return as_slug(self.form_id)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON: the schema's identity."""
        return digest(schema_as_json(self))


def schema_as_json(schema: Schema) -> dict[str, Any]:
    """Plain values, ready for `canonical_json`; `schema_from_json` gives the same schema back."""
    return asdict(schema)


def schema_from_json(written: Mapping[str, Any]) -> Schema:
    """The schema that `schema_as_json` wrote. What a later edition of this class added keeps its default."""
    value = dict(written)
    value["languages"] = tuple(value["languages"])
    value["tables"] = tuple(map(_table, value["tables"]))
    value["choices"] = {
        name: tuple(Choice(**choice) for choice in choices) for name, choices in value["choices"].items()
    }
    value["place_columns"] = tuple((table, column) for table, column in value["place_columns"])
    value["entities"] = tuple(EntityDeclaration(**declaration) for declaration in value["entities"])
    return Schema(**value)


def _table(written: Mapping[str, Any]) -> Table:
    columns = tuple(Column(**{**column, "path": tuple(column["path"])}) for column in written["columns"])
    return Table(**{**written, "path": tuple(written["path"]), "columns": columns})


def declared_lists(schemas: Iterable[Schema]) -> set[str]:
    """The names of the entity lists that these forms write to."""
    return {declared.list_name for schema in schemas for declared in schema.entities}
