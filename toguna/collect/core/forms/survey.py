"""The survey sheet as a tree: groups and repeats with the questions that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from toguna.collect.core.forms.book import Book, Row
from toguna.collect.core.forms.columns import Heading, headings, language_code
from toguna.collect.core.forms.types import Type, parse_type
from toguna.collect.core.schema import NO_LANGUAGE
from toguna.kernel.api import Place

_CURLY = str.maketrans("‘’“”", "''\"\"")
YES = frozenset(("yes", "true", "true()"))
NO = frozenset(("no", "false", "false()"))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row of a sheet with its cells by what their headers mean."""

    sheet: str
    row: Row
    #: Cells of columns that name no language.
    values: Mapping[str, str]
    #: Cells of columns that are translated: column to language code to text.
    texts: Mapping[str, Mapping[str, str]]
    #: The header as written, by column.
    headers: Mapping[str, str]

    def get(self, column: str) -> str | None:
        """The cell; of an expression, with straight quotation marks, as pyxform reads it."""
        value = self.values.get(column)
        return value and value.translate(_CURLY)


@dataclass(frozen=True, kw_only=True, eq=False)
class Node:
    """A question, group or repeat where it stands; the form itself is a group without a row."""

    entry: Entry | None
    type: Type
    name: str
    parent: Node | None
    children: list[Node] = field(default_factory=list)

    @cached_property
    def path(self) -> tuple[str, ...]:
        return () if self.parent is None else (*self.parent.path, self.name)

    @property
    def is_section(self) -> bool:
        return self.type.kind in ("group", "repeat", "loop")

    def get(self, column: str) -> str | None:
        return self.entry.get(column) if self.entry else None

    def walk(self) -> Iterator[Node]:
        """Everything below, in the order of the sheet."""
        for child in self.children:
            yield child
            yield from child.walk()

    def above(self) -> Iterator[Node]:
        """The sections around it, the nearest first, the form itself last."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def container(self) -> Node:
        """The nearest repeat around it, else the form itself."""
        return next(node for node in self.above() if node.type.kind == "repeat" or node.parent is None)


@dataclass(frozen=True, kw_only=True)
class Unmatched:
    """A begin without its end, or an end without its begin."""

    entry: Entry
    kind: str
    name: str


@dataclass(kw_only=True)
class Form:
    """A book, understood as far as it can be."""

    book: Book
    headings: Mapping[str, list[Heading]]
    #: Language codes in the order in which the form first names them.
    languages: tuple[str, ...]
    default_language: str
    settings: Entry | None
    choices: list[Entry]
    entities: list[Entry]
    entries: list[Entry]
    root: Node
    unmatched: list[Unmatched]
    #: Rows whose type is empty or unknown; they stand in no tree.
    untyped: list[Entry]

    def at(self, entry: Entry, column: str | None = None) -> Place:
        return self.book.at(entry.sheet, entry.row, entry.headers.get(column, column) if column else None)

    @cached_property
    def nodes(self) -> list[Node]:
        return list(self.root.walk())

    @cached_property
    def by_name(self) -> dict[str, list[Node]]:
        """Every question, group and repeat by its name, for ``${name}``."""
        named: dict[str, list[Node]] = {}
        for node in self.nodes:
            named.setdefault(node.name, []).append(node)
        return named

    @cached_property
    def meta_names(self) -> frozenset[str]:
        """What ``${name}`` may also mean: the element that pyxform adds to ``meta``."""
        omitted = self.settings is not None and self.settings.values.get("omit_instanceid", "").lower() in YES
        return frozenset() if omitted else frozenset(("instanceID",))


def understand(book: Book) -> Form:
    """The form that the sheets write. Refuses nothing: what cannot be placed is kept for the checks to name."""
    known = {name: headings(name, sheet.headers) for name, sheet in book.sheets.items()}
    plain = {name: {heading.header: heading for heading in found} for name, found in known.items()}
    settings_rows = list(book.rows("settings"))
    setting = entry_of("settings", settings_rows[0], plain["settings"], NO_LANGUAGE) if settings_rows else None
    named = (setting and setting.values.get("default_language")) or ""
    languages = tuple(
        dict.fromkeys(
            heading.language
            for sheet in ("survey", "choices")
            for heading in known.get(sheet, ())
            if heading.language and heading.column in ("label", "hint", "constraint_message")
        )
    )
    default = language_code(named) if named else (languages[0] if languages else NO_LANGUAGE)
    entries = {
        name: [entry_of(name, row, plain[name], default) for row in book.rows(name)] if name in plain else []
        for name in ("survey", "choices", "entities")
    }
    root, unmatched, untyped = _tree(entries["survey"])
    return Form(
        book=book,
        headings=known,
        languages=languages or (default,),
        default_language=default,
        settings=setting,
        choices=entries["choices"],
        entities=entries["entities"],
        entries=entries["survey"],
        root=root,
        unmatched=unmatched,
        untyped=untyped,
    )


def entry_of(sheet: str, row: Row, known: Mapping[str, Heading], default_language: str) -> Entry:
    values: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    headers: dict[str, str] = {}
    for header, cell in row.cells.items():
        heading = known[header]
        headers.setdefault(heading.column, header)
        if heading.language is None:
            values[heading.column] = cell
            texts.setdefault(heading.column, {}).setdefault(default_language, cell)
        else:
            texts.setdefault(heading.column, {})[heading.language] = cell
    return Entry(sheet=sheet, row=row, values=values, texts=texts, headers=headers)


def _tree(entries: list[Entry]) -> tuple[Node, list[Unmatched], list[Entry]]:
    root = Node(entry=None, type=Type(kind="group"), name="", parent=None)
    here, untyped, unmatched = root, [], []
    for entry in entries:
        written = entry.values.get("type", "")
        if entry.values.get("disabled", "").lower() in YES:
            continue
        kind = parse_type(written) if written else None
        if kind is None:
            untyped.append(entry)
        elif kind.kind == "end":
            if here.parent is not None and here.type.kind == kind.name:
                here = here.parent
            else:
                unmatched.append(Unmatched(entry=entry, kind=kind.name, name=entry.values.get("name", "")))
        elif kind.kind != "setting":
            node = Node(entry=entry, type=kind, name=_name(entry, kind), parent=here)
            here.children.append(node)
            here = node if node.is_section else here
    unmatched += (
        Unmatched(entry=node.entry, kind=node.type.kind, name=node.name) for node in (here, *here.above()) if node.entry
    )
    return root, unmatched, untyped


def _name(entry: Entry, kind: Type) -> str:
    """Its name; those that pyxform gives to notes and the audit where the cell is empty."""
    if kind.name == "audit":
        return "audit"
    unnamed = f"generated_note_name_{entry.row.number}" if kind.name == "note" else ""
    return entry.values.get("name", unnamed)


def told_apart(names: Sequence[str]) -> list[str]:
    """The names, each unlike the others in more than capitals: of `Q1` and `q1` the second becomes `q1_2`."""
    found: list[str] = []
    for name in names:
        taken = {one.lower() for one in found}
        others = {one.lower() for one in names if one != name}
        free, nth = name, 2
        while free.lower() in taken or (free != name and free.lower() in others):
            free, nth = f"{name}_{nth}", nth + 1
        found.append(free)
    return found


def without_loops(form: Form) -> Form:
    """The form with each loop written out as pyxform does: a group of its name, in it a group for each choice with the loop's questions.

    ``%(name)s`` and ``%(label)s`` in texts stand for the choice.
    """
    if all(node.type.kind != "loop" for node in form.nodes):
        return form
    return replace(form, root=_copied(form, form.root, None, None))


def _copied(form: Form, node: Node, parent: Node | None, choice: Entry | None) -> Node:
    kind = Type(kind="group", name="group") if node.type.kind == "loop" else node.type
    entry = node.entry if choice is None or node.entry is None else _of_choice(node.entry, choice)
    copy = Node(entry=entry, type=kind, name=node.name, parent=parent)
    if node.type.kind != "loop":
        copy.children.extend(_copied(form, child, copy, choice) for child in node.children)
        return copy
    for each in form.choices:
        if each.values.get("list_name") == node.type.list_name and each.values.get("name"):
            group = Node(entry=None, type=kind, name=each.values["name"], parent=copy)
            group.children.extend(_copied(form, child, group, each) for child in node.children)
            copy.children.append(group)
    return copy


def _of_choice(entry: Entry, choice: Entry) -> Entry:
    def written(text: str, language: str | None = None) -> str:
        labels = choice.texts.get("label", {})
        label = labels.get(language or "") or next(iter(labels.values()), choice.values.get("name", ""))
        return text.replace("%(name)s", choice.values.get("name", "")).replace("%(label)s", label)

    values = {column: written(text) for column, text in entry.values.items()}
    texts = {
        column: {language: written(text, language) for language, text in by_language.items()}
        for column, by_language in entry.texts.items()
    }
    return replace(entry, values=values, texts=texts)


_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")


def references(text: str) -> list[str]:
    """The names in ``${name}``."""
    return _REFERENCE.findall(text) if "${" in text else []
