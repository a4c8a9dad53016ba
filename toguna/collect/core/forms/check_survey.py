"""The survey sheet: types, names, groups, labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from toguna.collect.core.forms.nearest import as_name, nearest
from toguna.collect.core.forms.problems import (
    LABEL_NEEDED,
    LOOP,
    NAME_CAPITALS,
    NAME_INVALID,
    NAME_MISSING,
    NAME_RESERVED,
    NAME_TWICE,
    NOT_CLOSED,
    NOT_OPEN,
    REPEAT_IS_FORM,
    REPEAT_TWICE,
    TRANSLATION_MISSING,
    TYPE_MISSING,
    TYPE_UNKNOWN,
)
from toguna.collect.core.forms.survey import Entry, Form, Node, told_apart
from toguna.collect.core.forms.types import COMMON, SILENT, needs_label
from toguna.kernel.api import Problem

#: An NCName of XML, which pyxform demands.
NAME = re.compile(r"[^\W\d][\w.·-]*")
#: The columns that the lake adds to every table, and the row numbers of a submission's tables.
SYSTEM = frozenset(
    [
        "_instance",
        "_row",
        "_parent",
        "_parent_row",
        "_version",
        "_seq_from",
        "_seq_to",
        "_happened",
        "_month",
        "_form_version",
        "_received",
    ]
)
#: The node of the form itself in an XForm, where the settings do not name it.
_ROOT = "data"
_TRANSLATED = ("label", "hint", "constraint_message", "required_message")


def check_survey(form: Form) -> Iterator[Problem]:
    yield from _types(form)
    for node in form.nodes:
        if node.entry is not None:
            yield from _name(form, node, node.entry)
            yield from _label(form, node, node.entry)
    for section in (form.root, *(node for node in form.nodes if node.is_section)):
        yield from _siblings(form, section)
    yield from _columns(form)
    yield from _repeats(form)
    read = [node.entry for node in form.nodes if node.entry and node.type.name not in SILENT]
    yield from translations_missing(form, "survey", read)
    for unmatched in form.unmatched:
        closes = unmatched.entry.values.get("type", "").startswith("end")
        fault = NOT_OPEN if closes else NOT_CLOSED
        yield fault.at(form.at(unmatched.entry, "type"), kind=unmatched.kind, name=unmatched.name)


def translations_missing(form: Form, sheet: str, entries: Iterable[Entry]) -> Iterator[Problem]:
    """For each translated column and each of its languages, once: the rows that are written in another language only."""
    for heading in form.headings.get(sheet, ()):
        if heading.column in _TRANSLATED:
            language = heading.language or form.default_language
            texts = [(entry, entry.texts.get(heading.column, {})) for entry in entries]
            missing = [entry.row for entry, written in texts if written and not written.get(language)]
            if missing:
                rows = ", ".join(str(row.number) for row in missing[:20]) + (", ..." if len(missing) > 20 else "")
                yield TRANSLATION_MISSING.at(
                    form.book.at(sheet, missing[0], heading.header), language=language, rows=rows, count=len(missing)
                )


def _types(form: Form) -> Iterator[Problem]:
    for entry in form.untyped:
        written = entry.values.get("type")
        if written:
            place = form.at(entry, "type")
            yield TYPE_UNKNOWN.at(place, type=written, nearest=_nearest_type(written))
        elif entry.values.get("name") or entry.texts.get("label"):
            yield TYPE_MISSING.at(form.at(entry, "type"))
    for node in form.nodes:
        if node.type.kind == "loop" and node.entry and not node.type.list_name:
            lists = dict.fromkeys(entry.values.get("list_name", "") for entry in form.choices)
            yield LOOP.at(form.at(node.entry, "type"), nearest=", ".join(filter(None, lists))[:100] or "-")


def _nearest_type(written: str) -> str:
    first, _, rest = written.strip().partition(" ")
    if first.lower() in ("select_one", "select_multiple", "rank") and not rest:
        return f"{first.lower()} and the name of a choice list"
    joined = "_".join(written.lower().split())
    found = nearest(joined, COMMON) or nearest(first, COMMON)
    if found is None:
        return "text, integer, date, select_one"
    return f"{found} {rest}" if rest and found.startswith("select") else found


def _name(form: Form, node: Node, entry: Entry) -> Iterator[Problem]:
    place = form.at(entry, "name")
    name = node.name
    if not name:
        if node.type.kind in ("question", "group", "repeat", "loop"):
            yield NAME_MISSING.at(place, type=entry.values["type"])
    elif not NAME.fullmatch(name):
        yield NAME_INVALID.at(place, name=name[:80], nearest=as_name(name))
    elif name == "meta" or name in SYSTEM:
        yield NAME_RESERVED.at(place, name=name, nearest=f"{name.strip('_')}_1")


def _label(form: Form, node: Node, entry: Entry) -> Iterator[Problem]:
    silent = node.type.kind != "question" or not needs_label(node.type) or node.get("calculation")
    shows = any(entry.texts.get(column) for column in ("label", "hint", "image", "big-image", "audio", "video"))
    if not silent and not shows:
        yield LABEL_NEEDED.at(form.at(entry, "label"), name=node.name)


def _siblings(form: Form, section: Node) -> Iterator[Problem]:
    """XForms want each name once in its group."""
    seen: dict[str, Node] = {}
    for node in section.children:
        first = seen.setdefault(node.name, node)
        if node.name and first is not node and first.entry and node.entry:
            yield NAME_TWICE.at(form.at(node.entry, "name"), name=node.name, row=first.entry.row.number)


def _columns(form: Form) -> Iterator[Problem]:
    """A table's columns must differ by more than capitals: databases compare them so."""
    seen: dict[tuple[Node, str], list[Node]] = {}
    for node in form.nodes:
        if node.type.column and node.name:
            same = seen.setdefault((node.container(), node.name.lower()), [])
            other = next((first for first in same if first.name != node.name), None)
            if other and other.entry and node.entry:
                names = told_apart([*(first.name for first in same), node.name])
                yield NAME_CAPITALS.at(
                    form.at(node.entry, "name"),
                    name=node.name, other=other.name, row=other.entry.row.number, column=names[-1],
                )  # fmt: skip
            same.append(node)


def _repeats(form: Form) -> Iterator[Problem]:
    seen: dict[str, Node] = {}
    root = (form.settings.get("name") if form.settings else None) or _ROOT
    for node in form.nodes:
        if node.type.kind == "repeat" and node.entry and node.name:
            first = seen.setdefault(node.name, node)
            place = form.at(node.entry, "name")
            if first is not node and first.entry and first.parent is not node.parent:
                yield REPEAT_TWICE.at(place, name=node.name, row=first.entry.row.number)
            if node.name == root:
                yield REPEAT_IS_FORM.at(place, name=node.name)
